"""What the fault tests share: services, nginx in front of them, clients, and a table of what was found. Loopback only."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINEUP = pathlib.Path(os.environ.get("LINEUP", ROOT / ".build/release/lineup"))


class Fault(Exception):
    """Something that must hold does not."""


def expect(what, expected, found):
    if expected != found:
        raise Fault(f"{what}: expected {expected!r}, found {found!r}")


def free_port(given=set()):
    """A port that no connection is given by the system, so that a service finds it free again after a kill."""
    for port in range(18_000, 28_000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if port in given:
                continue
            probe.bind(("127.0.0.1", port))
            given.add(port)
            return port
    raise Fault("no port is free from 18000 to 28000")


def wait_until(condition, what, seconds=60):
    """Waits for `condition`; a machine that is merely slow gets its time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise Fault(f"{what} did not happen in {seconds} s")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def kind(self):
        """The last part of a problem's type; None where the answer is no problem."""
        if self.headers.get("content-type") != "application/problem+json":
            return None
        return self.json["type"].rsplit(":", 1)[-1]


def ask(port, method="GET", path="/", body=None, headers=None, source="127.0.0.1", timeout=120):
    """One request on a connection of its own, from a loopback address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout, source_address=(source, 0))
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def classify(port, photo, source="127.0.0.1", timeout=120):
    return ask(port, "POST", "/api/classify", photo, {"Content-Type": "image/png"}, source, timeout)


class Service:
    """`lineup serve` on a port of its own; with `processor` on that one alone."""

    def __init__(self, model, folder, port=None, options=(), limit_files=None, environment=None, processor=None):
        self.model, self.folder, self.options = model, pathlib.Path(folder), list(options)
        self.port = port or free_port()
        self.limit_files, self.environment, self.processor = limit_files, environment, processor
        self.process = None

    def start(self, wait=True):
        command = [str(LINEUP), "serve", str(self.model), "--port", str(self.port), *self.options]
        if self.limit_files:
            command = ["sh", "-c", f'ulimit -n {self.limit_files} && exec "$@"', "sh", *command]
        if self.processor is not None:
            command = ["taskset", "--cpu-list", str(self.processor), *command]
        log = open(self.folder / f"serve-{self.port}.log", "ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(self.environment or {})})
        log.close()
        if wait:
            self.wait_until_ready()
        return self

    def wait_until_ready(self):
        def ready():
            if self.process.poll() is not None:
                raise Fault(f"the service ended with {self.process.returncode}: {self.log[-2000:]}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                return ask(self.port, path="/readyz", timeout=10).status == 200
        wait_until(ready, "readiness", 120)

    @property
    def log(self):
        return (self.folder / f"serve-{self.port}.log").read_text(errors="replace")

    @property
    def memory(self):
        """Resident megabytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024

    @property
    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """As systemd stops it; the exit status."""
        self.process.terminate()
        return self.process.wait(timeout=60)

    def end(self):
        if self.process and self.process.poll() is None:
            self.kill()


class Nginx:
    """Debian's nginx with the site of deploy/nginx, but for addresses and folders."""

    def __init__(self, folder, upstreams):
        self.folder = pathlib.Path(folder) / "nginx"
        self.port = free_port()
        self.program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        (self.folder / "snippets").mkdir(parents=True)
        (self.folder / "temporary").mkdir()
        shutil.copy(ROOT / "deploy/nginx/lineup-problem.conf", self.folder / "snippets")
        site = (ROOT / "deploy/nginx/lineup.conf").read_text()
        for ours, port in zip(("8081", "8082"), upstreams):
            site = site.replace(f"server 127.0.0.1:{ours} ", f"server 127.0.0.1:{port} ")
        site = site.replace("listen 80 default_server", f"listen 127.0.0.1:{self.port} default_server backlog=4096")
        site = site.replace("    listen [::]:80 default_server;\n", "").replace("/var/lib/nginx/lineup", str(self.folder / "cache"))
        (self.folder / "site.conf").write_text(site)
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/temporary/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.configuration = self.folder / "nginx.conf"
        user = "user root;" if os.getuid() == 0 else ""
        self.configuration.write_text(
            f"{user} daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log; worker_processes 2;\n"
            f"worker_rlimit_nofile 8192; events {{ worker_connections 4096; }}\n"
            f"http {{ include /etc/nginx/mime.types; access_log {self.folder}/access.log; {temporary} include {self.folder}/site.conf; }}\n")
        self.process = None

    @staticmethod
    def is_there():
        return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") is not None

    def start(self):
        self.process = subprocess.Popen([self.program, "-c", str(self.configuration)], stderr=subprocess.DEVNULL)
        def up():
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return True
        wait_until(up, "nginx")
        return self

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=60)


