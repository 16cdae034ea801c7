#!/usr/bin/env python3
"""Two builds of Lineup side by side: did a change cost speed, or an answer?

    swift build -c release        # in either checkout
    python3 benchmarks/before_after.py BEFORE/.build/release AFTER/.build/release [--rounds 5] [--only cascade]

The programs of both builds get the same work in turn, now one first, now the other, and are started anew each time; the least time of
the rounds counts. Answers must be the same. Needs nothing but Python; photos and features come from ../shared. A ratio above 1 says that
the second build is faster.
"""
import argparse
import array
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]


def ask(folder, name, line):
    """One answer of a program started anew: where its memory happens to lie is part of the noise."""
    answer = subprocess.run([folder / name], input=line + "\n", stdout=subprocess.PIPE, text=True, check=True).stdout
    if not answer or answer.startswith("error"): sys.exit(f"{folder / name}: {answer or 'no answer'}")
    return answer


class Table:
    def __init__(self): self.different = 0

    def row(self, what, times, equal):
        self.different += not equal
        print(f"{what:58} {min(times[0]):10.3f} {min(times[1]):10.3f} {min(times[0]) / min(times[1]):6.2f}  {'same' if equal else 'DIFFERENT'}", flush=True)


def alternate(rounds, sides, work):
    """Both sides' times, and whether all answers are equal; `work(side)` gives (milliseconds, answer)."""
    times, answers = ([], []), []
    for number in range(rounds):
        for side in ((0, 1) if number % 2 == 0 else (1, 0)):
            milliseconds, answer = work(sides[side])
            times[side].append(milliseconds)
            answers.append(answer)
    return times, all(answer == answers[0] for answer in answers)


def cascades(folders, rounds, table):
    photos = sorted(p for p in (ROOT.parent / "shared" / "photos").rglob("*") if p.is_file())[::28]
    for name in ("haarcascade_frontalface_default", "haarcascade_frontalface_alt2", "haarcascade_eye", "lbpcascade_frontalface"):
        for factor, neighbors in ((1.3, 5), (1.1, 3)):
            sums, equal = ([0.0], [0.0]), True
            for photo in photos:
                line = json.dumps({"cascade": str(ROOT / "cascades" / f"{name}.xml"), "image": str(photo), "scaleFactor": factor,
                                   "minNeighbors": neighbors, "threads": 1, "rounds": 3})

                def work(folder):
                    answer = json.loads(ask(folder, "CascadeBench", line))
                    return min(answer["processorMilliseconds"]), answer["rects"]
                times, same = alternate(rounds, folders, work)
                for side in (0, 1): sums[side][0] += min(times[side])
                equal = equal and same
            table.row(f"{name} ({factor}, {neighbors}), {len(photos)} photos", sums, equal)


def wavelets(folders, rounds, table):
    for side in (233, 512, 4096):
        for name, levels in (("db1", 5), ("db4", 3), ("sym8", 3), ("bior4.4", 3)):
            def work(folder):
                parts = ask(folder, "WaveletBench", f"time float {name} symmetric {levels} {side} {side} {3 if side > 1000 else 60}").split()
                return 1000 * sum(map(float, parts)), None
            table.row(f"wavedec2 and waverec2, {name}, {levels} levels, {side} x {side}", *alternate(rounds, folders, work))


def descriptors(folders, rounds, table):
    for operation in ("face", "hog", "lbp1", "lpq", "poem", "gabor", "energy", "clahe", "area"):
        def work(folder):
            milliseconds, total = ask(folder, "DescriptorBench", f"{operation} 160 160 20").split()
            return float(milliseconds), total
        table.row(f"{operation}, 160 x 160", *alternate(rounds, folders, work))


def learning(folders, rounds, table):
    goldens = ROOT.parent / "shared" / "goldens" / "classic"
    labels = json.loads((goldens / "sklearn.json").read_text())["y"]
    features = (goldens / "features.u8").read_bytes()
    with tempfile.TemporaryDirectory() as scratch:
        rows, classes = pathlib.Path(scratch) / "rows", pathlib.Path(scratch) / "labels"
        rows.write_bytes(array.array("f", list(features)).tobytes())
        classes.write_bytes(bytes(labels))
        for task in ("classic-grid", "svm-rbf", "svm-linear", "linear-svm", "logistic", "forest"):
            def work(folder):
                command = [folder / "LearnBench", task, "--rows", rows, "--labels", classes, "--columns", str(len(features) // len(labels))]
                answer = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
                return 1000 * answer["seconds"], {key: value for key, value in answer.items() if key not in ("seconds", "peak_mb", "gflops")}
            table.row(f"{task}, {len(labels)} crops, 2 threads", *alternate(rounds, folders, work))


PARTS = {"cascade": cascades, "wavelet": wavelets, "descriptor": descriptors, "learn": learning}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=pathlib.Path)
    parser.add_argument("after", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    table = Table()
    print(f"{'milliseconds, the least of ' + str(options.rounds) + ' rounds':58} {'before':>10} {'after':>10} {'ratio':>6}  answers")
    for name, part in PARTS.items():
        if options.only in (None, name): part([options.before.resolve(), options.after.resolve()], options.rounds, table)
    sys.exit(1 if table.different else 0)


main()
