"""Learn against scikit-learn on the same rows, alternating on the same cores; the ratio is what counts.

    python learn_compare.py BENCH [--only NAME] [--large] [--growth] [--goldens ../../../shared/goldens]

BENCH is the LearnBench executable of a release build. Features are computed already on both sides; scaling stays inside the folds.
Reading files and starting up are not timed. Every task runs `--repeats` times on each side in turn; the least times are compared.
`--growth` prints Learn's time and peak memory over rows and columns, and the products' GFLOP/s against a core's peak.
"""
import argparse, json, os, subprocess, tempfile, time, warnings

os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
import numpy as np
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

warnings.filterwarnings("ignore")


def classic(goldens):
    with open(os.path.join(goldens, "classic", "sklearn.json")) as file:
        labels = np.array(json.load(file)["y"])
    rows = np.fromfile(os.path.join(goldens, "classic", "features.u8"), np.uint8).reshape(len(labels), -1)
    return rows.astype(np.float32), labels


def generated(n, d, classes, seed=0):
    rows, labels = make_classification(
        n, d, n_informative=min(d, 64), n_redundant=min(d, 128) // 2, n_classes=classes, n_clusters_per_class=1,
        class_sep=1.5, random_state=seed)
    return StandardScaler().fit_transform(rows).astype(np.float32), labels


def grid_search(rows, labels, part=None):
    folds = StratifiedKFold(5)
    means = []
    for model, grid in [
        (SVC(gamma="auto"), {"svc__C": [1, 10, 100, 1000], "svc__kernel": ["rbf", "linear"]}),
        (RandomForestClassifier(random_state=0), {"randomforestclassifier__n_estimators": [1, 5, 10, 100, 300]}),
        (LogisticRegression(max_iter=300), {"logisticregression__C": [1, 5, 10]}),
    ][slice(part, part + 1) if part is not None else slice(None)]:
        search = GridSearchCV(make_pipeline(StandardScaler(), model), grid, cv=folds, n_jobs=2, refit=False)
        search.fit(rows, labels)
        means += list(search.cv_results_["mean_test_score"])
    return means


def fit(task, rows, labels):
    model = {
        "svm-rbf": lambda: SVC(C=10, gamma="auto"),
        "svm-linear": lambda: SVC(C=10, kernel="linear"),
        "linear-svm": lambda: LinearSVC(C=1, tol=1e-4, max_iter=100000),
        "logistic": lambda: LogisticRegression(C=1, max_iter=300),
        "forest": lambda: RandomForestClassifier(100, random_state=0, n_jobs=2),
    }[task]()
    return model.fit(rows, labels)


def run(bench, folder, task, rows, labels, part=None):
    paths = [os.path.join(folder, part) for part in ("rows", "labels")]
    rows.tofile(paths[0])
    labels.astype(np.uint8).tofile(paths[1])
    command = [bench, task, "--rows", paths[0], "--labels", paths[1], "--columns", str(rows.shape[1])]
    command += ["--part", str(part)] if part is not None else []
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def growth(bench, folder):
    peak = json.loads(subprocess.run([bench, "peak"], capture_output=True, check=True, text=True).stdout)["gflops"]
    print(f"one core's peak without fused multiply-add: {peak:.1f} GFLOP/s")
    for n, d in [(250, 4096), (500, 4096), (1000, 4096), (2000, 4096), (2000, 1024), (2000, 256), (4000, 256), (8000, 256)]:
        rows, labels = generated(n, d, 10)
        product = run(bench, folder, "product", rows, labels)
        line = f"n={n}/d={d:<5} product {product['gflops']:6.1f} GFLOP/s"
        for task in ["svm-rbf", "logistic", "forest"]:
            one = run(bench, folder, task, rows, labels)
            line += f"   {task} {one['seconds']:7.3f} s {one['peak_mb']:5} MB"
        print(line, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--goldens", default=os.path.join(os.path.dirname(__file__), "../../../shared/goldens"))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", help="run the tasks whose name contains this")
    parser.add_argument("--part", type=int, choices=[0, 1, 2], help="of the grids, only SVMs (0), forests (1) or logistic regressions (2)")
    parser.add_argument("--large", action="store_true", help="also the grid at n=2000 d=4096 with 20 classes: many minutes")
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    if options.growth:
        with tempfile.TemporaryDirectory() as folder:
            growth(options.bench, folder)
        return
    tasks = []
    if os.path.isdir(options.goldens):
        tasks.append(("classic-grid", "classic", lambda: classic(options.goldens)))
    for n, d, classes in [(150, 4096, 5), (2000, 4096, 20), (10000, 256, 10)]:
        for task in ["svm-rbf", "svm-linear", "linear-svm", "logistic", "forest"]:
            tasks.append((task, f"n={n}/d={d}", lambda n=n, d=d, c=classes: generated(n, d, c)))
    if options.large:
        tasks.append(("classic-grid", "n=2000/d=4096", lambda: generated(2000, 4096, 20)))
    with tempfile.TemporaryDirectory() as folder:
        for task, size, make in tasks:
            name = f"{task}/{size}"
            if options.only and options.only not in name:
                continue
            rows, labels = make()
            ours, theirs = [], []
            repeats = 1 if task == "classic-grid" and size != "classic" else options.repeats
            for _ in range(repeats):
                ours.append(run(options.bench, folder, task, rows, labels, options.part))
                start = time.perf_counter()
                grid_search(rows, labels, options.part) if task == "classic-grid" else fit(task, rows, labels)
                theirs.append(time.perf_counter() - start)
            mine, peer = min(one["seconds"] for one in ours), min(theirs)
            print(f"{name:28} Learn {mine:8.3f} s   scikit-learn {peer:8.3f} s   {peer / mine:6.1f} x", flush=True)


main()
