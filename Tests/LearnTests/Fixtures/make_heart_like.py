"""A set like libsvm's heart_scale (270 rows x 13 columns in [-1, 1], two classes, few-valued columns beside continuous ones) and
scikit-learn's machines on it with libsvm's default settings: `python make_heart_like.py` writes heart_like.json anew.
"""
import json

import numpy as np
import sklearn

from machines import machine, numbers

# How many values a column has; 0 for a continuous one.
VALUES = [0, 2, 4, 0, 0, 2, 3, 0, 2, 0, 3, 4, 3]
KERNELS = [
    dict(kernel="linear"), dict(kernel="rbf", gamma="auto"), dict(kernel="poly", gamma="auto", degree=3, coef0=0.0),
    dict(kernel="sigmoid", gamma="auto", coef0=0.0),
]

generator = np.random.default_rng(270)
hidden = generator.normal(size=(270, 3))
rows = hidden @ generator.normal(size=(3, 13)) + generator.normal(size=(270, 13))
for column, values in enumerate(VALUES):
    if values:
        bounds = np.quantile(rows[:, column], np.arange(1, values) / values)
        rows[:, column] = np.searchsorted(bounds, rows[:, column])
rows = 2 * (rows - rows.min(0)) / (rows.max(0) - rows.min(0)) - 1
rows = np.round(rows, 4).astype(np.float32)
score = hidden[:, 0] - hidden[:, 1] + 0.5 * rows[:, 2] * rows[:, 6] + generator.normal(size=270) * 0.8
labels = (score > np.quantile(score, 150 / 270)).astype(int)
wide = rows.astype(float)
result = dict(
    sklearn=sklearn.__version__, columns=13, rows=numbers(rows, 6), labels=labels.tolist(),
    machines=[machine(wide, labels, kernel, cost, None) for kernel in KERNELS for cost in (0.1, 1.0)])
with open("heart_like.json", "w") as file:
    json.dump(result, file, separators=(",", ":"))
