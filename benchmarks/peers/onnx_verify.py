"""Exported models in onnxruntime against Learn: the same labels, probabilities within 1e-5.

    python onnx_verify.py BENCH [--keep FOLDER]

BENCH is the LearnBench executable of a release build: it trains every estimator on three generated problems with five kinds of
preprocessing, each uncalibrated and with every calibration, exports all of them, and writes down what Learn says of other rows.
Every file is checked by onnx.checker and run by onnxruntime. Ends with status 1 when a label differs or a number is too far off.
"""
import argparse, collections, json, os, subprocess, sys, tempfile

import numpy as np
import onnx
import onnxruntime


def check(folder, number, case):
    path = os.path.join(folder, f"{number}.onnx")
    onnx.checker.check_model(onnx.load(path), full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    shape = (case["rows"], case["classes"])
    rows = np.fromfile(os.path.join(folder, f"{number}.rows"), np.float32).reshape(case["rows"], case["columns"])
    names = [output.name for output in session.get_outputs()]
    found = dict(zip(names, session.run(None, {"features": rows})))
    labels = sum(a != b for a, b in zip(found["label"], case["labels"]))
    worst = {}
    for output, present in [("probabilities", case["hasProbabilities"]), ("scores", case["hasScores"])]:
        if present != (output in names):
            sys.exit(f"{case['name']}: outputs {names}")
        if present:
            expected = np.fromfile(os.path.join(folder, f"{number}.{output}"), np.float64).reshape(shape)
            difference = np.abs(found[output] - expected)
            if output == "scores":
                difference /= np.maximum(1, np.abs(expected))
            worst[output] = float(difference.max())
    return labels, worst.get("probabilities", 0), worst.get("scores", 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--keep", help="a folder for the models, which is then kept")
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        subprocess.run([options.bench, "onnx", "--folder", folder], check=True)
        with open(os.path.join(folder, "index.json")) as file:
            cases = json.load(file)
        table = collections.defaultdict(lambda: [0, 0, 0, 0.0, 0.0])
        for number, case in enumerate(cases):
            labels, probabilities, scores = check(folder, number, case)
            row = table[case["estimator"]]
            row[:] = [row[0] + 1, row[1] + case["rows"], row[2] + labels, max(row[3], probabilities), max(row[4], scores)]
            if labels or not probabilities <= 1e-5 or not scores <= 1e-5:
                print(f"{number} {case['name']}: {labels} labels differ, probabilities {probabilities:.1e}, scores {scores:.1e}")
                failed = True
    print(f"onnxruntime {onnxruntime.__version__}, {len(cases)} models")
    print(f"{'estimator':24} {'models':>6} {'rows':>6} {'labels differ':>13} {'probabilities':>13} {'scores (rel.)':>13}")
    for name, (models, rows, labels, probabilities, scores) in table.items():
        print(f"{name:24} {models:6} {rows:6} {labels:13} {probabilities:13.1e} {scores:13.1e}")
    sys.exit(failed)


main()
