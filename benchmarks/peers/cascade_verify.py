"""Every cascade against OpenCV, live: rectangles in order, reject levels and weights, on photos and on pictures made to hurt.

    swift build -c release --product CascadeBench
    python3 -m venv .venv && .venv/bin/pip install opencv-python-headless==4.14.0.94
    .venv/bin/python benchmarks/peers/cascade_verify.py --photos ../shared/photos --every 7

Exits 1 if anything differs. `--main` runs the five main cascades at (1.1, 3) and (1.3, 5) only, for use on every photo.
"""

import argparse
import pathlib
import sys
import tempfile

import cv2
import numpy as np

from cascade_compare import ROOT, Ours, write_pgm

MAIN = ["haarcascade_frontalface_default", "haarcascade_frontalface_alt2", "haarcascade_profileface", "haarcascade_eye",
        "lbpcascade_frontalface"]


def synthetic(window):
    """Constant, noise, chequerboards, thin, exactly as large as the window, one larger, patterns at every edge."""
    rng = np.random.default_rng(7)
    w, h = window
    yield "constant", np.full((97, 131), 128, np.uint8)
    yield "noise", rng.integers(0, 256, (150, 201), dtype=np.uint8)
    for k in (1, 2, 3, 8):
        y, x = np.mgrid[0:143, 0:190]
        yield f"chequers{k}", (((x // k + y // k) & 1) * 255).astype(np.uint8)
    yield "onecolumn", rng.integers(0, 256, (300, 1), dtype=np.uint8)
    yield "onerow", rng.integers(0, 256, (1, 300), dtype=np.uint8)
    for dw in (0, 1, 2, 17):
        yield f"window+{dw}", rng.integers(0, 256, (h + dw, w + dw), dtype=np.uint8)
        yield f"window+{dw}x", rng.integers(0, 256, (h, w + dw), dtype=np.uint8)
    smooth = cv2.GaussianBlur(rng.integers(0, 256, (260, 333), dtype=np.uint8), (0, 0), 5)
    yield "blobs", cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX)


def check(ours, cascade, path, file, gray, factor, neighbors, least=(0, 0), most=(0, 0), threads=1):
    rects, levels, weights = cascade.detectMultiScale3(
        gray, scaleFactor=factor, minNeighbors=neighbors, minSize=least, maxSize=most, outputRejectLevels=True)
    plain = cascade.detectMultiScale(gray, factor, neighbors, 0, least, most)
    mine = ours(cascade=path, image=str(file), scaleFactor=factor, minNeighbors=neighbors, minSize=list(least), maxSize=list(most),
                threads=threads)
    want = [list(map(int, r)) for r in plain]
    same = (mine["rects"] == want and mine["rects"] == [list(map(int, r)) for r in rects]
            and mine["levels"] == [int(v) for v in np.ravel(levels)] and mine["weights"] == [float(v) for v in np.ravel(weights)])
    if not same:
        print(f"DIFFERENT {pathlib.Path(path).stem} {file.name} ({factor}, {neighbors}) {least} {most} threads {threads}:",
              len(mine["rects"]), "of", len(want))
    return same, len(want)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=pathlib.Path, default=ROOT.parent / "shared" / "photos")
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "CascadeBench"))
    parser.add_argument("--every", type=int, default=7)
    parser.add_argument("--longest", type=int, default=0, help="shrink photos to this longest side first")
    parser.add_argument("--main", action="store_true")
    parser.add_argument("--cascades", nargs="*")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    ours = Ours(args.program)
    names = args.cascades or (MAIN if args.main else sorted(p.stem for p in (ROOT / "cascades").glob("*.xml")))
    bad = runs = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        photos = []
        for i, file in enumerate(sorted(p for p in args.photos.rglob("*") if p.is_file())[:: args.every]):
            image = cv2.imread(str(file), cv2.IMREAD_COLOR)
            if image is None:
                continue
            gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
            f = args.longest / max(gray.shape)
            if 0 < f < 1:
                gray = cv2.resize(gray, None, fx=f, fy=f, interpolation=cv2.INTER_AREA)
            write_pgm(folder / f"photo{i}.pgm", gray)
            photos.append((folder / f"photo{i}.pgm", gray))
        for name in names:
            path = str(ROOT / "cascades" / (name + ".xml"))
            cascade = cv2.CascadeClassifier(path)
            found = bad_before = 0
            bad_before = bad
            jobs = [(f, g, (1.1, 3), {}) for f, g in photos] + [(f, g, (1.3, 5), {"threads": 2}) for f, g in photos]
            if not args.main:
                jobs += [(f, g, (1.05, 0), {}) for f, g in photos]
                for k, (f, g) in enumerate(photos):
                    side = min(g.shape)
                    least, most = (side // (2 + k % 5), side // (3 + k % 4)), (side // (1 + k % 3), side // (1 + k % 2))
                    jobs += [(f, g, (1.2, 2), {"least": least}), (f, g, (1.2, 2), {"most": most, "threads": 2}),
                             (f, g, (1.15, 1), {"least": least, "most": most})]
                for label, gray in synthetic(cascade.getOriginalWindowSize()):
                    write_pgm(folder / f"{label}.pgm", gray)
                    jobs += [(folder / f"{label}.pgm", gray, p, {}) for p in ((1.1, 3), (1.05, 0), (1.5, 0))]
            for file, gray, (factor, neighbors), rest in jobs:
                same, count = check(ours, cascade, path, file, gray, factor, neighbors, **rest)
                bad += not same
                runs += 1
                found += count
            print(f"{name:40} {len(jobs):5} runs, {found:7} rectangles, {bad - bad_before} different", flush=True)
    print(f"{runs} runs, {bad} different")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
