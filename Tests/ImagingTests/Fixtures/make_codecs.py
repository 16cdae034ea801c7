"""Writes codecs.json: small picture files of every kind and the pixels OpenCV decodes them to.

    python make_codecs.py        (opencv-python-headless 4.14, pillow, numpy)

Each entry: name, format, width and height of the decoded picture, the file and its R, G, B bytes (or null where the file is no
still picture), both in base64. Pillow writes JPEG and WebP; PNGs are written here, since no library writes every kind.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import cv2
import numpy as np
from PIL import Image

WIDTH, HEIGHT = 13, 9
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}

entries = []


def add(name, kind, data, readable=True):
    entry = {"name": name, "format": kind, "file": base64.b64encode(data).decode()}
    if readable:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        height, width, _ = decoded.shape
        rgb = base64.b64encode(decoded[:, :, ::-1].tobytes()).decode()
    else:
        width, height, rgb = 0, 0, None
    entries.append({**entry, "width": width, "height": height, "rgb": rgb})


def samples(channels, depth, width=WIDTH, height=HEIGHT):
    random = np.random.default_rng(channels * 100 + depth)
    slope = np.add.outer(np.arange(height) * 5, np.arange(width) * 3)[:, :, None] * (np.arange(channels) + 1)
    noise = random.integers(0, 12, (height, width, channels))
    return ((slope + noise) * ((1 << depth) - 1) // 160).astype(np.int64) & ((1 << depth) - 1)


# PNG ----------------------------------------------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    bits = "".join(format(int(v), f"0{depth}b") for v in row.ravel())
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def filtered(rows, step):
    """One row after the other with filters 0 to 4 in turn (PNG specification, 9.2)."""
    out, above = b"", None
    for y, row in enumerate(rows):
        above = above if above is not None else bytes(len(row))
        kind, line = y % 5, bytearray()
        for i, value in enumerate(row):
            a, b = (row[i - step] if i >= step else 0), above[i]
            c = above[i - step] if i >= step else 0
            paeth = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            line.append((value - [0, a, b, (a + b) // 2, paeth][kind]) & 255)
        out, above = out + bytes([kind]) + bytes(line), row
    return out


def png(values, color, depth, interlaced=False, before=b"", after=b""):
    height, width, channels = values.shape
    step = max(1, channels * depth // 8)
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    grids = [values[y::dy, x::dx] for x, y, dx, dy in passes]
    raw = b"".join(filtered([packed(row, depth) for row in g], step) for g in grids if g.shape[0] and g.shape[1])
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    body = chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(raw, 9)) + after + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def palette(depth):
    colors = np.random.default_rng(depth).integers(0, 256, (1 << min(depth, 5), 3), dtype=np.uint8)
    return chunk(b"PLTE", colors.tobytes())


def pngs():
    depths = {GRAY: [1, 2, 4, 8, 16], RGB: [8, 16], PALETTE: [1, 2, 4, 8], GRAY_ALPHA: [8, 16], RGBA: [8, 16]}
    names = {GRAY: "gray", RGB: "rgb", PALETTE: "palette", GRAY_ALPHA: "gray-alpha", RGBA: "rgba"}
    transparent = {GRAY: struct.pack(">H", 1), RGB: struct.pack(">HHH", 4, 5, 6), PALETTE: bytes([0, 128])}
    for color, name in names.items():
        for depth in depths[color]:
            values = samples(CHANNELS[color], min(depth, 5) if color == PALETTE else depth)
            colors = palette(depth) if color == PALETTE else b""
            add(f"png {name} {depth}", "png", png(values, color, depth, before=colors))
            add(f"png {name} {depth} interlaced", "png", png(values, color, depth, True, before=colors))
            if color in transparent:
                trns = chunk(b"tRNS", transparent[color])
                add(f"png {name} {depth} tRNS", "png", png(values, color, depth, before=colors + trns))
    values = samples(3, 8)
    side = chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"bKGD", struct.pack(">HHH", 9, 9, 9))
    side += chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"wordy " * 50)) + chunk(b"tIME", struct.pack(">HBBBBB", 2024, 1, 1, 1, 1, 1))
    add("png with side chunks", "png", png(values, RGB, 8, before=side))
    add("png one pixel", "png", png(values[:1, :1], RGB, 8))
    frames = [Image.fromarray(samples(3, 8).astype(np.uint8)[:, :, ::order]) for order in (1, -1)]
    add("png animated: first picture", "png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:]))


# JPEG and WebP ------------------------------------------------------------------------------------------------------------


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpegs():
    color = Image.fromarray(samples(3, 8).astype(np.uint8))
    gray = Image.fromarray(samples(1, 8).astype(np.uint8)[:, :, 0])
    cmyk = Image.frombytes("CMYK", (WIDTH, HEIGHT), samples(4, 8).astype(np.uint8).tobytes())
    for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
        for progressive in (False, True):
            data = saved(color, "JPEG", quality=80, subsampling=subsampling, progressive=progressive, optimize=True)
            add(f"jpeg {subsampling}" + (" progressive" if progressive else ""), "jpeg", data)
    add("jpeg gray", "jpeg", saved(gray, "JPEG", optimize=True))
    add("jpeg gray progressive", "jpeg", saved(gray, "JPEG", progressive=True))
    add("jpeg stored as RGB", "jpeg", saved(color, "JPEG", keep_rgb=True, optimize=True))
    add("jpeg restart markers", "jpeg", saved(color, "JPEG", restart_marker_blocks=1, subsampling="4:4:4", optimize=True))
    add("jpeg one pixel", "jpeg", saved(gray.crop((0, 0, 1, 1)), "JPEG", optimize=True))
    inks = saved(cmyk, "JPEG", optimize=True)
    add("jpeg CMYK", "jpeg", inks)
    add("jpeg CMYK progressive", "jpeg", saved(cmyk, "JPEG", progressive=True))
    adobe = inks.index(b"Adobe") + 11  # the transform byte: 0 is CMYK, 2 is YCCK
    add("jpeg YCCK", "jpeg", inks[:adobe] + b"\x02" + inks[adobe + 1 :])
    plain = saved(gray, "JPEG", optimize=True)
    add("jpeg stray bytes before a segment", "jpeg", plain[:20] + b"stray" + plain[20:])
    add("jpeg bytes after the end", "jpeg", plain + b"appended" * 4)


def webps():
    color = Image.fromarray(samples(3, 8).astype(np.uint8))
    alpha = Image.fromarray(samples(4, 8).astype(np.uint8))
    add("webp lossy", "webp", saved(color, "WEBP", quality=60))
    add("webp lossless", "webp", saved(color, "WEBP", lossless=True))
    add("webp lossy alpha", "webp", saved(alpha, "WEBP", quality=60))
    add("webp lossless alpha", "webp", saved(alpha, "WEBP", lossless=True, exact=True))
    add("webp animation", "webp", saved(color, "WEBP", save_all=True, append_images=[color.rotate(180)]), readable=False)


# EXIF ---------------------------------------------------------------------------------------------------------------------


def tiff(order, entries):
    directory = b"".join(struct.pack(order + "HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    mark = b"II" if order == "<" else b"MM"
    return mark + struct.pack(order + "HIH", 42, 8, len(entries)) + directory + struct.pack(order + "I", 0)


def short(order, value):
    return struct.pack(order + "HH", value, 0)


def with_exif(jpeg, *blocks):
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(b) + 2) + b for b in blocks)
    return jpeg[:2] + segments + jpeg[2:]


def turned():
    gray = Image.fromarray(samples(1, 8, 5, 4).astype(np.uint8)[:, :, 0])
    base = saved(gray, "JPEG", optimize=True)
    for order, name in (("<", "II"), (">", "MM")):
        for value in range(10):
            exif = tiff(order, [(0x0112, 3, 1, short(order, value))])
            add(f"jpeg EXIF {name} {value}", "jpeg", with_exif(base, b"Exif\0\0" + exif))
    six = (0x0112, 3, 1, short(">", 6))
    far = struct.pack(">I", 5000)
    cases = {
        "as a LONG reads 0": [(0x0112, 4, 1, struct.pack(">I", 6))],
        "after a maker's name outside": [(0x010F, 2, 20, far), six],
        "after a short maker's name": [(0x010F, 2, 4, b"abc\0"), six],
        "after a fraction outside": [(0x011A, 5, 1, far), six],
        "before a maker's name outside": [six, (0x010F, 2, 20, far)],
        "after an unknown entry outside": [(0x0100, 2, 20, far), six],
        "twice": [six, (0x0112, 3, 1, short(">", 3))],
        "missing": [(0x0128, 3, 1, short(">", 2))],
    }
    for name, directory in cases.items():
        add(f"jpeg orientation {name}", "jpeg", with_exif(base, b"Exif\0\0" + tiff(">", directory)))
    block = b"Exif\0\0" + tiff(">", [six])
    add("jpeg EXIF after XMP", "jpeg", with_exif(base, b"http://ns.adobe.com/xap/1.0/\0<x/>", block))
    add("jpeg EXIF after an empty EXIF", "jpeg", with_exif(base, b"Exif\0\0" + tiff(">", []), block))
    add("jpeg EXIF cut in its directory", "jpeg", with_exif(base, block[:24]))
    values = samples(3, 8, 5, 4)
    color = Image.fromarray(values.astype(np.uint8))
    for value in range(1, 9):
        exif = tiff("<", [(0x0112, 3, 1, short("<", value))])
        add(f"png eXIf {value}", "png", png(values, RGB, 8, before=chunk(b"eXIf", exif)))
        add(f"webp EXIF {value}", "webp", saved(color, "WEBP", lossless=True, exif=exif))
    exif = chunk(b"eXIf", tiff(">", [six]))
    add("png eXIf after the pixels", "png", png(values, RGB, 8, after=exif))


jpegs()
pngs()
webps()
turned()
lines = ",\n".join(json.dumps(entry) for entry in entries)
pathlib.Path(__file__).with_name("codecs.json").write_text("[\n" + lines + "\n]\n")
print(len(entries), "files,", max(len(base64.b64decode(e["file"])) for e in entries), "bytes the largest")
