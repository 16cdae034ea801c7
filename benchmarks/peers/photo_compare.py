"""Whole photos, from the folder to the name: Lineup's recipe `best` against the deep-learning stack that people use instead.

The peer is dlib: its HOG detector (upsampled once), the five-point alignment and the 128-number network of face_recognition_models,
and a linear support vector machine of scikit-learn on the largest face of every photo, nothing reviewed.

Speed: `lineup clean` (which finds, measures, picks and writes crops) and dlib (detector, points, descriptors of all faces; two processes)
over the same folder, alternating. Names: five folds of whole photos with near-duplicates together, as PhotoBench makes them (its own
figures stand beside in RESULTS.md); a photo's answer is the label of the face whose decision is largest.

    pip install dlib-bin face_recognition_models scikit-learn numpy pillow setuptools
    python benchmarks/peers/photo_compare.py ../shared/photos --program .build/release/lineup --rounds 2
"""
import argparse
import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import tempfile
import time

import dlib
import face_recognition_models
import numpy
from PIL import Image, ImageOps
from sklearn.svm import LinearSVC

tools = {}


def load():
    tools["detector"] = dlib.get_frontal_face_detector()
    tools["points"] = dlib.shape_predictor(face_recognition_models.pose_predictor_five_point_model_location())
    tools["network"] = dlib.face_recognition_model_v1(face_recognition_models.face_recognition_model_location())


def faces_of(path):
    """(area, 128 numbers) of each face that dlib sees; none for a file that is no picture."""
    try:
        picture = Image.open(path)
        try:
            picture = ImageOps.exif_transpose(picture)
        except SyntaxError:
            pass  # damaged EXIF: as it lies
        picture = numpy.array(picture.convert("RGB"))
    except OSError as error:
        print(f"{path}: {error}")
        return []
    boxes = tools["detector"](picture, 1)
    return [(box.area(), numpy.array(tools["network"].compute_face_descriptor(picture, tools["points"](picture, box)))) for box in boxes]


def run_dlib(paths, processes):
    with multiprocessing.Pool(processes, load) as pool:
        start = time.perf_counter()  # its models are loaded; Lineup's time includes loading
        faces = pool.map(faces_of, paths, chunksize=4)
        return time.perf_counter() - start, faces


def run_lineup(program, photos, into, threads):
    start = time.perf_counter()
    subprocess.run([program, "clean", photos, "--into", into, "--threads", str(threads), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    with open(os.path.join(into, "manifest.jsonl")) as lines:
        return seconds, [json.loads(line) for line in lines]


def whole_photo_folds(records, count):
    """The part of each photo: photos whose hashes differ in at most 26 bits are one group, groups go to the parts label by label."""
    group = list(range(len(records)))

    def root(i):
        while group[i] != i:
            i = group[i]
        return i

    bits = [int(record["hash"], 16) if record.get("hash") else None for record in records]
    for i in range(len(records)):
        for j in range(i):
            if bits[i] is not None and bits[j] is not None and (bits[i] ^ bits[j]).bit_count() <= 26:
                a, b = sorted((root(i), root(j)))
                group[b] = a
    place, turns, parts = {}, {}, []
    for i, record in enumerate(records):
        label = record["path"].split("/")[0]
        if root(i) not in place:
            place[root(i)] = turns.get(label, 0) % count
            turns[label] = turns.get(label, 0) + 1
        parts.append(place[root(i)])
    return parts


def wilson(right, total):
    z, share = 1.959964, right / total
    middle, spread = share + z * z / 2 / total, z * (share * (1 - share) / total + z * z / 4 / total / total) ** 0.5
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def names(records, faces, folds=5):
    labels = [record["path"].split("/")[0] for record in records]
    parts = whole_photo_folds(records, folds)
    outcomes = {"right name": 0, "wrong name": 0, "no face": 0}
    for fold in range(folds):
        train = [i for i, part in enumerate(parts) if part != fold and faces[i]]
        machine = LinearSVC(C=1.0).fit([max(faces[i], key=lambda face: face[0])[1] for i in train], [labels[i] for i in train])
        for i in (i for i, part in enumerate(parts) if part == fold):
            if not faces[i]:
                outcomes["no face"] += 1
                continue
            decisions = machine.decision_function([descriptor for _, descriptor in faces[i]])
            answer = machine.classes_[decisions[decisions.max(axis=1).argmax()].argmax()]
            outcomes["right name" if answer == labels[i] else "wrong name"] += 1
    total = len(records)
    low, high = wilson(outcomes["right name"], total)
    print(f"dlib, right name: {outcomes['right name'] / total:.3f} ({outcomes['right name']} of {total}; 95 % interval {low:.3f} to {high:.3f})")
    print(f"  wrong name: {outcomes['wrong name']}\n  no face: {outcomes['no face']}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos")
    parser.add_argument("--program", default=".build/release/lineup")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    ratios = []
    print(f"{'round':>5} {'lineup photos/s':>16} {'dlib photos/s':>14} {'ratio':>6}")
    for number in range(options.rounds):
        folder = tempfile.mkdtemp()
        ours, records = run_lineup(options.program, options.photos, os.path.join(folder, "faces"), options.threads)
        shutil.rmtree(folder)
        theirs, faces = run_dlib([os.path.join(options.photos, record["path"]) for record in records], options.threads)
        ratios.append(theirs / ours)
        print(f"{number + 1:>5} {len(records) / ours:>16.1f} {len(records) / theirs:>14.1f} {ratios[-1]:>6.2f}", flush=True)
    print(f"{options.threads} threads and processes: median ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    names(records, faces)


if __name__ == "__main__":
    main()
