"""Writes dwt.json: PyWavelets 1.9 on every discrete wavelet and every boundary mode.

    pip install PyWavelets==1.9.0 && python make_dwt.py

Signals come from a linear congruential generator that the tests repeat. All coefficients of a case, one after the other, are
stored as their number, the largest size among them, and two sums of them with generated weights: any wrong number shows in
both. A few cases are stored in full.
"""
import json
import os
import warnings

import numpy as np
import pywt

warnings.filterwarnings("ignore")


def numbers(count, seed):
    state, out = seed, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out.append((state >> 8) / (1 << 24) - 0.5)
    return np.array(out)


def digest(values):
    c = np.concatenate([np.asarray(v).ravel() for v in values])
    return [len(c), float(np.abs(c).max()), float(c @ numbers(len(c), 77)), float(c @ numbers(len(c), 78))]


def flat2(c):
    return [c[0]] + [b for level in c[1:] for b in level]


def attempt(f):
    try:
        return f()
    except ValueError:
        return None


def main():
    lines, planes = [], []
    for i, name in enumerate(pywt.wavelist(kind="discrete")):
        w = pywt.Wavelet(name)
        for j, mode in enumerate(pywt.Modes.modes):
            n, level = 1 + (37 * i + 11 * j) % 70, 1 + (i + j) % 3
            x = numbers(n, 100 * i + j)
            lines.append([name, mode, n, level, 100 * i + j, attempt(lambda: digest(pywt.wavedec(x, w, mode, level)))])
            if (i + j) % 4 == 0:
                h, v = 1 + (17 * i + 5 * j) % 45, 1 + (29 * i + 3 * j) % 52
                x = numbers(h * v, 100 * i + j).reshape(h, v)
                planes.append([name, mode, h, v, level, 100 * i + j, attempt(lambda: digest(flat2(pywt.wavedec2(x, w, mode, level))))])
    stationary = []
    for name in ("db1", "db4", "sym5", "coif2", "bior3.3", "rbio4.4", "db20"):
        for h, v, level in ((8, 16, 3), (4, 12, 2), (6, 2, 1), (32, 8, 3)):
            x = numbers(h * v, h).reshape(h, v)
            line = pywt.swt(x.ravel(), name, level)
            plane = pywt.swt2(x, name, level)
            changed = [(np.zeros_like(a) if k else a, tuple(np.sign(b) * b * b for b in d)) for k, (a, d) in enumerate(plane)]
            stationary.append([name, h, v, level, digest([b for p in line for b in p]),
                               digest([b for a, d in plane for b in (a, *d)]), digest([pywt.iswt2(changed, name)])])
    packets = []
    for name, mode, h, v in (("db2", "symmetric", 20, 17), ("bior2.4", "periodization", 16, 24), ("sym4", "zero", 31, 33)):
        x = numbers(h * v, 5).reshape(h, v)
        tree = pywt.WaveletPacket2D(x, name, mode, 2)
        by_frequency = [node.path for row in tree.get_level(2, "freq") for node in row]
        packets.append([name, mode, h, v, digest([tree[a + b].data for a in "ahvd" for b in "ahvd"]), by_frequency])
    full = []
    for name, mode, n in (("db2", "smooth", 5), ("sym4", "antireflect", 7), ("bior2.2", "periodization", 9), ("coif1", "antisymmetric", 2)):
        a, d = pywt.dwt(numbers(n, 9), name, mode)
        full.append([name, mode, n, list(a), list(d)])
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dwt.json")
    with open(path, "w") as file:
        rows = lambda items: "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]"
        parts = dict(lines=lines, planes=planes, stationary=stationary, packets=packets, full=full)
        file.write("{" + ",\n".join(f'"{key}": {rows(value)}' for key, value in parts.items()) + "}\n")


main()
