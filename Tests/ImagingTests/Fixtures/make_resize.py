"""Writes resize.json: what OpenCV 4.14 and PyWavelets 1.9 make of small synthetic pictures.

    pip install opencv-python-headless==4.14.0.94 PyWavelets==1.9.0 && python make_resize.py

Pictures come from a linear congruential generator that the tests repeat; results are 32-bit FNV-1a hashes of the bytes.
"""
import json
import os

import cv2
import numpy as np
import pywt

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
    for b in a.tobytes():
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def classic(rgb):
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    gray = np.float32(cv2.cvtColor(bgr, cv2.COLOR_RGB2GRAY)) / 255
    coefficients = list(pywt.wavedec2(gray, "db1", level=5))
    coefficients[0] *= 0
    plane = np.uint8(pywt.waverec2(coefficients, "db1") * 255)
    vector = np.concatenate([cv2.resize(bgr, (32, 32)).reshape(-1), cv2.resize(plane, (32, 32)).reshape(-1)])
    return plane, vector


def hash_text(gray):
    small = cv2.resize(gray, (17, 16), interpolation=cv2.INTER_AREA)
    bits = "".join("1" if a < b else "0" for row in small for a, b in zip(row, row[1:]))
    return f"{int(bits, 2):064x}"


def main():
    rng = np.random.default_rng(7)
    sizes = [(1, 1, 3, 2), (2, 2, 1, 1), (64, 64, 32, 32), (66, 48, 22, 12), (60, 60, 20, 30), (31, 17, 17, 31), (5, 90, 9, 7)]
    sizes += [tuple(int(v) for v in rng.integers(1, 80, 4)) for _ in range(60)]
    resizes = []
    for i, (w, h, dw, dh) in enumerate(sizes):
        row = dict(width=w, height=h, toWidth=dw, toHeight=dh, seed=1000 + i, step=[256, 32][i % 2])
        for name, channels in (("Gray", 1), ("Color", 3)):
            a = picture(w, h, channels, row["seed"], row["step"])
            row["linear" + name] = fnv(cv2.resize(a, (dw, dh), interpolation=cv2.INTER_LINEAR))
            row["area" + name] = fnv(cv2.resize(a, (dw, dh), interpolation=cv2.INTER_AREA))
        resizes.append(row)
    crops = []
    for i, (w, h) in enumerate([(1, 1), (2, 3), (17, 16), (32, 32), (33, 31), (64, 65), (97, 97), (128, 70), (5, 200)]):
        a = picture(w, h, 3, 2000 + i, [256, 32][i % 2])
        plane, vector = classic(a)
        gray = cv2.cvtColor(np.ascontiguousarray(a[..., ::-1]), cv2.COLOR_BGR2GRAY)
        crops.append(dict(width=w, height=h, seed=2000 + i, step=[256, 32][i % 2], planeWidth=plane.shape[1],
                          planeHeight=plane.shape[0], plane=fnv(plane), vector=fnv(vector), hash=hash_text(gray)))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "resize.json")
    with open(path, "w") as file:
        rows = lambda items: "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]"
        file.write('{"resizes": ' + rows(resizes) + ',\n"crops": ' + rows(crops) + "}\n")


main()
