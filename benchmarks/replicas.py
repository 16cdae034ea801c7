"""One instance of the service against two behind nginx, each on a processor of its own with one thread: photos a second.

usage: python3 benchmarks/replicas.py DEMO [--rounds 3] [--seconds 20]

DEMO is a folder of `lineup demo --no-serve --into DEMO`. Clients and nginx need a processor too, so that on two the second instance shares
its own with them: the last column, photos for each second of the instances' processor time, tells what that costs.
"""

import argparse
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests/Faults"))

from harness import Demo, Load, Nginx, Service, classify, expect, workplace


def processor_seconds(service):
    fields = pathlib.Path(f"/proc/{service.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(demo, instances, seconds):
    """Photos a second, and photos for each second of processor time, of so many instances."""
    with workplace() as (folder, begin):
        services = [begin(Service(demo.model, folder, options=["--threads", "1", "--log-level", "error"], processor=cpu)) for cpu in range(instances)]
        proxy = begin(Nginx(folder, [services[0].port, services[-1].port])).port

        def request(client, number):
            return classify(proxy, demo.samples[(client + number) % len(demo.samples)], f"127.0.{client + 1}.{number % 250 + 1}").status

        with Load(4 * instances, request) as load:
            load.wait_for(8 * instances)
            before, work, clock = load.total, sum(map(processor_seconds, services)), time.monotonic()
            time.sleep(seconds)
            photos, work, clock = load.total - before, sum(map(processor_seconds, services)) - work, time.monotonic() - clock
        expect("answers", {200}, set(load.counts))
        return photos / clock, photos / work


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    if (os.cpu_count() or 1) < 2:
        sys.exit("replicas: needs two processors")
    demo = Demo(options.demo)
    print("| instances | photos/s | photos per processor second |\n|---|---|---|")
    rates = {1: [], 2: []}
    for _ in range(options.rounds):
        for instances in (1, 2):
            rate, per_second = measure(demo, instances, options.seconds)
            rates[instances].append(rate)
            print(f"| {instances} | {rate:.2f} | {per_second:.2f} |", flush=True)
    print(f"\nbest round of each: {max(rates[2]) / max(rates[1]):.2f} times one instance")


main()