class Load:
    """Clients on threads that call `request(client, number)` until stopped, and count what it returns."""

    def __init__(self, clients, request, pause=0.0):
        self.counts, self.slowest, self.faults = {}, 0.0, []
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(client, request, pause), daemon=True) for client in range(clients)]

    def _run(self, client, request, pause):
        number = 0
        while not self.stopping.is_set():
            begin = time.monotonic()
            try:
                outcome = request(client, number)
            except (OSError, http.client.HTTPException) as error:
                outcome = type(error).__name__
            except Exception as error:  # a fault of the test itself must not end a client silently
                outcome = "test failed"
                with self.lock:
                    self.faults.append(repr(error))
            with self.lock:
                self.counts[outcome] = self.counts.get(outcome, 0) + 1
                self.slowest = max(self.slowest, time.monotonic() - begin)
            number += 1
            if pause:
                self.stopping.wait(pause)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout=150)

    @property
    def total(self):
        with self.lock:
            return sum(self.counts.values())

    def wait_for(self, more, seconds=300):
        goal = self.total + more
        wait_until(lambda: self.total >= goal, f"{more} more requests", seconds)


class Demo:
    """The demo's folder: models, photos kept aside, crops; made once in `folder` and used again when it is complete."""

    def __init__(self, folder, options=()):
        self.folder = pathlib.Path(folder)
        self.model, self.other_model = self.folder / "model.safetensors", self.folder / "classic.safetensors"
        if not self.model.exists():
            command = [str(LINEUP), "demo", "--no-serve", "--quiet", "--into", str(self.folder), *options]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        self.photos = self.folder / "photos"
        self.faces = self.folder / "classic-faces"
        kept = sorted((self.folder / "kept-aside").rglob("*.png"))
        self.samples = [path.read_bytes() for path in kept[:: max(1, len(kept) // 16)]]
        if not self.samples:
            raise Fault(f"the demo left no photos kept aside in {self.folder}")


@contextlib.contextmanager
def workplace():
    """A temporary folder, and everything started with `begin` ended at the end."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lineup-faults-"))
    started = []

    def begin(thing, **options):
        started.append(thing)
        return thing.start(**options)

    try:
        yield folder, begin
    finally:
        for thing in reversed(started):
            thing.end()
        if "LINEUP_KEEP" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)


class Table:
    """The rows of docs/reliability.md, printed as they come."""

    def __init__(self):
        self.rows, self.failed = [], 0

    def run(self, name, test, *arguments, **options):
        begin = time.monotonic()
        print(f"== {name}", flush=True)
        try:
            row = test(*arguments, **options)
        except Fault as fault:
            print(f"faults: {name}: {fault}", file=sys.stderr, flush=True)
            self.failed += 1
            return
        seconds = time.monotonic() - begin
        self.rows.append((name, *row))
        print(f"   {' | '.join(map(str, row))} ({seconds:.0f} s)", flush=True)

    def finish(self):
        print("\n| fault | sent | lost | memory before, after (MB) |\n|---|---|---|---|")
        for row in self.rows:
            print("| " + " | ".join(map(str, row)) + " |")
        print(f"\nfaults: {len(self.rows)} passed, {self.failed} failed")
        return 1 if self.failed else 0
