"""How training grows with people and crops, beside scikit-learn on the same rows.

    python growth_compare.py BIN FOLDER [--sizes 10x20 50x20 100x20 500x20] [--peer-rows 4000] [--ways-rows 0]

BIN is a folder with `lineup` and `GrowthBench` of a release build. For every size FOLDER/PxC receives drawn faces (kept for the next
run), `lineup train` learns from them, and GrowthBench names one face. scikit-learn is given the features of the same crops and their
mirror images: blocks scaled as Lineup does, the better of two logistic regressions (C 1, 3) by five folds, then a fit of all rows; up
to `--peer-rows` rows, since it takes hours beyond. Up to `--ways-rows` rows both ways of Lineup's are tried, on all features and on products with
landmarks alone. Measuring crops is in Lineup's time and not in scikit-learn's.
Times are of the wall clock and, as `cpu`, of all processors together, which another load of the machine changes less.
"""
import argparse, json, os, resource, subprocess, sys, time

PEER = """
import json, resource, sys, time
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
path, columns, blocks = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
labels = np.fromfile(path + ".labels", np.int32)
rows, mirrors = (np.fromfile(path + "." + name, np.float32).reshape(len(labels), columns) for name in ("rows", "mirrors"))
start, cpu = time.perf_counter(), time.process_time()
def scaled(train, test):
    mean, first = train.mean(0), 0
    train, test = train - mean, test - mean
    for length in blocks:
        part = slice(first, first + length)
        scale = np.sqrt((train[:, part].astype(np.float64) ** 2).sum() / len(train))
        train[:, part] /= scale
        test[:, part] /= scale
        first += length
    return train, test
def fit(chosen, cost, test):
    train, test = scaled(np.vstack([rows[chosen], mirrors[chosen]]), test)
    return LogisticRegression(C=cost, max_iter=300).fit(train, np.tile(labels[chosen], 2)).predict(test)
means = {}
for cost in (1, 3):
    means[cost] = float(np.mean([np.mean(fit(train, cost, rows[test]) == labels[test])
        for train, test in StratifiedKFold(5).split(rows, labels)]))
fit(np.arange(len(labels)), max(means, key=means.get), rows[:1])
print(json.dumps({"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu,
    "accuracy": max(means.values()), "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
"""


def measured(command):
    """Output, seconds, processor seconds and the most memory in MB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return output, time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("folder")
    parser.add_argument("--sizes", nargs="+", default=["10x20", "50x20", "100x20", "500x20"])
    parser.add_argument("--peer-rows", type=int, default=4000)
    parser.add_argument("--ways-rows", type=int, default=0)
    options = parser.parse_args()
    lineup, bench = (os.path.join(options.bin, name) for name in ("lineup", "GrowthBench"))
    for size in options.sizes:
        people, crops = map(int, size.split("x"))
        folder = os.path.join(options.folder, size)
        faces, model = os.path.join(folder, "faces"), os.path.join(folder, "model.safetensors")
        if not os.path.isdir(faces):
            subprocess.run([bench, "faces", faces, "--people", str(people), "--crops", str(crops)], check=True)
        output, seconds, cpu, memory = measured(
            [lineup, "train", faces, "--out", model, "--report", os.path.join(folder, "report"), "--json", "--quiet"])
        done = json.loads(output.splitlines()[-1])
        best = done["best"]
        report = os.path.getsize(os.path.join(folder, "report", "index.html"))
        named = [json.loads(line) for line in subprocess.run(
            [bench, "name", model], capture_output=True, check=True, text=True).stdout.splitlines()]
        print(f"{size}: train {seconds:.1f} s, cpu {cpu:.1f} s, {memory} MB; {best['estimator']} {best['parameters']} {best['mean']:.4f}; "
              f"model {os.path.getsize(model) / 1e6:.1f} MB, report {report / 1e6:.2f} MB, naming "
              + ", ".join(f"{one['milliseconds']:.2f} ms on {one['threads']}" for one in named), flush=True)
        if 2 * people * crops <= options.ways_rows:
            for way, rows in (("all features", 1 << 40), ("products", 0)):
                output, seconds, cpu, memory = measured([bench, "train", faces, "--whole-rows", str(rows)])
                accuracy = json.loads(output)["accuracy"]
                print(f"{size}: by {way} {seconds:.1f} s, cpu {cpu:.1f} s, {memory} MB; {accuracy:.4f}", flush=True)
        if 2 * people * crops > options.peer_rows:
            continue
        path = os.path.join(folder, "features")
        shape = json.loads(subprocess.run([bench, "features", faces, path], capture_output=True, check=True, text=True).stdout)
        output, *_ = measured([sys.executable, "-c", PEER, path, str(shape["columns"]), json.dumps(shape["blocks"])])
        peer = json.loads(output)
        print(f"{size}: scikit-learn {peer['seconds']:.1f} s, cpu {peer['cpu']:.1f} s, {peer['mb']} MB; {peer['accuracy']:.4f}", flush=True)
        for name in ("rows", "mirrors", "labels"):
            os.remove(f"{path}.{name}")


main()
