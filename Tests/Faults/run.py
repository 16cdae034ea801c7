#!/usr/bin/env python3
"""Runs the fault tests and prints their table. See scripts/faults."""

import argparse
import pathlib
import sys
import tempfile

import jobs
import proxy
import service
from harness import LINEUP, Demo, Nginx, Table


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="the part that fits into every test run")
    parser.add_argument("--seconds", type=float, default=600, help="how long the soak lasts")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random moments")
    parser.add_argument("--demo", type=pathlib.Path, help="a folder for the demo's photos and model, kept for the next run")
    parser.add_argument("--only", default="", help="only tests whose name has this in it")
    options = parser.parse_args()
    if not LINEUP.exists():
        sys.exit(f"faults: no program at {LINEUP}; swift build -c release --product lineup")

    tests, short = [], [proxy.every_route, proxy.replaced_under_load, service.bad_models, service.descriptors, jobs.clean_killed]
    if Nginx.is_there():
        tests += [(name, test, ()) for name, test in proxy.TESTS]
        tests += [("2,000 idle connections", service.idle_connections, ())]
        tests += [("mixed traffic, instances killed at random", service.soak, (options.seconds, options.seed))]
    else:
        print("faults: all that needs nginx is left out (apt-get install nginx-light)")
    tests += [
        ("mixed traffic on one instance", service.steady, (min(options.seconds, 60),)), ("bad models under load", service.bad_models, ()),
        ("read-only model folder", service.read_only, ()), ("file descriptors used up", service.descriptors, ()),
        ("the clock jumps", service.clock_jumps, ()), ("`clean` killed at random", jobs.clean_killed, (options.seed,)),
        ("`train` killed at random", jobs.train_killed, (options.seed,)), ("full disk", jobs.full_disk, ()),
    ]
    table = Table()
    with tempfile.TemporaryDirectory(prefix="lineup-faults-demo-") as temporary:
        demo = Demo(options.demo or temporary)
        for name, test, arguments in tests:
            if options.only in name and (test in short or not options.short):
                table.run(name, test, demo, *arguments)
    return table.finish()


sys.exit(main())
