"""Writes seeds for scripts/fuzz from the small files of the tests:  python3 fuzz/seeds.py FOLDER"""

import base64
import hashlib
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])


def write(target, name, data):
    (folder / target).mkdir(parents=True, exist_ok=True)
    (folder / target / "".join(c if c.isalnum() else "-" for c in name)).write_bytes(data)


def record(value):
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


for entry in json.loads(pathlib.Path("Tests/ImagingTests/Fixtures/codecs.json").read_text()):
    for target in ("image", entry["format"]):
        write(target, entry["name"], base64.b64decode(entry["file"]))


def safetensors(metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    for name, (kind, shape, content) in tensors.items():
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    return len(text).to_bytes(8, "little") + text + data


# One small model file for each model in the fixture.
content = pathlib.Path("Tests/LearnTests/Fixtures/models-0.1.0.safetensors").read_bytes()
length = int.from_bytes(content[:8], "little")
header = json.loads(content[8 : 8 + length])
metadata = header.pop("__metadata__")
for prefix in sorted(key.removesuffix(".schema") for key in metadata if key.endswith(".schema")):
    tensors = {}
    for name, entry in header.items():
        if name.startswith(prefix + ".") and not name.endswith(".expected"):
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors["model" + name.removeprefix(prefix)] = (entry["dtype"], entry["shape"], content[begin:end])
    texts = {"model" + key.removeprefix(prefix): text for key, text in metadata.items() if key.startswith(prefix + ".")}
    texts |= {"model.unknown": metadata["unknown.unknown"]}
    for target in ("model", "safetensors"):
        write(target, prefix, safetensors(texts, tensors))

# What the two recipes' files say beside their numbers.
for recipe in ("best", "classic"):
    content = pathlib.Path(f"Tests/RecognitionTests/Fixtures/0.1.0/{recipe}.safetensors").read_bytes()
    length = int.from_bytes(content[:8], "little")
    said = json.loads(json.loads(content[8 : 8 + length])["__metadata__"]["lineup"])
    said["candidates"] = said["candidates"][:1]
    said["best"] = 0
    write("recipe", recipe, record(said))

for number, line in enumerate(pathlib.Path("Tests/RecognitionTests/Fixtures/0.1.0/faces/manifest.jsonl").read_bytes().splitlines()[:8]):
    write("manifest", f"line {number}", line + b"\n")

outcome = {"predictions": [0, 1, 1], "scores": [0.5, 0.5, 0.25, 0.75, 0, 1]}
for candidate in range(2):
    for fold in range(2):
        write("journal", f"outcome {candidate} {fold}", record({"key": {"candidate": candidate, "fold": fold}, "outcome": outcome}))

digest, hash_ = "0" * 64, "c31c9e00be007d88ce38ee1ccf18ef90f960fc407cc07c803f9038709ce08fc0"
stored = {
    "source": "https://example.org/a.jpg", "label": "ada", "status": "stored", "file": "ada/a.jpg", "sha256": digest, "bytes": 9,
    "hash": hash_, "at": "2026-01-01T00:00:00Z", "nearDuplicateOf": "bo/b.jpg", "columns": {"x": "y"}, "code": 200,
}
refused = {"source": {"bytes": "ff2f", "text": "x"}, "label": "ada", "status": "refused", "error": "no", "at": ""}
write("trail", "stored", record(stored) + record(refused))
write("trail", "forgotten", record({"forgotten": digest}) + record(stored | {"status": "linked", "duplicateOf": "ada/a.jpg"}))

# The crop of the target's folder has this digest, so that what was not finished is carried out.
crop = hashlib.sha256(b"crop").hexdigest()
decision = {"id": 1, "at": "", "action": "reject", "file": "a/b.png", "sha256": crop, "photo": "a/b", "photoSHA256": digest, "isAutomatic": False}
for change in ({}, {"action": "move", "to": "c/b.png"}, {"action": "face", "to": "a/c.png", "face": 1, "hash": hash_}, {"action": "add"}):
    begun = record({"decision": decision | change})
    write("review", f"begun {change.get('action')}", begun)
    write("review", f"done {change.get('action')}", begun + record({"done": 1}))
write("review", "undone", record({"decision": decision}) + record({"undo": 1}))

box = {"x": 1, "y": 2, "width": 30, "height": 30}
face = {"box": box, "eyes": [box, box], "label": "ada", "known": True, "score": 1, "scores": [{"label": "ada", "score": 1}]}
answer = {
    "path": "x/a.jpg", "bytes": 9, "modified": "1.000000000", "mode": "link", "model": {"trainedAt": "", "id": "0"},
    "image": {"width": 40, "height": 40}, "faces": [face], "unnamed": [], "entries": ["ada/a.jpg"],
}
write("answers", "named", record(answer))
write("answers", "none", record(answer | {"faces": [], "reason": "no_face", "entries": ["no-face/a.jpg"]}))
write("answers", "unfinished", record(answer | {"unfinished": True, "error": "no"}))

said = {"at": "", "crop": digest + ".png", "model": "0", "right": "ada", "shown": None}
write("feedback", "two", record(said) + record(said | {"right": "bo", "shown": "ada"}))

write("list", "json", record({"label": "ada", "url": "https://example.org/a.jpg", "license": "CC0"}) + record(stored | {"label": "bo"}))
write("list", "csv", b'label,url,licence\nada,https://example.org/a.jpg,"CC ""BY"""\nbo,http://b/c.png,\n')
write("site", "robots", b"/a/b?c=%2F*\nUser-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2.5\n\nUser-agent: lineup\nDisallow: /%7Ex\n")
write("site", "sources", b"a.jpg 800w, b,c.jpg 2x, https://example.org/d.png 1.5x\n")
write("site", "date", b"Fri, 02 Jan 1970 00:00:00 GMT\n")
write("site", "seconds", b"120\n")

photo = base64.b64encode(bytes(range(60)))
part = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\nabc\r\n--XX--\r\n'
text = b'--XX\r\nContent-Disposition: form-data; name="image"\r\nContent-Type: text/plain\r\n\r\ndata:image/png;base64,' + photo + b"\r\n--XX--"
wide = b"--XX\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''a%22%C3%A9.jpg\r\n\r\nabc\r\n--XX\r\n\r\nd\r\n--XX--"
for name, body in {"file": part, "text": text, "two": wide}.items():
    write("multipart", name, body)
    write("body", "multipart " + name, b"multipart/form-data; boundary=XX\n" + body)
write("body", "json", b'application/json\n{"image":"data:image/jpeg;base64,' + photo + b'"}')
write("body", "form", b"application/x-www-form-urlencoded\nimage=data%3Aimage%2Fpng%3Bbase64%2C" + photo.replace(b"+", b"%2B"))
write("body", "raw", b"image/jpeg\n\xff\xd8\xff")
write("body", "base64", b"\n" + photo)
