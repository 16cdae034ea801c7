"""Cleaning a folder of photos: `lineup clean` against the same work by OpenCV, alternating on the same cores.

Both read every photo, make it gray, find faces (haarcascade_frontalface_default, 1.3, 5) and eyes inside each face
(haarcascade_eye, 1.1, 3), and write the first face with two eyes as PNG. Lineup also hashes, writes its manifest and flushes
every file to the disk; its time includes starting the process.

    pip install opencv-python-headless==4.14.0.94
    python benchmarks/peers/clean_compare.py ../shared/photos --threads 2 --rounds 3
"""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time

import cv2


def clean_with_opencv(photos, into, cascades):
    faces = cv2.CascadeClassifier(os.path.join(cascades, "haarcascade_frontalface_default.xml"))
    eyes = cv2.CascadeClassifier(os.path.join(cascades, "haarcascade_eye.xml"))
    kept = 0
    for label in sorted(os.listdir(photos)):
        os.makedirs(os.path.join(into, label))
        for name in sorted(os.listdir(os.path.join(photos, label))):
            image = cv2.imread(os.path.join(photos, label, name))
            if image is None:
                continue
            gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
            for x, y, w, h in faces.detectMultiScale(gray, 1.3, 5):
                if len(eyes.detectMultiScale(gray[y:y + h, x:x + w])) >= 2:
                    cv2.imwrite(os.path.join(into, label, name + "-1.png"), image[y:y + h, x:x + w])
                    kept += 1
                    break
    return kept


def clean_with_lineup(program, photos, into, threads):
    subprocess.run([program, "clean", photos, "--into", into, "--recipe", "classic", "--threads", str(threads), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    return sum(name.endswith(".png") for _, _, names in os.walk(into) for name in names)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos")
    parser.add_argument("--program", default=".build/release/lineup")
    parser.add_argument("--cascades", default="cascades")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cv2.setNumThreads(options.threads)
    ratios = []
    print(f"{'round':>5} {'lineup s':>9} {'opencv s':>9} {'ratio':>6}  crops")
    for number in range(options.rounds):
        times, kept = [], []
        for run in (lambda into: clean_with_lineup(options.program, options.photos, into, options.threads),
                    lambda into: clean_with_opencv(options.photos, into, options.cascades)):
            folder = tempfile.mkdtemp()
            start = time.perf_counter()
            kept.append(run(os.path.join(folder, "faces")))
            times.append(time.perf_counter() - start)
            shutil.rmtree(folder)
        assert kept[0] == kept[1], f"lineup kept {kept[0]}, opencv {kept[1]}"
        ratios.append(times[1] / times[0])
        print(f"{number + 1:>5} {times[0]:>9.2f} {times[1]:>9.2f} {ratios[-1]:>6.2f}  {kept[0]}")
    print(f"opencv {cv2.__version__}, {options.threads} threads: median ratio {statistics.median(ratios):.2f} "
          f"({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
