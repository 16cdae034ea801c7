"""Writes descriptors.json: what scikit-image 0.26, OpenCV 4.14 and SciPy make of small synthetic pictures.

    pip install scikit-image==0.26.0 opencv-python-headless==4.14.0.94 scipy && python make_descriptors.py

Pictures come from a linear congruential generator that the tests repeat. Features are stored as their number, their largest
size and two sums of them with generated weights (any wrong number shows in both), pictures as 32-bit FNV-1a hashes.
"""
import json
import os

import cv2
import numpy as np
import pywt
from scipy.ndimage import gaussian_filter
from skimage.feature import hog, local_binary_pattern
from skimage.filters import gabor

cv2.setNumThreads(1)


def picture(width, height, channels, seed, step):
    """Noise for step 256; for smaller steps a random walk, whose neighbours are alike."""
    state, value, out = seed, 128, bytearray()
    for _ in range(width * height * channels):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        value = (value + ((state >> 16) % step) - step // 2) & 255
        out.append(value)
    a = np.frombuffer(bytes(out), np.uint8)
    return a.reshape(height, width, channels) if channels > 1 else a.reshape(height, width)


def fnv(a):
    h = 2166136261
    for b in np.ascontiguousarray(a).tobytes():
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def numbers(count, seed):
    state, out = seed, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out.append((state >> 8) / (1 << 24) - 0.5)
    return np.array(out)


def digest(values):
    c = np.asarray(values, np.float64).ravel()
    return [len(c), float(np.abs(c).max()), float(c @ numbers(len(c), 77)), float(c @ numbers(len(c), 78))]


def blocks(a, grid, f):
    h, w = a.shape
    return np.array([f(a[i * h // grid:(i + 1) * h // grid, j * w // grid:(j + 1) * w // grid])
                     for i in range(grid) for j in range(grid)])


def lbp_histograms(labels, grid, count):
    h, w = (s // grid for s in labels.shape)
    return np.concatenate([np.sqrt(np.bincount(labels[i * h:(i + 1) * h, j * w:(j + 1) * w].ravel(), minlength=count) / (h * w))
                           for i in range(grid) for j in range(grid)])


def tan_triggs(a, gamma=0.2, fine=1, coarse=2, alpha=0.1, limit=10):
    x = (a / 255.0) ** gamma
    x = gaussian_filter(x, fine) - gaussian_filter(x, coarse)
    x = x / np.mean(np.abs(x) ** alpha) ** (1 / alpha)
    x = x / np.mean(np.minimum(limit, np.abs(x)) ** alpha) ** (1 / alpha)
    return limit * np.tanh(x / limit)


def main():
    rms = lambda b: np.sqrt(np.mean(np.square(b)))
    rows = []
    for k, (w, h) in enumerate([(64, 64), (96, 96), (50, 70), (33, 41), (17, 16)]):
        seed, step = 3000 + k, [32, 256, 8, 64, 128][k]
        a = picture(w, h, 1, seed, step)
        row = dict(width=w, height=h, seed=seed, step=step)
        row["hog"] = [[o, c, b, digest(hog(a, o, (c, c), (b, b), "L2-Hys"))] for o, c, b in ((9, 8, 2), (8, 4, 2), (12, 6, 1), (4, 8, 1))]
        row["lbp"] = []
        for p, r, grid in ((8, 1, 4), (8, 2, 6), (8, 3, 3), (12, 1.5, 4), (4, 1, 5)):
            labels = local_binary_pattern(a, p, r, "nri_uniform").astype(int)
            row["lbp"].append([p, r, grid, fnv(labels.astype("<u2")), digest(lbp_histograms(labels, grid, p * (p - 1) + 3))])
        row["gabor"] = digest(np.concatenate([
            blocks(np.hypot(*gabor(a / 255, f, t * np.pi / 4)), 3, rms) for f in (0.35, 0.2, 0.1) for t in range(4)]))
        even = a[:h // 2 * 2, :w // 2 * 2] / 255.0
        row["dct"] = digest(cv2.dct(even)[:6, :6])
        row["waveletEnergy"] = digest(np.concatenate([blocks(b, 3, rms) for l in pywt.wavedec2(a / 255, "db2", level=2)[1:] for b in l]))
        row["equalised"] = fnv(cv2.equalizeHist(a))
        row["clahe"] = [[c, x, y, fnv(cv2.createCLAHE(c, (x, y)).apply(a))] for c, x, y in ((2, 8, 8), (4, 3, 5), (0, 2, 2), (40, 4, 4), (2, 1, 1))]
        row["tanTriggs"] = digest(tan_triggs(a))
        color = picture(w, h, 3, seed + 50, [8, 16][k % 2])
        row["warps"] = []
        for angle, scale, cx, cy in ((10, 1.3, 0.5, 0.4), (-25, 1.9, 0.3, 0.6), (0, 0.7, 0.6, 0.5)):
            # From the new 24x24 picture to the source, in steps of `scale` pixels.
            ca, sa = scale * np.cos(np.radians(angle)), scale * np.sin(np.radians(angle))
            shift = (cx * w - 12 * ca + 12 * sa, cy * h - 12 * sa - 12 * ca)
            m = np.array([[ca, -sa, shift[0]], [sa, ca, shift[1]]])
            out = cv2.warpAffine(color, m, (24, 24), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
            row["warps"].append(dict(a=ca, b=sa, x=shift[0], y=shift[1], pixels=out.ravel().tolist()))
        rows.append(row)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "descriptors.json")
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


main()
