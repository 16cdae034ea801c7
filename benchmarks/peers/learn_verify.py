"""Learn's answers against scikit-learn's on freshly generated sets; ends with an error if one differs by more than it may.

    python learn_verify.py BENCH [--seeds N]

BENCH is the LearnBench executable of a release build. For each seed four sets (separable, noisy, imbalanced, more columns than rows):
machines of every kernel (C 1, tolerance 1e-8: decision values within 1e-3, the same label wherever every |decision| > 1e-2),
logistic regression (probabilities within 1e-4), members of the folds, and accuracies by fold of a machine and a logistic regression.
"""
import argparse, json, os, subprocess, sys, tempfile, warnings

import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
KERNELS = {
    "linear": dict(kernel="linear"), "rbf": dict(kernel="rbf", gamma="scale"),
    "poly": dict(kernel="poly", gamma="auto", degree=3, coef0=1.0), "sigmoid": dict(kernel="sigmoid", gamma=0.01, coef0=0.1),
}


def sets(seed):
    common = dict(n_clusters_per_class=1, random_state=seed)
    yield "separable", *make_classification(90, 8, n_informative=5, n_redundant=0, n_classes=3, class_sep=3, **common)
    yield "noisy", *make_classification(120, 8, n_informative=4, n_redundant=1, n_classes=2, class_sep=0.7, flip_y=0.15, **common)
    yield "imbalanced", *make_classification(
        150, 7, n_informative=5, n_redundant=0, n_classes=3, weights=[0.7, 0.18, 0.12], class_sep=1, **common)
    yield "wide", *make_classification(60, 200, n_informative=10, n_redundant=5, n_classes=4, class_sep=1, **common)


def verify(bench, name, rows, labels, worst):
    rows = StandardScaler().fit_transform(rows).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, part) for part in ("rows", "labels")]
        rows.tofile(paths[0])
        labels.astype(np.uint8).tofile(paths[1])
        command = [bench, "answers", "--rows", paths[0], "--labels", paths[1], "--columns", str(rows.shape[1])]
        found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    wrong = []
    wide = rows.astype(float)
    for model in found["models"]:
        values = np.array(model["values"]).reshape(len(labels), -1)
        predictions = np.array(model["predictions"])
        if model["name"] == "logistic":
            peer = LogisticRegression(C=1, tol=1e-10, max_iter=100000).fit(wide, labels)
            expected, bound = peer.predict_proba(wide), 1e-4
            top = np.sort(expected, axis=1)
            clear = top[:, -1] - top[:, -2] > 1e-3
        else:
            peer = SVC(C=1, tol=1e-8, decision_function_shape="ovo", **KERNELS[model["name"]]).fit(wide, labels)
            expected, bound = peer.decision_function(wide), 1e-3
            expected = -expected[:, None] if expected.ndim == 1 else expected
            clear = (np.abs(expected) > 1e-2).all(axis=1)
        difference = np.abs(values - expected).max()
        worst[model["name"]] = max(worst.get(model["name"], 0), difference)
        if difference > bound:
            wrong.append(f"{model['name']} differs by {difference:.2e}")
        if (predictions != peer.predict(wide))[clear].any():
            wrong.append(f"{model['name']} gives other labels")
    folds = StratifiedKFold(5)
    if found["folds"] != [test.tolist() for _, test in folds.split(wide, labels)]:
        wrong.append("folds have other members")
    for candidate, peer in zip(found["accuracies"], [SVC(C=1, gamma="auto"), LogisticRegression(C=1, tol=1e-7, max_iter=100000)]):
        scores = cross_val_score(make_pipeline(StandardScaler(), peer), wide, labels, cv=folds)
        if np.abs(scores - candidate).max() > 1e-9:
            wrong.append(f"accuracies {candidate} are not {scores.tolist()}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    worst, failed, count = {}, 0, 0
    for seed in range(100, 100 + options.seeds):
        for name, rows, labels in sets(seed):
            count += 1
            for text in verify(options.bench, name, rows, labels, worst):
                failed += 1
                print(f"seed {seed}, {name}: {text}", flush=True)
    print(f"{count} sets, {failed} differences; largest: " + ", ".join(f"{k} {v:.1e}" for k, v in worst.items()))
    sys.exit(failed > 0)


main()
