"""The service under faults: long mixed traffic, kills, bad models, file descriptors used up, idle connections, a jumping clock."""

import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import time

from harness import LINEUP, Fault, Load, Nginx, Service, ask, classify, expect, wait_until, workplace
from proxy import LIMIT, address, data_url, multipart, raw

QUIET = ["--log-level", "error"]


def bad_requests(photo):
    """Requests that must be refused, with the status of each."""
    body, headers = multipart(photo)
    damaged = bytearray(photo)
    damaged[len(photo) // 2:len(photo) // 2 + 64] = bytes(64)
    png = {"Content-Type": "image/png"}
    return [
        (("POST", "/api/classify", b"just words", png), {415}), (("POST", "/api/classify", b"", png), {400}),
        (("POST", "/api/classify", photo[:len(photo) // 2], png), {422}), (("POST", "/api/classify", bytes(damaged), png), {200, 422}),
        (("POST", "/api/classify", body[:-20], headers), {400}), (("POST", "/api/classify", b"{", {"Content-Type": "application/json"}), {400}),
        (("POST", "/classify_image", data_url(photo)[:-40000 if len(photo) > 60000 else -400], {"Content-Type": "application/x-www-form-urlencoded"}), {400, 422}),
        (("POST", "/api/detect?cascade=none", photo, png), {400, 404}), (("GET", "/nowhere", None, {}), {404}),
        (("DELETE", "/api/classify", None, {}), {405}), (("GET", "/metrics", None, {}), {404}),
        (("POST", "/api/classify", None, {"Content-Length": str(LIMIT + 1), "Expect": "100-continue"}), {413}),
    ]


def soak(demo, seconds, seed):
    """Good and bad requests, page loads and hang-ups through nginx, while one of two instances is killed at random moments."""
    with workplace() as (folder, begin):
        services = [begin(Service(demo.model, folder, options=QUIET)) for _ in range(2)]
        proxy = begin(Nginx(folder, [service.port for service in services])).port
        samples, bad = demo.samples, bad_requests(demo.samples[0])

        def request(client, number):
            source, kind = address(client, number), (client * 7 + number) % 10
            if kind < 5:
                status = classify(proxy, samples[number % len(samples)], source).status
                return "good" if status == 200 else f"good, answered {status}"
            if kind < 8:
                arguments, allowed = bad[(client + number) % len(bad)]
                status = ask(proxy, *arguments, source=source).status
                return "bad" if status in allowed else f"{arguments[0]} {arguments[1]}, answered {status}"
            if kind == 8:
                status = ask(proxy, path="/assets/0/app.js", source=source).status
                return "page" if status == 200 else f"page, answered {status}"
            with raw(proxy, source) as hanging:
                hanging.sendall(b"POST /api/classify HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\nabc")
            return "hung up"

        dice, kills = random.Random(seed), 0
        with Load(8, request) as load:
            load.wait_for(200)
            memory = [service.memory for service in services]
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                time.sleep(min(dice.uniform(0.5, 6), max(0, end - time.monotonic())))
                victim = services[dice.randrange(2)]
                victim.kill()
                kills += 1
                victim.start()
            load.wait_for(200)
            after = [service.memory for service in services]
        expect("faults of the test", [], load.faults)
        wrong = {outcome: count for outcome, count in load.counts.items() if outcome not in ("good", "bad", "page", "hung up")}
        expect("wrong answers", {}, wrong)
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(load.counts.items()))
        return f"{counts}; {kills} kills", 0, f"{max(memory)}, {max(after)}"


def steady(demo, seconds):
    """The same traffic without kills: memory must not grow."""
    with workplace() as (folder, begin):
        service = begin(Service(demo.model, folder, options=QUIET))
        samples, bad = demo.samples, bad_requests(demo.samples[0])

        def request(client, number):
            if number % 2:
                arguments, _ = bad[number % (len(bad) - 1)]
                return ask(service.port, *arguments).status < 500
            return classify(service.port, samples[number % len(samples)]).status == 200

        with Load(6, request) as load:
            load.wait_for(300)
            memory = service.memory
            time.sleep(seconds)
            load.wait_for(300)
            after = service.memory
        expect("answers", {True}, set(load.counts))
        if after > memory * 1.5 + 50:
            raise Fault(f"memory grew from {memory} to {after} MB over {load.total} requests")
        return load.total, 0, f"{memory}, {after}"


def bad_models(demo, more=20):
    """The served file becomes truncated, of another version, empty, another model, the first again: bad ones are refused with one sentence
    and the model before goes on; good ones answer within some seconds."""
    with workplace() as (folder, begin):
        models = folder / "models"
        models.mkdir()
        good = demo.model.read_bytes()
        mine = models / "model.safetensors"
        mine.write_bytes(good)
        service = begin(Service(mine, folder, options=QUIET))
        memory = service.memory
        def served():
            return ask(service.port, path="/api/models").json["models"][0]["id"]
        first = served()
        with Load(3, lambda client, number: classify(service.port, demo.samples[number % len(demo.samples)]).status) as load:
            load.wait_for(more)
            for name, content in (
                    ("truncated", good[:len(good) // 2]), ("of another version", re.sub(rb'\\"schema\\":\d+', rb'\\"schema\\":9', good, count=1)),
                    ("another one", demo.other_model.read_bytes()), ("empty", b""), ("the first", good)):
                is_good = name in ("another one", "the first")
                if name == "of another version" and content == good:
                    raise Fault("the model's header has no schema to change")
                beside = folder / "beside"
                beside.write_bytes(content)
                beside.rename(mine)
                run = subprocess.run([str(LINEUP), "info", str(mine)], capture_output=True, text=True)
                expect(f"`lineup info` takes the model that is {name}", is_good, run.returncode == 0)
                if is_good:
                    wait_until(lambda: "not served" not in ask(service.port, path="/readyz").body.decode(), f"the model that is {name}")
                    wait_until(lambda: (served() == first) == (name == "the first"), f"answers of the model that is {name}")
                else:
                    expect(f"lines about the model that is {name}", 1, len(run.stderr.strip().splitlines()))
                    wait_until(lambda: "not served: model: " in ask(service.port, path="/readyz").body.decode(), f"word of the model that is {name}")
                load.wait_for(more)
        expect("answers meanwhile", {200}, set(load.counts))
        return load.total, 0, f"{memory}, {service.memory}"


def read_only(demo):
    """A model in a folder that cannot be written, and a home that is not there."""
    with workplace() as (folder, begin):
        models = folder / "models"
        models.mkdir()
        shutil.copy(demo.model, models)
        models.chmod(0o555)
        service = begin(Service(models / demo.model.name, folder, options=QUIET, environment={"HOME": "/nonexistent", "TMPDIR": "/nonexistent"}))
        for photo in demo.samples:
            expect("an answer", 200, classify(service.port, photo).status)
        expect("exit status after SIGTERM", 0, service.stop())
        return len(demo.samples), 0, "-"


def descriptors(demo):
    """More connections than file descriptors: the service neither ends nor spins, and answers again when they are gone."""
    with workplace() as (folder, begin):
        service = begin(Service(demo.model, folder, options=QUIET, limit_files=64))
        memory, held = service.memory, []
        for number in range(200):
            connection = raw(service.port, address(1, number))
            held.append(connection)
        time.sleep(1)
        begin_ticks, begin_time = cpu_ticks(service), time.monotonic()
        time.sleep(2)
        share = (cpu_ticks(service) - begin_ticks) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - begin_time)
        for connection in held:
            connection.close()
        def answers():
            try:
                return classify(service.port, demo.samples[0], timeout=5).status == 200
            except OSError:
                return False
        wait_until(answers, "an answer after the connections are gone", 60)
        if share > 0.5:
            raise Fault(f"the service used {share:.0%} of a core with nothing to do and no descriptors")
        return "200 connections, 64 descriptors", 0, f"{memory}, {service.memory}"


def cpu_ticks(service):
    fields = pathlib.Path(f"/proc/{service.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def idle_connections(demo):
    """2,000 idle connections through nginx, from 100 addresses: they cost the service nothing."""
    with workplace() as (folder, begin):
        service = begin(Service(demo.model, folder, options=QUIET))
        proxy = begin(Nginx(folder, [service.port, service.port])).port
        memory, before = service.memory, service.descriptors
        held = [raw(proxy, f"127.0.{20 + number % 100}.1") for number in range(2000)]
        for connection in held:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for photo in demo.samples:
            expect("an answer beside them", 200, classify(proxy, photo, "127.0.9.1").status)
        expect("health", 200, ask(proxy, path="/healthz", source="127.0.9.1").status)
        more = service.descriptors - before
        for connection in held:
            connection.close()
        if more > 50:
            raise Fault(f"{more} descriptors of the service are held by connections that idle at nginx")
        return f"2,000 connections, {len(demo.samples)} photos", 0, f"{memory}, {service.memory}"


def clock_jumps(demo):
    """The wall clock jumps by a day and a year, forwards and back, under load."""
    if not shutil.which("cc"):
        return "left out: no C compiler", "-", "-"
    with workplace() as (folder, begin):
        library, clock = folder / "clock.so", folder / "clock"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, pathlib.Path(__file__).with_name("clock.c")], check=True)
        clock.write_bytes(struct.pack("=q", 0))
        service = begin(Service(demo.model, folder, environment={"LD_PRELOAD": str(library), "CLOCK_FILE": str(clock)}))
        memory, day = service.memory, 86_400
        with Load(3, lambda client, number: classify(service.port, demo.samples[number % len(demo.samples)]).status) as load:
            for jump in (day, -day, 365 * day, 0):
                load.wait_for(10)
                with open(clock, "r+b") as file:
                    file.write(struct.pack("=q", jump))
            load.wait_for(10)
            after = service.memory
        expect("answers", {200}, set(load.counts))
        expect("exit status after SIGTERM", 0, service.stop())
        years = {line[:4] for line in service.log.splitlines() if re.match(r"\d{4}-", line)}
        expect("years in the log: the clock was really moved", 2, len(years))
        return load.total, 0, f"{memory}, {after}"
