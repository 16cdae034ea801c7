"""The review's page killed while it decides: what it acknowledged holds, and no crop is lost or doubled."""

import contextlib
import hashlib
import http.client
import json
import random
import shutil
import subprocess
import threading
import urllib.parse

from harness import LINEUP, Fault, ask, expect, workplace


class Review:
    """`lineup review` with its page open."""

    def __init__(self, faces, log):
        with open(log, "ab") as errors:
            self.process = subprocess.Popen([str(LINEUP), "review", str(faces), "--quiet", "--json"], stdout=subprocess.PIPE, stderr=errors)
        overdue = threading.Timer(300, self.process.kill)
        overdue.start()
        line = self.process.stdout.readline()
        overdue.cancel()
        if not line:
            raise Fault(f"the review ended with {self.process.wait()}: {log.read_text()[-1000:]}")
        address = urllib.parse.urlsplit(json.loads(line)["url"])
        self.port, self.path = address.port, address.path

    @property
    def items(self):
        listing = ask(self.port, path=self.path + "api/items").json
        return [
            {"id": number, "file": file, "label": file.split("/")[0], "state": listing["states"].get(str(number))}
            for number, file in enumerate(listing["files"])
        ]

    def decide(self, item, action, label):
        body = {"ids": [item["id"]], "action": action, **({"label": label} if label else {})}
        return ask(self.port, "POST", self.path + "api/decide", json.dumps(body), {"Content-Type": "application/json"}).status

    def end(self, sign):
        sign()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def crops(faces):
    """Where each crop lies, by its bytes: every one in one place, or this is a fault."""
    places = {}
    for path in sorted(faces.rglob("*.png")):
        places.setdefault(digest(path), []).append(str(path.relative_to(faces)))
    expect("crops in two places", {}, {key: paths for key, paths in places.items() if len(paths) > 1})
    return {key: paths[0] for key, paths in places.items()}


def review_killed(demo, seed, kills=6, per_label=16):
    with workplace() as (folder, _):
        faces, dice = folder / "faces", random.Random(seed)
        for label in sorted(path for path in demo.faces.iterdir() if path.is_dir() and path.name[0] != "."):
            (faces / label.name).mkdir(parents=True)
            for crop in sorted(label.glob("*.png"))[:per_label]:
                shutil.copy(crop, faces / label.name)
        labels = sorted(path.name for path in faces.iterdir())
        before, acknowledged = crops(faces), {}
        for _ in range(kills):
            review = Review(faces, folder / "review.log")
            items = [item for item in review.items if item.get("state") is None]
            # Killed while it decides, however slow the machine is: a moment after so many decisions.
            killer, goal = threading.Timer(dice.uniform(0, 0.02), review.process.kill), dice.randrange(1, 9)
            for number, item in enumerate(items):
                if number == goal:
                    killer.start()
                action = dice.choice(["keep", "reject", "move"])
                label = dice.choice([name for name in labels if name != item["label"]]) if action == "move" else None
                key = digest(faces / item["file"])
                try:
                    status = review.decide(item, action, label)
                except (OSError, http.client.HTTPException):
                    break
                expect("a decision", 200, status)
                acknowledged[key] = (action, label, item["file"])
            review.end(review.process.kill)
            killer.cancel()
        review = Review(faces, folder / "review.log")  # finishes what the last kill left half done
        decided = {item["file"] for item in review.items if item.get("state")}
        review.end(review.process.terminate)
        after = crops(faces)
        expect("crops", before.keys(), after.keys())
        wrong = [
            (key, action, label, after[key]) for key, (action, label, file) in acknowledged.items()
            if not {"keep": after[key] == file, "reject": after[key].startswith(".rejected/"), "move": after[key].startswith(f"{label}/")}[action]
        ]
        expect("acknowledged decisions that do not hold", [], wrong)
        kept = [after[key] for key, (action, _, _) in acknowledged.items() if action != "reject"]
        expect("acknowledged decisions that the review forgot", [], sorted(set(kept) - decided))
        return f"{len(acknowledged)} decisions on {len(before)} crops in the page of `review`; {kills} kills", 0, "-"


def review_on_full_disk(demo):
    """No room for the log: the decision is refused and the crop stays; with room again it is carried out."""
    with workplace() as (folder, _):
        disk = folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], capture_output=True).returncode != 0:
            return "left out: mounting is not allowed here", "-", "-"
        try:
            faces = disk / "faces"
            for label in sorted(path for path in demo.faces.iterdir() if path.is_dir() and path.name[0] != "."):
                (faces / label.name).mkdir(parents=True)
                for crop in sorted(label.glob("*.png"))[:4]:
                    shutil.copy(crop, faces / label.name)
            before = crops(faces)
            review = Review(faces, folder / "review.log")
            item = review.items[0]
            with contextlib.suppress(OSError), open(disk / "filler", "wb", buffering=0) as filler:
                while filler.write(bytes(4096)):
                    pass
            refused = review.decide(item, "reject", None)
            expect("a decision that cannot be written down", True, refused >= 500)
            expect("the crops after it", before, crops(faces))
            (disk / "filler").unlink()
            expect("the decision with room again", 200, review.decide(item, "reject", None))
            review.end(review.process.terminate)
            expect("the crop is put aside", True, crops(faces)[digest(next((faces / ".rejected").glob("*.png")))].startswith(".rejected/"))
        finally:
            subprocess.run(["umount", disk], check=True)
        return "2 decisions in the page of `review`, the first without room", 0, "-"
