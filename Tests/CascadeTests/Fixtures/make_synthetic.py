"""Writes synthetic.json: what OpenCV 4.14 finds in pictures drawn with whole numbers (see ../Synthetic.swift).

    python3 make_synthetic.py ../../../cascades > synthetic.json
"""

import json
import pathlib
import sys

import cv2
import numpy as np


def noise(width, height, seed):
    state, out = seed, []
    for _ in range(width * height):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append((state >> 56) & 255)
    return np.array(out, np.int64).reshape(height, width)


def clouds(width, height, cell, seed):
    grid = noise(width // cell + 2, height // cell + 2, seed)
    y, x = np.mgrid[0:height, 0:width]
    fx, fy = x % cell * 64 // cell, y % cell * 64 // cell
    r, c = y // cell, x // cell
    top = grid[r, c] * (64 - fx) + grid[r, c + 1] * fx
    bottom = grid[r + 1, c] * (64 - fx) + grid[r + 1, c + 1] * fx
    return ((top * (64 - fy) + bottom * fy) >> 12).astype(np.uint8)


cv2.setNumThreads(1)
rows = []
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.xml")):
    cascade = cv2.CascadeClassifier(str(file))
    for cell, seed in ((7, 1), (11, 2), (5, 3)):
        gray = clouds(301, 227, cell, seed)
        for factor, neighbors in ((1.05, 0), (1.1, 1)):
            rects, levels, weights = cascade.detectMultiScale3(gray, factor, neighbors, outputRejectLevels=True)
            plain = cascade.detectMultiScale(gray, factor, neighbors)
            assert np.array_equal(rects, plain)
            rows.append({
                "cascade": file.stem, "cell": cell, "seed": seed, "scaleFactor": factor, "minNeighbors": neighbors,
                "rects": [list(map(int, r)) for r in rects], "levels": [int(v) for v in np.ravel(levels)],
                "weights": [float(v) for v in np.ravel(weights)]})
print("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
