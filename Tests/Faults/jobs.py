"""Long commands killed at random moments and on a full disk, then run again: the result is that of one undisturbed run."""

import json
import os
import pathlib
import random
import re
import subprocess
import time

from harness import LINEUP, Fault, expect, workplace


def lineup(*arguments, **options):
    return subprocess.run([str(LINEUP), *map(str, arguments), "--quiet"], capture_output=True, text=True, **options)


def done(run):
    if run.returncode != 0:
        raise Fault(f"{' '.join(run.args[1:])} ended with {run.returncode}: {run.stderr[-1000:]}")
    return run


def content(folder):
    """Every file's bytes by its path; hidden ones, which are a run's own, are told apart."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def visible(files):
    return {name: data for name, data in files.items() if not any(part.startswith(".") for part in pathlib.Path(name).parts)}


def without_time(model):
    """A model's bytes but for when it was trained."""
    stripped, count = re.subn(rb'(trainedAt\\":\\")[^\\"]+', rb"\1", model)
    expect("times of training in the model", 1, count)
    return stripped


def killed_again_and_again(command, seed, kills, longest):
    """Starts `command` and kills it after a random time, `kills` times or until it gets through; the number of kills."""
    dice = random.Random(seed)
    for number in range(kills):
        process = subprocess.Popen([str(LINEUP), *map(str, command), "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=dice.uniform(0.02, longest))
            return number
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return kills


def clean_killed(demo, seed, kills=8):
    with workplace() as (folder, _):
        begin = time.monotonic()
        done(lineup("clean", demo.photos, "--into", folder / "whole"))
        longest = (time.monotonic() - begin) / 2
        died = killed_again_and_again(["clean", demo.photos, "--into", folder / "torn"], seed, kills, longest)
        done(lineup("clean", demo.photos, "--into", folder / "torn"))
        whole, torn = content(folder / "whole"), content(folder / "torn")
        expect("the crops and the manifest", visible(whole).keys(), visible(torn).keys())
        different = [name for name in visible(whole) if whole[name] != torn[name]]
        expect("files that differ from an undisturbed run's", [], different)
        left = sorted(set(torn) - set(whole))
        return f"`clean` of {sum(1 for _ in demo.photos.rglob('*.png'))} photos; {died} kills, {len(left)} unfinished files left", 0, "-"


def train_killed(demo, seed, kills=6):
    with workplace() as (folder, _):
        def command(name):
            return ["train", demo.faces, "--recipe", "classic", "--out", folder / name / "model.safetensors", "--report", folder / name / "report"]
        for name in ("whole", "torn"):
            (folder / name).mkdir()
        begin = time.monotonic()
        done(lineup(*command("whole")))
        died = killed_again_and_again(command("torn"), seed, kills, (time.monotonic() - begin) / 2)
        done(lineup(*command("torn")))
        models = [without_time((folder / name / "model.safetensors").read_bytes()) for name in ("whole", "torn")]
        expect("the model is that of an undisturbed run", True, models[0] == models[1])
        return f"`train`, recipe classic; {died} kills", 0, "-"


def trail(folder):
    """The lines of a folder of photos' trail but for when they were written."""
    return [{key: value for key, value in json.loads(line).items() if key != "at"} for line in (folder / ".collected.jsonl").open()]


def collect_killed(demo, seed, kills=8):
    with workplace() as (folder, _):
        begin = time.monotonic()
        done(lineup("collect", demo.photos, "--into", folder / "whole"))
        longest = (time.monotonic() - begin) / 2
        died = killed_again_and_again(["collect", demo.photos, "--into", folder / "torn"], seed, kills, longest)
        done(lineup("collect", demo.photos, "--into", folder / "torn"))
        whole, torn = visible(content(folder / "whole")), visible(content(folder / "torn"))
        expect("the photos", whole.keys(), torn.keys())
        expect("photos that differ from an undisturbed run's", [], [name for name in whole if whole[name] != torn[name]])
        expect("the trail", trail(folder / "whole"), trail(folder / "torn"))
        return f"`collect` of {len(whole)} photos; {died} kills", 0, "-"


def torn_pictures(folder):
    return [path for path in folder.rglob("*.png") if not path.read_bytes().endswith(b"IEND\xaeB`\x82")]


def full_disk(demo):
    """A disk of 1 MB: the command says so in a sentence, what it acknowledged is whole, and it goes on when there is room."""
    if os.getuid() != 0:
        return "left out: only root can mount a small disk", "-", "-"
    with workplace() as (folder, _):
        disk = folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True).returncode != 0:
            return "left out: mounting is not allowed here", "-", "-"
        try:
            run = lineup("clean", demo.photos, "--into", disk / "faces")
            expect("`clean` on a full disk fails", True, run.returncode != 0)
            expect("and says so", True, "No space left" in run.stderr)
            expect("torn crops", [], torn_pictures(disk))
            run = lineup("train", demo.faces, "--recipe", "classic", "--out", disk / "model.safetensors", "--report", disk / "report")
            expect("`train` on a full disk fails", True, run.returncode != 0)
            expect("and says so too", True, "No space left" in run.stderr)
            expect("a torn model", False, (disk / "model.safetensors").exists())
            run = lineup("collect", demo.photos, "--into", disk / "photos")
            expect("`collect` on a full disk fails", True, run.returncode != 0)
            expect("and says so as well", True, "No space left" in run.stderr)
            expect("torn photos", [], torn_pictures(disk))
            subprocess.run(["mount", "-o", "remount,size=500m", disk], check=True)
            done(lineup("clean", demo.photos, "--into", disk / "faces"))
            done(lineup("clean", demo.photos, "--into", folder / "whole"))
            whole, torn = visible(content(folder / "whole")), visible(content(disk / "faces"))
            def relative(files):  # the way from a manifest to the photos differs with the folder
                return {name: re.sub(rb'"source":"[^"]*"', b"", data) for name, data in files.items()}
            expect("the result when there is room again", True, relative(whole) == relative(torn))
            done(lineup("collect", demo.photos, "--into", disk / "photos"))
            expect("the photos when there is room again", True, visible(content(demo.photos)) == visible(content(disk / "photos")))
        finally:
            subprocess.run(["umount", disk], check=True)
        return "`clean`, `train`, `collect` on 1 MB, then on 500 MB", 0, "-"
