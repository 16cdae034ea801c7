"""Every cascade against OpenCV, live: rectangles in order, reject levels and weights, on photos and on pictures made to hurt.

    scripts/check-opencv             # installs OpenCV into a virtual environment, builds, and runs all of it
    .venv/bin/python benchmarks/peers/cascade_verify.py --photos ../shared/photos --every 7

Exits 1 if anything differs. `--main` runs the five main cascades at (1.1, 3) and (1.3, 5) only, for use on every photo; otherwise
there are also (1.05, 0), least and greatest sizes, and the drawn pictures, on which each cascade also runs cut to its first two
stages, which pass so many windows that some lie on every edge. `--drawn` leaves the photos out.
"""

import argparse
import pathlib
import sys
import tempfile
import xml.etree.ElementTree as xml

import cv2
import numpy as np

from cascade_compare import ROOT, Ours, photos, write_pgm

MAIN = ["haarcascade_frontalface_default", "haarcascade_frontalface_alt2", "haarcascade_profileface", "haarcascade_eye",
        "lbpcascade_frontalface"]


def drawn(window):
    """Constant, noise, chequerboards, stripes, thin, exactly as large as the window, a little larger, bright blobs up to every edge."""
    rng = np.random.default_rng(7)
    w, h = window
    for value in (0, 128, 255):
        yield f"constant{value}", np.full((97, 131), value, np.uint8)
    yield "noise", rng.integers(0, 256, (150, 201), dtype=np.uint8)
    yield "blackorwhite", rng.integers(0, 2, (150, 201), dtype=np.uint8) * 255
    y, x = np.mgrid[0:143, 0:190]
    for k in (1, 2, 3, 8):
        yield f"chequers{k}", (((x // k + y // k) & 1) * 255).astype(np.uint8)
    yield "columns", ((x & 1) * 255).astype(np.uint8)
    yield "rows", ((y & 1) * 255).astype(np.uint8)
    yield "ramp", ((x + y) % 256).astype(np.uint8)
    yield "onecolumn", rng.integers(0, 256, (300, 1), dtype=np.uint8)
    yield "onerow", rng.integers(0, 256, (1, 300), dtype=np.uint8)
    yield "onepixel", np.full((1, 1), 200, np.uint8)
    for dw in (-1, 0, 1, 2, 17):
        yield f"window+{dw}", rng.integers(0, 256, (h + dw, w + dw), dtype=np.uint8)
        yield f"window+{dw}x", rng.integers(0, 256, (h, w + dw), dtype=np.uint8)
        yield f"window+{dw}y", rng.integers(0, 256, (h + dw, w), dtype=np.uint8)
    smooth = cv2.GaussianBlur(rng.integers(0, 256, (260, 333), dtype=np.uint8), (0, 0), 5)
    yield "blobs", cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX)


def saturated():
    """60 megapixels of white, and the same with a little texture in its last corner, where 32-bit sums have wrapped several times."""
    white = np.full((6000, 10000), 255, np.uint8)
    yield "white60", white
    rng = np.random.default_rng(8)
    textured = white.copy()
    smooth = cv2.GaussianBlur(rng.integers(0, 256, (400, 500), dtype=np.uint8), (0, 0), 5)
    textured[-400:, -500:] = cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX)
    yield "corner60", textured


def cut_to(stages, path, target):
    """Writes the cascade with its first stages only."""
    tree = xml.parse(path)
    parent = tree.find(".//stages")
    for stage in list(parent)[stages:]:
        parent.remove(stage)
    target.write_text("<?xml version=\"1.0\"?>\n" + xml.tostring(tree.getroot(), encoding="unicode"))


class Check:
    """Counts runs, rectangles, differences, and which edges of pictures rectangles lay on."""

    def __init__(self, ours):
        self.ours = ours
        self.runs = self.different = self.found = self.levelled = 0
        self.edges = [0, 0, 0, 0]

    def __call__(self, cascade, path, file, gray, factor, neighbors, least=(0, 0), most=(0, 0), threads=1, levels=True):
        """`levels` compares reject levels and weights too (detectMultiScale3), else the rectangles of detectMultiScale."""
        mine = self.ours(cascade=str(path), image=str(file), scaleFactor=factor, minNeighbors=neighbors, minSize=list(least),
                         maxSize=list(most), threads=threads)
        if levels:
            rects, numbers, weights = cascade.detectMultiScale3(
                gray, scaleFactor=factor, minNeighbors=neighbors, minSize=least, maxSize=most, outputRejectLevels=True)
            same = (mine["levels"] == [int(v) for v in np.ravel(numbers)]
                    and mine["weights"] == [float(v) for v in np.ravel(weights)])
            self.levelled += 1
        else:
            rects, same = cascade.detectMultiScale(gray, factor, neighbors, 0, least, most), True
        want = [list(map(int, r)) for r in rects]
        same = same and mine["rects"] == want
        self.runs += 1
        self.found += len(want)
        height, width = gray.shape
        for x, y, w, h in want:
            for i, touches in enumerate((x == 0, y == 0, x + w == width, y + h == height)):
                self.edges[i] += touches
        if not same:
            self.different += 1
            print(f"DIFFERENT {pathlib.Path(path).stem} {file.name} ({factor}, {neighbors}) {least} {most} threads {threads}:",
                  len(mine["rects"]), "of", len(want))


def jobs_on_photos(pictures, main):
    for f, g in pictures:
        yield f, g, (1.1, 3), {}
        yield f, g, (1.3, 5), {"threads": 2, "levels": False}
    if main:
        return
    for k, (f, g) in enumerate(pictures):
        side = min(g.shape)
        least, most = (side // (2 + k % 5), side // (3 + k % 4)), (side // (1 + k % 3), side // (1 + k % 2))
        yield f, g, (1.05, 0), {}
        yield f, g, (1.2, 2), {"least": least}
        yield f, g, (1.2, 2), {"most": most, "threads": 2, "levels": False}
        yield f, g, (1.15, 1), {"least": least, "most": most}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=pathlib.Path, default=ROOT.parent / "shared" / "photos")
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "CascadeBench"))
    parser.add_argument("--every", type=int, default=7, help="use every Nth photo")
    parser.add_argument("--first", type=int, default=0, help="beginning with this one")
    parser.add_argument("--main", action="store_true")
    parser.add_argument("--drawn", action="store_true")
    parser.add_argument("--cascades", nargs="*")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    ours = Ours(args.program)
    names = args.cascades or (MAIN if args.main else sorted(p.stem for p in (ROOT / "cascades").glob("*.xml")))
    runs = bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        pictures = [] if args.drawn else photos(args.photos, args.every, args.first, folder)
        large = []
        if not args.main:
            for label, gray in saturated():
                write_pgm(folder / f"{label}.pgm", gray)
                large.append((folder / f"{label}.pgm", gray))
        for name in names:
            path = ROOT / "cascades" / (name + ".xml")
            cascade = cv2.CascadeClassifier(str(path))
            check = Check(ours)
            for file, gray, (factor, neighbors), rest in jobs_on_photos(pictures, args.main):
                check(cascade, path, file, gray, factor, neighbors, **rest)
            if not args.main:
                for file, gray in large:
                    check(cascade, path, file, gray, 1.5, 3)
                short = folder / f"{name}.xml"
                cut_to(2, path, short)
                shortened = cv2.CascadeClassifier(str(short))
                for label, gray in drawn(cascade.getOriginalWindowSize()):
                    file = folder / f"{name}-{label}.pgm"
                    write_pgm(file, gray)
                    for factor, neighbors in ((1.1, 3), (1.05, 0), (1.5, 0)):
                        check(cascade, path, file, gray, factor, neighbors)
                    for factor, neighbors in ((1.07, 0), (2, 1)):
                        check(shortened, short, file, gray, factor, neighbors)
            print(f"{name:40} {check.runs:5} runs ({check.levelled} with levels and weights), {check.found:8} rectangles, "
                  f"{'/'.join(map(str, check.edges))} on the left/top/right/bottom edge, {check.different} different", flush=True)
            runs += check.runs
            bad += check.different
    print(f"{runs} runs, {bad} different")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
