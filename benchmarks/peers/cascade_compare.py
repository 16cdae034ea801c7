"""Detection side by side with OpenCV: the same gray planes, parameters and thread count, one call of each in turn.

    swift build -c release --product CascadeBench
    python3 -m venv .venv && .venv/bin/pip install opencv-python-headless==4.14.0.94
    .venv/bin/python benchmarks/peers/cascade_compare.py --photos ../shared/photos

Every pair of results is also compared: same rectangles, in the same order when OpenCV runs one thread. Ratios are OpenCV's time
over ours, per photo; `total` is the ratio of the summed times. `cpu` is the same for processor time, which says more on a
machine that has other work to do.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import cv2
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASCADES = ["haarcascade_frontalface_default", "haarcascade_frontalface_alt2", "haarcascade_eye", "lbpcascade_frontalface"]


class Ours:
    """The long-lived Swift side."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("CascadeBench ended")
        return json.loads(line)


def write_pgm(path, gray):
    path.write_bytes(b"P5 %d %d 255\n" % (gray.shape[1], gray.shape[0]) + gray.tobytes())


def photos(folder, every, first, temporary):
    """Every Nth photo of a folder as a gray plane, with the file it was written to."""
    found = []
    for i, file in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())[first::every]):
        image = cv2.imread(str(file), cv2.IMREAD_COLOR)
        if image is None:
            sys.exit(f"{file}: not read by OpenCV")
        gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        write_pgm(temporary / f"photo{i}.pgm", gray)
        found.append((temporary / f"photo{i}.pgm", gray))
    return found


def opencv(cascade, gray, scale_factor, min_neighbors):
    start, cpu = time.perf_counter(), time.process_time()
    found = cascade.detectMultiScale(gray, scale_factor, min_neighbors)
    return (time.perf_counter() - start) * 1e3, (time.process_time() - cpu) * 1e3, [list(map(int, r)) for r in found]


def compare(ours, grays, name, scale_factor, min_neighbors, threads, rounds):
    path = str(ROOT / "cascades" / (name + ".xml"))
    cascade = cv2.CascadeClassifier(path)
    cv2.setNumThreads(threads)
    ratios, sums, cpu_sums, wrong = [], [0.0, 0.0], [0.0, 0.0], 0
    for file, gray in grays:
        best, cpu_best = [1e9, 1e9], [1e9, 1e9]
        for _ in range(rounds):
            theirs = opencv(cascade, gray, scale_factor, min_neighbors)
            mine = ours(cascade=path, image=str(file), scaleFactor=scale_factor, minNeighbors=min_neighbors, threads=threads)
            best = [min(best[0], mine["milliseconds"][0]), min(best[1], theirs[0])]
            cpu_best = [min(cpu_best[0], mine["processorMilliseconds"][0]), min(cpu_best[1], theirs[1])]
            a, b = mine["rects"], theirs[2]
            wrong += a != b if threads == 1 else sorted(a) != sorted(b)
        ratios.append(best[1] / best[0])
        for i in range(2):
            sums[i] += best[i]
            cpu_sums[i] += cpu_best[i]
    print(
        f"{name:34} {f'({scale_factor}, {min_neighbors})':9} {threads:7} {sums[0]:9.0f} {sums[1]:10.0f} {sums[1] / sums[0]:6.2f}"
        f" {statistics.median(ratios):7.2f}  {min(ratios):5.2f} - {max(ratios):5.2f} {cpu_sums[1] / cpu_sums[0]:6.2f} {wrong:9}",
        flush=True,
    )


def sizes(ours, source, folder, name, rounds):
    path = str(ROOT / "cascades" / (name + ".xml"))
    cascade = cv2.CascadeClassifier(path)
    print(f"\n{name} (1.1, 3), one photo resized, milliseconds by megapixels\n\nmegapixels   ours ms  OpenCV ms  ratio")
    cv2.setNumThreads(1)
    for megapixels in (0.1, 0.3, 1, 3, 10, 20, 50):
        f = (megapixels * 1e6 / source.size) ** 0.5
        gray = cv2.resize(source, (round(source.shape[1] * f), round(source.shape[0] * f)), interpolation=cv2.INTER_CUBIC)
        file = folder / f"size{megapixels}.pgm"
        write_pgm(file, gray)
        best = [1e9, 1e9]
        for _ in range(rounds if megapixels < 5 else 1):
            theirs = opencv(cascade, gray, 1.1, 3)
            mine = ours(cascade=path, image=str(file), scaleFactor=1.1, minNeighbors=3, threads=1)
            best = [min(best[0], mine["milliseconds"][0]), min(best[1], theirs[0])]
        print(f"{megapixels:10} {best[0]:9.1f} {best[1]:10.1f} {best[1] / best[0]:6.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=pathlib.Path, default=ROOT.parent / "shared" / "photos")
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "CascadeBench"))
    parser.add_argument("--every", type=int, default=1, help="use every Nth photo")
    parser.add_argument("--first", type=int, default=0, help="beginning with this one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--cascades", nargs="*", default=CASCADES)
    parser.add_argument("--parameters", nargs="*", default=["1.3,5", "1.1,3"])
    parser.add_argument("--sizes", action="store_true", help="also the curve of time over picture size")
    args = parser.parse_args()
    ours = Ours(args.program)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        grays = photos(args.photos, args.every, args.first, folder)
        pixels = sum(g.size for _, g in grays) / 1e6
        print(f"{len(grays)} photos, {pixels:.1f} megapixels, best of {args.rounds} calls each, OpenCV {cv2.__version__}\n")
        print(f"{'cascade':34} {'params':9} threads   ours ms  OpenCV ms  total  median  range            cpu different")
        for threads in args.threads:
            for name in args.cascades:
                for parameters in args.parameters:
                    factor, neighbors = parameters.split(",")
                    compare(ours, grays, name, float(factor), int(neighbors), threads, args.rounds)
        if args.sizes:
            sizes(ours, grays[len(grays) // 2][1], folder, args.cascades[0], args.rounds)


if __name__ == "__main__":
    main()
