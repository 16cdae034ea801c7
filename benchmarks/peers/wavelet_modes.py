"""Draws what each boundary mode takes to lie beyond a signal's ends: docs/boundary-modes.svg.

    swift build -c release --product WaveletBench
    python3 benchmarks/peers/wavelet_modes.py [--binary PATH]

The samples come from Lineup itself: a transform whose two filters each pick one sample out gives the extended signal back,
every second sample in one band and those between them in the other.
"""
import argparse
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODES = ["zero", "constant", "symmetric", "reflect", "periodic", "antisymmetric", "smooth", "antireflect", "periodization"]
SIGNAL = [0.4, 0.55, 1.0, 0.6, 0.9, 0.5, 0.65]
LENGTH = 16  # of the filters
SHOWN = 7
WIDTH, HEIGHT, STEP = 300, 130, 12


def extended(binary, mode):
    """The samples from SHOWN before the signal to SHOWN behind it, as Lineup extends it."""
    lead = LENGTH // 2 - 1 if mode == "periodization" else LENGTH - 2
    samples = {}
    # Tap j of output k reads sample 2k + LENGTH - 1 - j, counted from `lead` before the signal.
    for even, odd in ((LENGTH - 1, LENGTH - 2), (1, 0)):
        low, high = ([float(j == tap) for j in range(LENGTH)] for tap in (even, odd))
        bank = "bank:" + ";".join(",".join(map(str, f)) for f in (low, high, low, high))
        request = f"wavedec double {bank} {mode} 1 1 {len(SIGNAL)} " + " ".join(map(str, SIGNAL))
        answer = subprocess.run([binary], input=request + "\n", capture_output=True, text=True, check=True).stdout
        numbers = [float(word) for word in answer.split()]
        for k in range(len(numbers) // 2):
            samples[2 * k + LENGTH - 1 - even - lead] = numbers[k]
            samples[2 * k + LENGTH - 1 - odd - lead] = numbers[len(numbers) // 2 + k]
    for i, value in enumerate(SIGNAL):
        assert samples.setdefault(i, value) == value, (mode, i)
    return [(i, samples[i]) for i in range(-SHOWN, len(SIGNAL) + SHOWN)]


def panel(mode, samples, left, top):
    middle = top + 78
    place = lambda i: left + 24 + STEP * (i + SHOWN)
    level = lambda v: middle - 30 * v
    lines = [f'<text x="{left + 14}" y="{top + 16}">{mode}</text>',
             f'<line class="axis" x1="{left + 12}" x2="{left + WIDTH - 12}" y1="{middle}" y2="{middle}"/>']
    for end in (-0.5, len(SIGNAL) - 0.5):
        lines.append(f'<line class="end" x1="{place(end):.1f}" x2="{place(end):.1f}" y1="{top + 24}" y2="{top + HEIGHT - 8}"/>')
    for i, v in samples:
        kind = "own" if 0 <= i < len(SIGNAL) else "beyond"
        lines.append(f'<line class="{kind}" x1="{place(i)}" x2="{place(i)}" y1="{middle}" y2="{level(v):.1f}"/>')
        lines.append(f'<circle class="{kind}" cx="{place(i)}" cy="{level(v):.1f}" r="3"/>')
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(ROOT, ".build", "release", "WaveletBench"))
    binary = parser.parse_args().binary
    rows = (len(MODES) + 2) // 3
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * WIDTH} {rows * HEIGHT}" font-family="sans-serif" font-size="13">',
             "<style>text{fill:#333}.axis{stroke:#bbb}.end{stroke:#999;stroke-dasharray:3 3}line.own{stroke:#1565c0}"
             "circle.own{fill:#1565c0}line.beyond{stroke:#e08a3c}circle.beyond{fill:#fff;stroke:#e08a3c;stroke-width:1.5}</style>",
             f'<rect width="{3 * WIDTH}" height="{rows * HEIGHT}" fill="#fff"/>']
    for number, mode in enumerate(MODES):
        lines += panel(mode, extended(binary, mode), number % 3 * WIDTH, number // 3 * HEIGHT)
    with open(os.path.join(ROOT, "docs", "boundary-modes.svg"), "w") as file:
        file.write("\n".join(lines + ["</svg>"]) + "\n")


main()
