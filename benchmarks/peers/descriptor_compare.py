"""Descriptors and normalisations side by side with scikit-image, OpenCV, PyWavelets and SciPy, one thread each.

    swift build -c release --product DescriptorBench
    python3 -m venv .venv
    .venv/bin/pip install scikit-image==0.26.0 opencv-python-headless==4.14.0.94 PyWavelets==1.9.0
    .venv/bin/python benchmarks/peers/descriptor_compare.py [--sizes 96,512] [--binary PATH]

Both sides make the same picture and do the same work on it, in turn, several times; each side's best time counts, and the
ratio is the peer's over ours. `difference` is that of the weighted sums of both results, relative to the peer's: warps differ
because OpenCV rounds places to 1/32 pixel. The last lines have no peer: local phase quantisation, oriented edge patterns, even
light, and one whole face by the standard composition.
"""
import argparse
import os
import subprocess
import sys
import time

import cv2
import numpy as np
import pywt
from scipy.ndimage import gaussian_filter
from skimage.feature import hog, local_binary_pattern
from skimage.filters import gabor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
cv2.setNumThreads(1)


class Ours:
    def __init__(self, binary):
        self.process = subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, operation, width, height, rounds):
        self.process.stdin.write(f"{operation} {width} {height} {rounds}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if answer.startswith("error") or not answer:
            sys.exit(f"{operation}: {answer or 'DescriptorBench ended'}")
        return tuple(map(float, answer.split()))


def picture(width, height):
    state, noise = 1, np.empty(width * height, np.int64)
    for i in range(width * height):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        noise[i] = (state >> 24) % 8
    y, x = np.mgrid[:height, :width]
    return (40 + (x * x // 90 + 2 * y + x * y // 40) % 160 + noise.reshape(height, width)).astype(np.uint8)


def blocks(a, grid):
    h, w = a.shape
    return [np.sqrt(np.mean(np.square(a[i * h // grid:(i + 1) * h // grid, j * w // grid:(j + 1) * w // grid])))
            for i in range(grid) for j in range(grid)]


def patterns(a, radius, grid=6, count=59):
    labels = local_binary_pattern(a, 8, radius, "nri_uniform").astype(np.int64)
    h, w = (side // grid for side in a.shape)
    return np.concatenate([np.bincount(labels[i * h:(i + 1) * h, j * w:(j + 1) * w].ravel(), minlength=count) / (h * w)
                           for i in range(grid) for j in range(grid)])


def tan_triggs(a, gamma=0.2, fine=1, coarse=2, alpha=0.1, limit=10):
    x = (a / 255.0) ** gamma
    x = gaussian_filter(x, fine) - gaussian_filter(x, coarse)
    x = x / np.mean(np.abs(x) ** alpha) ** (1 / alpha)
    x = x / np.mean(np.minimum(limit, np.abs(x)) ** alpha) ** (1 / alpha)
    return limit * np.tanh(x / limit)


def warped(a):
    h, w = a.shape
    x, y = (w - 1) / 2, (h - 1) / 2
    m = np.array([[0.96, -0.28, x - 0.96 * x + 0.28 * y], [0.28, 0.96, y - 0.28 * x - 0.96 * y]])
    return cv2.warpAffine(a, m, (w, h), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)


PEERS = [
    ("hog", "scikit-image", "HOG 9x8x2", lambda a: hog(a, 9, (8, 8), (2, 2), "L2-Hys")),
    ("lbp1", "scikit-image", "LBP radius 1, grid 6", lambda a: patterns(a, 1)),
    ("lbp2", "scikit-image", "LBP radius 2, grid 6", lambda a: patterns(a, 2)),
    ("lbp3", "scikit-image", "LBP radius 3, grid 6", lambda a: patterns(a, 3)),
    ("gabor", "scikit-image", "Gabor 3x4, grid 6", lambda a: np.concatenate([
        blocks(np.hypot(*gabor(a / 255, f, t * np.pi / 4)), 6) for f in (0.35, 0.2, 0.1) for t in range(4)])),
    ("energy", "PyWavelets", "wavelet energy db2 x3", lambda a: np.concatenate([
        blocks(b, 4) for l in pywt.wavedec2(np.float32(a) / 255, "db2", level=3)[1:] for b in l])),
    ("dct", "OpenCV", "DCT, 12x12 lowest", lambda a: cv2.dct(np.float32(a) / 255)[:12, :12]),
    ("equalise", "OpenCV", "histogram equalisation", cv2.equalizeHist),
    ("clahe", "OpenCV", "CLAHE 8x8", lambda a, c=cv2.createCLAHE(2, (8, 8)): c.apply(a)),
    ("tantriggs", "SciPy", "Tan-Triggs", tan_triggs),
    ("warp", "OpenCV", "warp", warped),
    ("area", "OpenCV", "area resize to 3/8", lambda a: cv2.resize(
        a, (a.shape[1] * 3 // 8, a.shape[0] * 3 // 8), interpolation=cv2.INTER_AREA)),
]

ALONE = [
    ("lpq", "LPQ window 11, grid 4"),
    ("poem", "edge patterns 3 directions, grid 4"),
    ("evenlight", "even light"),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="96,512")
    parser.add_argument("--seconds", type=float, default=0.6, help="for each line and side")
    parser.add_argument("--binary", default=os.path.join(ROOT, ".build", "release", "DescriptorBench"))
    options = parser.parse_args()
    ours = Ours(options.binary)
    print("| descriptor | picture | peer | peer ms | ours ms | ratio | difference |")
    print("|---|---|---|---|---|---|---|")
    for n in map(int, options.sizes.split(",")):
        image = picture(n, n)
        for operation, peer, title, work in PEERS:
            theirs, best = float("inf"), float("inf")
            first, _ = ours(operation, n, n, 2)
            rounds = max(1, min(2000, int(options.seconds / 3 * 1e3 / first)))
            for _ in range(3):
                milliseconds, sum_ = ours(operation, n, n, rounds)
                best = min(best, milliseconds)
                end, runs = time.perf_counter() + options.seconds / 3, 0
                while runs < 2 or time.perf_counter() < end:
                    start = time.perf_counter()
                    result = work(image)
                    theirs = min(theirs, (time.perf_counter() - start) * 1e3)
                    runs += 1
            values = np.asarray(result, np.float64).ravel()
            expected = float(values @ (np.arange(values.size) % 97 + 1))
            difference = abs(sum_ - expected) / max(abs(expected), float(np.abs(values).sum()))
            print(f"| {title} | {n}x{n} | {peer} | {theirs:.3f} | {best:.3f} | {theirs / best:.1f} | {difference:.0e} |", flush=True)
    for n in map(int, options.sizes.split(",")):
        for operation, title in ALONE:
            print(f"| {title} | {n}x{n} | | | {ours(operation, n, n, 50)[0]:.3f} | | |", flush=True)
    for n in (96, 200, 400):
        print(f"| a whole face, standard composition | face of {n}x{n} | | | {ours('face', n, n, 200)[0]:.3f} | | |", flush=True)


main()
