"""What make_generated.py and make_heart_like.py share: numbers of few digits, and scikit-learn's support vector machines."""
import numpy as np
from sklearn.svm import SVC


def numbers(array, digits=10):
    return [float(f"%.{digits}g" % value) for value in np.asarray(array, float).ravel()]


def machine(rows, labels, settings, cost, weight):
    kernel, added, degree = settings["kernel"], settings.get("coef0", 0.0), settings.get("degree", 3)
    model = SVC(C=cost, tol=1e-8, class_weight=weight, decision_function_shape="ovo", **settings).fit(rows, labels)
    decision = model.decision_function(rows)
    if decision.ndim == 1:
        decision = -decision  # scikit-learn turns the sign for two classes; libsvm's own speaks for the first class
    # The dual objective, pair by pair: ½ αᵀQα - Σα from f = Σ yα K.
    classes, starts = len(model.classes_), np.concatenate([[0], np.cumsum(model.n_support_)])
    gamma = model._gamma
    vectors = rows[model.support_].astype(float)
    products = vectors @ vectors.T
    table = {
        "linear": lambda: products,
        "rbf": lambda: np.exp(-gamma * (np.diag(products)[:, None] + np.diag(products)[None] - 2 * products)),
        "poly": lambda: (gamma * products + added) ** degree,
        "sigmoid": lambda: np.tanh(gamma * products + added),
    }[kernel]()
    objective = 0.0
    for i in range(classes):
        for j in range(i + 1, classes):
            coefficient = np.zeros(len(vectors))
            coefficient[starts[i]:starts[i + 1]] = model.dual_coef_[j - 1, starts[i]:starts[i + 1]]
            coefficient[starts[j]:starts[j + 1]] = model.dual_coef_[i, starts[j]:starts[j + 1]]
            objective += coefficient @ table @ coefficient / 2 - np.abs(coefficient).sum()
    return dict(kernel=kernel, C=cost, balanced=weight is not None, objective=objective, decisions=numbers(decision),
                predictions=model.predict(rows).tolist())
