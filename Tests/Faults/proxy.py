"""The service behind Debian's nginx with the site of deploy/nginx: every route, bodies of all kinds, instances replaced under load."""

import base64
import gzip
import json
import re
import socket
import struct
import time
import urllib.parse
import zlib

from harness import Fault, Load, Nginx, Service, ask, classify, expect, workplace

LIMIT = 30_065_536


def address(client, number):
    """A loopback address of its own for nearly every request, so that no limit for one address is met."""
    return f"127.0.{client + 1}.{number % 250 + 1}"


def multipart(photo, name="photo.png"):
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
    return head.encode() + photo + b"\r\n--edge--\r\n", {"Content-Type": "multipart/form-data; boundary=edge"}


def padded(photo, length):
    """The same PNG with a text chunk before its end that makes it `length` bytes long."""
    content = b"Comment\0" + b"x" * (length - len(photo) - 20)
    chunk = struct.pack(">I", len(content)) + b"tEXt" + content + struct.pack(">I", zlib.crc32(b"tEXt" + content))
    return photo[:-12] + chunk + photo[-12:]


def data_url(photo):
    return urllib.parse.urlencode({"image_data": "data:image/png;base64," + base64.b64encode(photo).decode()})


def raw(port, source="127.0.0.1", timeout=90):
    connection = socket.create_connection(("127.0.0.1", port), timeout=timeout, source_address=(source, 0))
    return connection


