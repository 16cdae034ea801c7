"""Four generated sets and what scikit-learn makes of them: `python make_generated.py` writes generated.json anew.

Rows are rounded to four decimals, which single precision holds closely enough; scikit-learn gets them as single precision too.
"""
import json
import warnings

import numpy as np
import sklearn
from sklearn.calibration import _SigmoidCalibration
from sklearn.datasets import make_classification
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (balanced_accuracy_score, brier_score_loss, f1_score, log_loss, precision_score, recall_score,
                             roc_auc_score, top_k_accuracy_score)
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold, cross_val_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from machines import machine, numbers

warnings.filterwarnings("ignore")


def sets():
    common = dict(n_clusters_per_class=1, random_state=1)
    yield "separable", *make_classification(60, 6, n_informative=4, n_redundant=0, n_classes=3, class_sep=3, **common)
    yield "noisy", *make_classification(70, 6, n_informative=3, n_redundant=1, n_classes=2, class_sep=0.7, flip_y=0.15, **common)
    yield "imbalanced", *make_classification(
        80, 5, n_informative=4, n_redundant=0, n_classes=3, weights=[0.75, 0.15, 0.1], class_sep=1, **common)
    yield "wide", *make_classification(36, 50, n_informative=8, n_redundant=4, n_classes=3, class_sep=1, **common)


KERNELS = {
    "linear": dict(kernel="linear"),
    "rbf": dict(kernel="rbf", gamma="scale"),
    "poly": dict(kernel="poly", gamma="auto", degree=3, coef0=1.0),
    "sigmoid": dict(kernel="sigmoid", gamma=0.01, coef0=0.1),
}


def logistic(rows, labels, cost, form, weight):
    inner = LogisticRegression(C=cost, tol=1e-9, max_iter=100000, class_weight=weight)
    if form == "one_vs_rest":
        model = OneVsRestClassifier(inner).fit(rows, labels)
        parts = [(e, (labels == c).astype(int)) for c, e in enumerate(model.estimators_)]
        coefficients, intercepts = np.vstack([e.coef_ for e, _ in parts]), np.concatenate([e.intercept_ for e, _ in parts])
    else:
        model = inner.fit(rows, labels)
        parts = [(model, labels)]
        coefficients, intercepts = model.coef_, model.intercept_
    objective = 0.0
    for part, target in parts:
        counts = np.bincount(target)
        weights = (len(target) / (len(counts) * counts))[target] if weight else np.ones(len(target))
        losses = -np.log(part.predict_proba(rows)[np.arange(len(target)), target])
        objective += cost * (weights * losses).sum() + (part.coef_ ** 2).sum() / 2
    return dict(C=cost, form=form, balanced=weight is not None, objective=objective, coefficients=numbers(coefficients),
                intercepts=numbers(intercepts), probabilities=numbers(model.predict_proba(rows)))


def linear(rows, labels):
    model = LinearSVC(C=0.5, dual=True, tol=1e-10, max_iter=1000000, random_state=0).fit(rows, labels)
    return dict(C=0.5, coefficients=numbers(model.coef_), intercepts=numbers(model.intercept_))


def forest_scores(model, rows, labels):
    means = [cross_val_score(model.set_params(random_state=seed), rows, labels, cv=StratifiedKFold(5)).mean() for seed in range(20)]
    return dict(mean=float(np.mean(means)), deviation=float(np.std(means, ddof=1)))


result = dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__), sets=[])
for name, rows, labels in sets():
    rows = np.round(StandardScaler().fit_transform(rows) * 1.5 + 0.5, 4).astype(np.float32)
    scaler = StandardScaler().fit(rows.astype(float))
    entry = dict(name=name, columns=rows.shape[1], rows=numbers(rows, 6), labels=labels.tolist())
    entry["scaler"] = dict(mean=numbers(scaler.mean_), scale=numbers(scaler.scale_))
    rows = rows.astype(float)
    entry["machines"] = [machine(rows, labels, kernel, cost, None) for kernel in KERNELS.values() for cost in (0.1, 1.0)]
    entry["machines"] += [machine(rows, labels, KERNELS["rbf"], 1.0, "balanced")]
    forms = ["multinomial"] if labels.max() == 1 else ["multinomial", "one_vs_rest"]
    entry["logistic"] = [logistic(rows, labels, cost, form, None) for form in forms for cost in (0.1, 10.0)]
    entry["logistic"] += [logistic(rows, labels, 1.0, "multinomial", "balanced")]
    entry["linear"] = linear(rows, labels)
    pca = PCA(3, whiten=True, svd_solver="full").fit(rows)
    entry["pca"] = dict(variance=numbers(pca.explained_variance_), first_rows=numbers(pca.transform(rows[:5])),
                        for_90_percent=int(PCA(0.9, svd_solver="full").fit(rows).n_components_))
    lda = LinearDiscriminantAnalysis().fit(rows, labels)
    entry["lda"] = numbers(lda.predict_log_proba(rows))
    neighbours = KNeighborsClassifier(5, weights="distance").fit(rows[::2], labels[::2])
    entry["neighbours"] = numbers(neighbours.predict_proba(rows[1::2]))
    entry["folds"] = [test.tolist() for _, test in StratifiedKFold(4).split(rows, labels)]
    shuffled = np.random.default_rng(3).permutation(labels)
    entry["shuffled_labels"] = shuffled.tolist()
    entry["shuffled_folds"] = [test.tolist() for _, test in StratifiedKFold(3).split(rows, shuffled)]
    groups = (np.arange(len(labels)) * 7 % 23)
    entry["groups"] = groups.tolist()
    entry["grouped_folds"] = [test.tolist() for _, test in StratifiedGroupKFold(3).split(rows, shuffled, groups)]
    entry["forests"] = dict(
        gini=forest_scores(RandomForestClassifier(20), rows, labels),
        entropy=forest_scores(RandomForestClassifier(20, criterion="entropy"), rows, labels),
        extra=forest_scores(ExtraTreesClassifier(20), rows, labels),
        shallow=forest_scores(RandomForestClassifier(20, max_depth=3, min_samples_leaf=3, class_weight="balanced"), rows, labels))
    result["sets"].append(entry)

generator = np.random.default_rng(5)
labels = generator.integers(0, 4, 90)
raw = generator.gamma(0.7, size=(90, 4))
raw[np.arange(90), labels] += generator.random(90) * 2
probabilities = np.round(raw / raw.sum(1, keepdims=True), 5)
probabilities[:, 3] = np.round(1 - probabilities[:, :3].sum(1), 5)
predictions = probabilities.argmax(1)
confidence, right = probabilities.max(1), predictions == labels
calibration_error = 0.0
for low in range(10):
    inside = (confidence > low / 10) & (confidence <= (low + 1) / 10)
    if inside.any():
        calibration_error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
result["metrics"] = dict(
    labels=labels.tolist(), probabilities=numbers(probabilities), accuracy=float(right.mean()),
    balanced_accuracy=balanced_accuracy_score(labels, predictions),
    precision=numbers(precision_score(labels, predictions, average=None)),
    recall=numbers(recall_score(labels, predictions, average=None)), f1=numbers(f1_score(labels, predictions, average=None)),
    macro_f1=f1_score(labels, predictions, average="macro"), weighted_f1=f1_score(labels, predictions, average="weighted"),
    log_loss=log_loss(labels, probabilities), brier=brier_score_loss(labels, probabilities, scale_by_half=False),
    calibration_error=calibration_error, roc_auc=roc_auc_score(labels, probabilities / probabilities.sum(1, keepdims=True), multi_class="ovr"),
    top_2=top_k_accuracy_score(labels, probabilities, k=2))

scores = np.round(generator.normal(size=120), 2)
targets = (generator.random(120) < 1 / (1 + np.exp(-2 * scores))).astype(float)
platt = _SigmoidCalibration().fit(scores, targets)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, targets)
queries = np.round(np.linspace(-3, 3, 25), 3)
result["calibration"] = dict(
    scores=numbers(scores), targets=targets.astype(int).tolist(), platt_slope=float(-platt.a_), platt_offset=float(-platt.b_),
    queries=numbers(queries), isotonic=numbers(isotonic.predict(queries)))

with open("generated.json", "w") as file:
    json.dump(result, file, separators=(",", ":"))
