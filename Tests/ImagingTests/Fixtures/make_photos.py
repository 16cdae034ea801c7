"""Writes photos.tsv: per photo of ../shared/photos its path, decoded width and height, and the CRC-32 of its R, G, B bytes.

    python make_photos.py        (opencv-python-headless 4.14)
"""

import pathlib
import zlib

import cv2
import numpy as np

here = pathlib.Path(__file__).resolve()
photos = here.parents[4] / "shared" / "photos"
lines = []
for path in sorted(photos.glob("*/*"), key=lambda p: str(p.relative_to(photos)).encode()):
    decoded = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    height, width, _ = decoded.shape
    crc = zlib.crc32(np.ascontiguousarray(decoded[:, :, ::-1]).tobytes())
    lines.append(f"{path.relative_to(photos)}\t{width}\t{height}\t{crc:08x}\n")
here.with_name("photos.tsv").write_text("".join(lines))
print(len(lines), "photos")