def read_answer(connection):
    """Status line and all bytes until the head ends, then what `Content-Length` says."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        more = connection.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body


def every_route(demo):
    with workplace() as (folder, begin):
        (folder / "samples" / "somebody").mkdir(parents=True)
        (folder / "samples" / "somebody" / "sample.png").write_bytes(demo.samples[0])
        options = ["--log-level", "error", "--feedback", folder / "feedback", "--samples", folder / "samples"]
        services = [begin(Service(demo.model, folder, options=map(str, options))) for _ in range(2)]
        proxy = begin(Nginx(folder, [service.port for service in services])).port
        direct, photo = services[0].port, demo.samples[0]
        sent = 0
        page = ask(direct, path="/").body.decode()
        for path in ["/", *sorted({"/" + name for name in re.findall(r'assets/[^"]+', page)}), "/api/", "/api/openapi.json", "/api/model"]:
            plain, through = ask(direct, path=path), ask(proxy, path=path, source=address(1, sent))
            expect(f"{path} through nginx", (200, plain.body), (through.status, through.body))
            for name in ("content-type", "content-security-policy", "x-content-type-options"):
                expect(f"{name} of {path}", plain.headers.get(name), through.headers.get(name))
            packed = ask(proxy, path=path, headers={"Accept-Encoding": "gzip"}, source=address(2, sent))
            if len(plain.body) >= 1024:
                expect(f"encoding of {path}", "gzip", packed.headers.get("content-encoding"))
                expect(f"unpacked {path}", plain.body, gzip.decompress(packed.body))
            if not path.startswith("/api/"):
                expect(f"{path} asked for again", "HIT", ask(proxy, path=path, source=address(3, sent)).headers.get("x-cache"))
            tag = {"If-None-Match": through.headers["etag"]}
            expect(f"{path} with its tag", 304, ask(proxy, path=path, headers=tag, source=address(4, sent)).status)
            sent += 4
        for path in ("/healthz", "/readyz", "/api/models", f"/api/models/{demo.model.stem}", "/api/samples", "/samples/0", "/samples/0/thumbnail"):
            expect(path, (200, ask(direct, path=path).body), (lambda a: (a.status, a.body))(ask(proxy, path=path)))
        figures = ask(proxy, path="/metrics")
        expect("/metrics in public", (404, "not-found"), (figures.status, figures.kind))
        expect("/metrics on the instance's own port", 200, ask(direct, path="/metrics").status)
        missing = ask(proxy, path="/nowhere", headers={"X-Request-Id": "mine-1"})
        expect("an unknown route", (404, "not-found", "mine-1"), (missing.status, missing.kind, missing.headers.get("x-request-id")))
        expect("a method that is not there", 405, ask(proxy, path="/api/classify").status)
        faces = [face["box"] for face in classify(direct, photo).json["faces"]]
        body, headers = multipart(photo)
        for route in ("/api/classify", f"/api/models/{demo.model.stem}/classify"):
            for ways in ((photo, {"Content-Type": "image/png"}), (body, headers),
                         (json.dumps({"image": base64.b64encode(photo).decode()}), {"Content-Type": "application/json"})):
                answer = ask(proxy, "POST", route, *ways)
                expect(f"faces by {route} through nginx", (200, faces), (answer.status, [face["box"] for face in answer.json["faces"]]))
        if not faces:
            raise Fault("the sample has no face")
        box = "box=" + ",".join(str(faces[0][side]) for side in ("x", "y", "width", "height"))
        views = ask(proxy, "POST", f"/api/views?{box}", photo, {"Content-Type": "image/png"})
        expect("/api/views", (200, 3), (views.status, len(views.json["pictures"])))
        answer = ask(proxy, "POST", f"/api/feedback?{box}&shown=nobody&model=c0ffee", photo, {"Content-Type": "image/png"})
        expect("/api/feedback", 200, answer.status)
        expect("faces kept", 1, len(list((folder / "feedback").glob("*.png"))))
        found = ask(proxy, "POST", "/api/detect?cascade=haarcascade_eye&min-neighbors=6", photo, {"Content-Type": "image/png"})
        expect("/api/detect", 200, found.status)
        refused = ask(proxy, "POST", "/api/classify", b"just words", {"Content-Type": "image/png"})
        expect("words for a photo", (415, "not-a-photo"), (refused.status, refused.kind))
        return sent + 23, 0, "-"


def bodies(demo):
    with workplace() as (folder, begin):
        service = begin(Service(demo.model, folder, options=["--log-level", "error"]))
        proxy = begin(Nginx(folder, [service.port, service.port])).port
        photo, memory = demo.samples[0], service.memory
        head = "POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nConnection: close\r\n"
        with raw(proxy) as patient:
            patient.sendall(f"{head}Expect: 100-continue\r\nContent-Length: {len(photo)}\r\n\r\n".encode())
            expect("the answer to Expect", b"HTTP/1.1 100", patient.recv(65536)[:12])
            patient.sendall(photo)
            expect("the answer after 100", b"HTTP/1.1 200", read_answer(patient)[:12])
        with raw(proxy) as greedy:
            greedy.sendall(f"{head}Expect: 100-continue\r\nContent-Length: {LIMIT + 1}\r\n\r\n".encode())
            answer = read_answer(greedy)
            expect("Expect with too long a body", (b"HTTP/1.1 413", True), (answer[:12], b"urn:lineup:problem:too-many-bytes" in answer))
        large = padded(photo, 19_900_000)
        expect("a photo of 19.9 MB", 200, classify(proxy, large).status)
        body, headers = multipart(padded(photo, 20_000_001))
        answer = ask(proxy, "POST", "/api/classify", body, headers)
        expect("one byte over the service's limit", (413, "too-many-bytes"), (answer.status, answer.kind))
        answer = ask(proxy, "POST", "/classify_image", b"x", {"Content-Length": str(LIMIT + 1), "Expect": "100-continue"})
        expect("one byte over nginx's limit", (413, "too-many-bytes", "*"),
               (answer.status, answer.kind, answer.headers.get("access-control-allow-origin")))
        expect("the problem has an id", answer.headers.get("x-request-id"), answer.json["requestId"])
        with raw(proxy) as slow:
            slow.sendall(f"{head}Content-Length: {len(photo)}\r\n\r\n".encode())
            step = max(1, len(photo) // 20)
            for start in range(0, len(photo), step):
                slow.sendall(photo[start:start + step])
                time.sleep(0.15)
            expect("an upload of three seconds", b"HTTP/1.1 200", read_answer(slow)[:12])
        idle = [raw(proxy, address(9, number)) for number in range(200)]
        for connection in idle:
            connection.sendall(f"{head}Content-Length: {len(photo)}\r\n\r\n".encode() + photo[:100])
        expect("beside 200 stalled uploads", 200, classify(proxy, photo, "127.0.8.1").status)
        expect("the instance's own health meanwhile", 200, ask(service.port, path="/healthz").status)
        for connection in idle:
            connection.close()
        return 207, 0, f"{memory}, {service.memory}"


def tutorial(demo):
    """What the tutorial's page sends (jQuery's $.post of a form field) and reads."""
    with workplace() as (folder, begin):
        service = begin(Service(demo.model, folder, options=["--log-level", "error"]))
        proxy = begin(Nginx(folder, [service.port, service.port])).port
        form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", "Origin": "http://elsewhere.example"}
        for number, photo in enumerate(demo.samples):
            answer = ask(proxy, "POST", "/classify_image", data_url(photo), form, source=address(1, number))
            expect("status", (200, "*"), (answer.status, answer.headers.get("access-control-allow-origin")))
            for face in answer.json:
                expect("members", {"class", "class_probability", "class_dictionary"}, set(face))
                expect("a probability for each class", len(face["class_dictionary"]), len(face["class_probability"]))
                if face["class"] != "unknown":
                    best = face["class_probability"].index(max(face["class_probability"]))
                    expect("the class of the highest probability", face["class_dictionary"][face["class"]], best)
        before = ask(proxy, "OPTIONS", "/classify_image", headers={"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "POST"})
        expect("the preflight", (204, "*"), (before.status, before.headers.get("access-control-allow-origin")))
        return len(demo.samples) + 1, 0, "-"


def limits(demo):
    with workplace() as (folder, begin):
        service = begin(Service(demo.model, folder, options=["--log-level", "error"]))
        proxy = begin(Nginx(folder, [service.port, service.port])).port
        with Load(8, lambda client, number: (lambda a: (a.status, a.kind))(ask(proxy, path="/api/model", source="127.0.0.66"))) as load:
            load.wait_for(300)
            expect("another address meanwhile", 200, ask(proxy, path="/api/model", source="127.0.0.67").status)
        if not load.counts.get((429, "too-many-requests")):
            raise Fault(f"300 requests of one address met no limit: {load.counts}")
        expect("kinds of answers", {(200, None), (429, "too-many-requests")}, set(load.counts))
        held = [raw(proxy, "127.0.0.68") for _ in range(40)]
        for connection in held:
            connection.sendall(b"POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        time.sleep(0.5)
        answer = ask(proxy, path="/", source="127.0.0.68")
        expect("one connection more than 32", (429, "too-many-requests", "1"), (answer.status, answer.kind, answer.headers.get("retry-after")))
        expect("another address", 200, ask(proxy, path="/", source="127.0.0.69").status)
        for connection in held:
            connection.close()
        return load.total + 43, 0, "-"


def nobody_there(demo):
    with workplace() as (folder, begin):
        services = [begin(Service(demo.model, folder, options=["--log-level", "error"])) for _ in range(2)]
        proxy = begin(Nginx(folder, [service.port for service in services])).port
        page = ask(proxy, path="/")
        expect("the page", 200, page.status)
        for service in services:
            service.kill()
        time.sleep(10.5)  # until nginx's copy is old
        old = ask(proxy, path="/")
        expect("the page while nobody answers", (200, page.body), (old.status, old.body))
        answer = classify(proxy, demo.samples[0])
        expect("the API while nobody answers", (503, "unavailable", "1"), (answer.status, answer.kind, answer.headers.get("retry-after")))
        services[1].start()
        expect("the API with one back", 200, classify(proxy, demo.samples[0]).status)
        return 4, 0, "-"


def replaced_under_load(demo, kills=3, more=30):
    """Two instances: one killed and started again, then both replaced in turn, with six clients at work; every request is answered 200."""
    with workplace() as (folder, begin):
        services = [begin(Service(demo.model, folder, options=["--log-level", "error"])) for _ in range(2)]
        proxy = begin(Nginx(folder, [service.port for service in services])).port
        samples = demo.samples
        def request(client, number):
            return classify(proxy, samples[(client + number) % len(samples)], address(client, number)).status
        with Load(6, request) as load:
            load.wait_for(more)
            memory = services[1].memory
            for _ in range(kills):
                services[0].kill()
                load.wait_for(more)
                services[0].start()
                load.wait_for(more)
            for service in services:
                expect("exit status after SIGTERM", 0, service.stop())
                load.wait_for(more)
                service.start()
                load.wait_for(more)
        expect("answers", {200: load.total}, load.counts)
        return load.total, 0, f"{memory}, {services[1].memory}"
