"""Breaks the service and the long commands on purpose and prints what came of it, as a table. See scripts/faults."""

import argparse
import dataclasses
import pathlib
import sys
import tempfile
import typing

import jobs
import proxy
import reviewing
import service
from harness import LINEUP, Demo, Nginx, Table


@dataclasses.dataclass
class Test:
    name: str
    run: typing.Callable
    #: What the whole run and the short one call it with; None where the short one leaves it out.
    whole: dict = dataclasses.field(default_factory=dict)
    short: dict | None = None
    needs_nginx: bool = False


def tests(options):
    seed, seconds = options.seed, options.seconds
    return [
        Test("every route behind nginx", proxy.every_route, short={}, needs_nginx=True),
        Test("bodies behind nginx: Expect, large, slow, stalled", proxy.bodies, needs_nginx=True),
        Test("the tutorial's page behind nginx", proxy.tutorial, needs_nginx=True),
        Test("limits of one address", proxy.limits, needs_nginx=True),
        Test("no instance there", proxy.nobody_there, needs_nginx=True),
        Test("kill -9 and replacement in turn under load", proxy.replaced_under_load, short={"kills": 1, "more": 8}, needs_nginx=True),
        Test("2,000 idle connections", service.idle_connections, needs_nginx=True),
        Test("mixed traffic, instances killed at random", service.soak, {"seconds": seconds, "seed": seed}, needs_nginx=True),
        Test("mixed traffic on one instance", service.steady, {"seconds": min(seconds, 60)}),
        Test("models swapped under load, good and bad", service.bad_models, short={"more": 4}),
        Test("read-only model folder", service.read_only),
        Test("file descriptors used up", service.descriptors),
        Test("the clock jumps", service.clock_jumps),
        Test("`collect` killed at random", jobs.collect_killed, {"seed": seed}, short={"seed": seed, "kills": 3}),
        Test("`clean` killed at random", jobs.clean_killed, {"seed": seed}),
        Test("`train` killed at random", jobs.train_killed, {"seed": seed}),
        Test("`review` killed at random", reviewing.review_killed, {"seed": seed}),
        Test("full disk: `clean`, `train`, `collect`", jobs.full_disk),
        Test("full disk: `review`", reviewing.review_on_full_disk),
    ]


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
    chosen = [test for test in tests(options) if options.only in test.name and not (options.short and test.short is None)]
    if not chosen:
        sys.exit(f"faults: no test has {options.only!r} in its name")
    if not Nginx.is_there() and any(test.needs_nginx for test in chosen):
        print(f"faults: {sum(test.needs_nginx for test in chosen)} skipped: no nginx (apt-get install nginx-light)")
        chosen = [test for test in chosen if not test.needs_nginx]
    table = Table()
    with tempfile.TemporaryDirectory(prefix="lineup-faults-demo-") as temporary:
        demo = Demo(options.demo or temporary, ["--portraits", "12", "--kept-aside", "1"] if options.short else [])
        for test in chosen:
            table.run(test.name, test.run, demo, **(test.short if options.short else test.whole))
    return table.finish()


sys.exit(main())
