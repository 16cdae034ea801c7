"""Answering photos over HTTP: `lineup serve` against the tutorial's server (Flask, gunicorn, OpenCV, PyWavelets, scikit-learn).

Both get the same photos in the same order as the same requests (`POST /classify_image`, a data URL in a form), from as many clients, in
alternating rounds on the same cores; each has two workers. The load generator is this program; its connections stay open. Prints requests a
second, percentiles of the time of a request, CPU a photo, and for Lineup the CPU by stage from its metrics.

    pip install opencv-python-headless==4.14.0.94 PyWavelets scikit-learn flask gunicorn
    python benchmarks/peers/serve_compare.py ../shared/photos --photos 60 --clients 4 --rounds 3
"""
import argparse
import base64
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare(program, photos, folder, cascades):
    """Crops and a model for each side, both of the classic recipe, from the same photos."""
    faces, model = os.path.join(folder, "faces"), os.path.join(folder, "classic.safetensors")
    run = lambda *arguments: subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)
    run("clean", photos, "--into", faces, "--recipe", "classic", "--quiet")
    run("train", faces, "--recipe", "classic", "--out", model, "--report", os.path.join(folder, "report"), "--quiet")
    os.environ["LINEUP_CASCADES"] = os.path.abspath(cascades)
    sys.path.insert(0, HERE)
    import cv2
    import joblib
    import serve_peer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC
    names = sorted(name for name in os.listdir(faces) if os.path.isdir(os.path.join(faces, name)))
    rows, labels = [], []
    for number, name in enumerate(names):
        for crop in sorted(os.listdir(os.path.join(faces, name))):
            rows.append(serve_peer.features(cv2.imread(os.path.join(faces, name, crop))))
            labels.append(number)
    peer = os.path.join(folder, "peer.joblib")
    joblib.dump((make_pipeline(StandardScaler(), SVC(kernel="linear", C=1, probability=True, random_state=0)).fit(rows, labels), names), peer)
    return model, peer


def cpu(pid):
    """Seconds of CPU of a process and its children that run."""
    total, ticks = 0, os.sysconf("SC_CLK_TCK")
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / ticks
    return total


class Server:
    def __init__(self, name, command, port, environment=None):
        self.name, self.port = name, port
        self.process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, body):
        end = time.time() + 60
        while time.time() < end:
            try:
                if ask(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30), body)[0] == 200: return
            except OSError:
                pass
            time.sleep(0.2)
        sys.exit(f"{self.name} does not answer")

    def stages(self):
        """Seconds by stage so far, from Lineup's metrics."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        return {stage: float(value) for stage, value in re.findall(r'lineup_stage_seconds_sum\{stage="(\w+)"\} (\S+)', text)}


def ask(connection, body):
    connection.request("POST", "/classify_image", body, {"Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    return response.status, response.read()


def load(server, bodies, clients):
    """Sends every body once, from `clients` at a time; seconds of each, and of all."""
    times, failures, lock, queue = [], [], threading.Lock(), list(enumerate(bodies))
    answers = [None] * len(bodies)

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while True:
            with lock:
                if not queue: return
                index, body = queue.pop(0)
            start = time.perf_counter()
            status, answer = ask(connection, body)
            with lock:
                times.append(time.perf_counter() - start)
                answers[index] = answer.count(b'"class"')
                if status != 200: failures.append(status)

    begun, used = time.perf_counter(), cpu(server.process.pid)
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return times, time.perf_counter() - begun, cpu(server.process.pid) - used, failures, answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--program", default=".build/release/lineup")
    parser.add_argument("--cascades", default="cascades")
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    files = [os.path.join(root, name) for root, _, names in sorted(os.walk(options.folder)) for name in sorted(names)]
    files = files[::max(1, len(files) // options.photos)][:options.photos]
    bodies = ["image_data=" + urllib.parse.quote("data:image/jpeg;base64," + base64.b64encode(open(file, "rb").read()).decode(), safe="") for file in files]
    with tempfile.TemporaryDirectory() as folder:
        model, peer = prepare(program, options.folder, folder, options.cascades)
        ports = free_port(), free_port()
        servers = [
            Server("lineup", [program, "serve", model, "--port", str(ports[0]), "--threads", "2", "--threads-per-client", "2", "--log-level", "error"], ports[0]),
            Server("flask", [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{ports[1]}", "serve_peer:app"], ports[1],
                   {"LINEUP_PEER": peer, "LINEUP_CASCADES": os.path.abspath(options.cascades)}),
        ]
        try:
            for server in servers: server.wait(bodies[0])
            figures = {server.name: [] for server in servers}
            faces = {}
            before = servers[0].stages()
            print(f"{len(bodies)} photos, {options.clients} clients, load average {os.getloadavg()[0]:.1f}")
            print(f"{'round':>5} {'server':>7} {'req/s':>7} {'p50 ms':>7} {'p99 ms':>7} {'CPU ms':>7}")
            for number in range(options.rounds):
                for server in servers:
                    times, whole, used, failures, answers = load(server, bodies, options.clients)
                    if failures: sys.exit(f"{server.name} answered {failures}")
                    faces[server.name] = answers
                    times.sort()
                    row = (len(bodies) / whole, 1000 * statistics.median(times), 1000 * times[int(0.99 * len(times))], 1000 * used / len(bodies))
                    figures[server.name].append(row)
                    print(f"{number + 1:>5} {server.name:>7} {row[0]:>7.1f} {row[1]:>7.0f} {row[2]:>7.0f} {row[3]:>7.1f}", flush=True)
            ratios = [ours[0] / theirs[0] for ours, theirs in zip(figures["lineup"], figures["flask"])]
            cpus = [theirs[3] / ours[3] for ours, theirs in zip(figures["lineup"], figures["flask"])]
            same = sum(a == b for a, b in zip(faces["lineup"], faces["flask"]))
            print(f"requests a second: {statistics.median(ratios):.2f}x ({min(ratios):.2f} to {max(ratios):.2f}); CPU a photo: "
                  f"{statistics.median(cpus):.2f}x less; as many faces on {same} of {len(bodies)} photos; load average {os.getloadavg()[0]:.1f}")
            after, count = servers[0].stages(), options.rounds * len(bodies)
            parts = ", ".join(f"{stage} {1000 * (after[stage] - before.get(stage, 0)) / count:.1f}" for stage in sorted(after))
            print(f"lineup, ms a photo on a worker: {parts}")
        finally:
            for server in servers:
                server.process.terminate()
                server.process.wait(20)


if __name__ == "__main__":
    main()
