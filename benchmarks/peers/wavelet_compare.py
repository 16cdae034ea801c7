"""Compares Lineup's wavelets with PyWavelets 1.9 live: every value, then the speed.

    python3 benchmarks/peers/wavelet_compare.py --install [--quick] [--only equal|speed] [--binary PATH]

With --install the peers come into a virtual environment in .venv first: PyWavelets==1.9.0 and scikit-image==0.26.0. Without
it they must be there. Builds the WaveletBench executable (release) unless a binary is given. Errors are relative to the largest coefficient.
Speed: one thread, Float, alternating in one run, best of several; 6x is the aim on every line.
"""
import argparse
import os
import subprocess
import sys
import time
import warnings

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def install():
    """Goes on as the same command without --install in a virtual environment that has the peers."""
    folder = os.path.join(ROOT, ".venv")
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "PyWavelets==1.9.0", "scikit-image==0.26.0"], check=True)
    os.execv(python, [python, os.path.abspath(__file__)] + [word for word in sys.argv[1:] if word != "--install"])


if "--install" in sys.argv[1:]:
    install()

import numpy as np
import pywt

warnings.filterwarnings("ignore")


class Peer:
    def __init__(self, binary):
        self.process = subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 20)

    def ask(self, operation, kind, wavelet, mode, levels, rows, columns, values):
        text = " ".join(map(repr, np.asarray(values, np.float64).ravel().tolist()))
        self.process.stdin.write(f"{operation} {kind} {wavelet} {mode} {levels} {rows} {columns} {text}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if answer.startswith("error") or not answer:
            return None
        return np.array(answer.split(), np.float64)


def bank(w):
    return "bank:" + ";".join(",".join(map(repr, f)) for f in w.filter_bank)


def flat2(c):
    return np.concatenate([c[0].ravel()] + [b.ravel() for level in c[1:] for b in level])


class Ledger:
    """The worst relative error of each kind of case, against its tolerance."""

    def __init__(self):
        self.rows = {}

    def note(self, kind, tolerance, expected, found, what):
        worst, count, failures, _ = self.rows.get(kind, (0.0, 0, [], tolerance))
        count += 1
        if expected is None or found is None:
            error = 0.0 if (expected is None) == (found is None) else float("inf")
        elif expected.size != found.size:
            error = float("inf")
        else:
            error = float(np.abs(expected - found).max() / max(np.abs(expected).max(), 1e-300)) if expected.size else 0.0
        if error > tolerance:
            failures.append((what, error))
        self.rows[kind] = (max(worst, error), count, failures, tolerance)

    def report(self):
        bad = 0
        for kind, (worst, count, failures, tolerance) in self.rows.items():
            print(f"{kind:44s} {count:7d} cases   worst {worst:9.2e}   allowed {tolerance:g}   {len(failures)} beyond")
            for failure in failures[:5]:
                print("    ", failure)
            bad += len(failures)
        print(f"{sum(row[1] for row in self.rows.values())} cases, {bad} beyond")
        return bad


def attempt(function):
    try:
        return np.concatenate([np.asarray(v, np.float64).ravel() for v in function()])
    except ValueError:
        return None


def equality(peer, quick):
    rng = np.random.default_rng(11)
    ledger = Ledger()
    names = pywt.wavelist(kind="discrete")
    lengths = list(range(1, 71))
    for number, name in enumerate(names):
        w = pywt.Wavelet(name)
        own = bank(w)
        for mode in pywt.Modes.modes:
            for n in rng.choice(lengths, 4, replace=False) if quick else lengths:
                x = rng.standard_normal(n)
                level = int(rng.integers(1, 4))
                for other in {1, 2, 3} - {level}:
                    ledger.note("wavedec double, its filters", 1e-12, attempt(lambda: pywt.wavedec(x, w, mode, other)),
                                peer.ask("wavedec", "double", own, mode, other, 1, n, x), (name, mode, n, other))
                reference = attempt(lambda: pywt.wavedec(x, w, mode, level))
                for kind, wavelet, tolerance in (("double", own, 1e-12), ("double", name, 1e-9), ("float", name, 1e-5)):
                    label = f"wavedec {kind}, {'its' if wavelet is own else 'our'} filters"
                    ledger.note(label, tolerance, reference, peer.ask("wavedec", kind, wavelet, mode, level, 1, n, x), (name, mode, n, level))
                back = attempt(lambda: [pywt.waverec(pywt.wavedec(x, w, mode, level), w, mode)])
                ledger.note("waverec(wavedec) double, its filters", 1e-12, back,
                            peer.ask("roundtrip", "double", own, mode, level, 1, n, x), (name, mode, n, level))
                k = pywt.dwt_coeff_len(n, w.dec_len, mode)
                c = rng.standard_normal((2, k))
                ledger.note("idwt double, its filters", 1e-12, attempt(lambda: [pywt.idwt(c[0], c[1], w, mode)]),
                            peer.ask("idwt", "double", own, mode, 1, 1, 2 * k, c), (name, mode, n))
            for _ in range(1 if quick else 4):
                h, v = (int(i) for i in rng.integers(1, 71, 2))
                x = rng.standard_normal((h, v))
                level = int(rng.integers(1, 4))
                reference = attempt(lambda: [flat2(pywt.wavedec2(x, w, mode, level))])
                for kind, wavelet, tolerance in (("double", own, 1e-12), ("double", name, 1e-9), ("float", name, 1e-5)):
                    label = f"wavedec2 {kind}, {'its' if wavelet is own else 'our'} filters"
                    ledger.note(label, tolerance, reference, peer.ask("wavedec2", kind, wavelet, mode, level, h, v, x), (name, mode, h, v, level))
                back = attempt(lambda: [pywt.waverec2(pywt.wavedec2(x, w, mode, level), w, mode)])
                ledger.note("waverec2(wavedec2) double, its filters", 1e-12, back,
                            peer.ask("roundtrip2", "double", own, mode, level, h, v, x), (name, mode, h, v, level))
                mosaic = attempt(lambda: [pywt.coeffs_to_array(pywt.wavedec2(x, w, mode, level))[0]])
                ledger.note("coeffs_to_array double, its filters", 1e-12, mosaic,
                            peer.ask("mosaic", "double", own, mode, level, h, v, x), (name, mode, h, v, level))
                w2, mode2 = pywt.Wavelet(str(rng.choice(names))), str(rng.choice(pywt.Modes.modes))
                reference = attempt(lambda: [flat2(pywt.wavedec2(x, (w, w2), (mode, mode2), level))])
                ledger.note("wavedec2 double, two wavelets and modes", 1e-12, reference,
                            peer.ask("wavedec2", "double", f"{own}/{bank(w2)}", f"{mode}/{mode2}", level, h, v, x),
                            (name, w2.name, mode, mode2, h, v, level))
                r, s = (pywt.dwt_coeff_len(i, w.dec_len, mode) for i in (h, v))
                c = rng.standard_normal((4, r, s))
                ledger.note("idwt2 double, its filters", 1e-12, attempt(lambda: [pywt.idwt2((c[0], tuple(c[1:])), w, mode)]),
                            peer.ask("idwt2", "double", own, mode, 1, r, s, c), (name, mode, r, s))
                reference = attempt(lambda: [pywt.WaveletPacket2D(x, w, mode, 2)[p].data for p in
                                             (a + b for a in "ahvd" for b in "ahvd")])
                ledger.note("packets 2-D double, its filters", 1e-12, reference,
                            peer.ask("packets2", "double", own, mode, 2, h, v, x), (name, mode, h, v))
        for n in lengths + [100, 233, 512, 4096]:
            ledger.note("dwt_max_level", 0, np.array([float(pywt.dwt_max_level(n, w))]),
                        peer.ask("maxlevel", "double", name, "zero", 1, 1, n, []), (name, n))
        for _ in range(1 if quick else 6):
            level = int(rng.integers(1, 4))
            n = 2 ** level * int(rng.integers(1, 12))
            x = rng.standard_normal(n)
            ledger.note("swt double, its filters", 1e-12, attempt(lambda: [b for p in pywt.swt(x, w, level) for b in p]),
                        peer.ask("swt", "double", own, "periodization", level, 1, n, x), (name, n, level))
            c = rng.standard_normal((level + 1, n))
            pairs = [(c[0] if i == 0 else np.zeros(n), c[i + 1]) for i in range(level)]
            ledger.note("iswt double, its filters", 1e-12, attempt(lambda: [pywt.iswt(pairs, w)]),
                        peer.ask("iswt", "double", own, "periodization", level, 1, c.size, c), (name, n, level))
            h, v = 2 ** level * int(rng.integers(1, 7)), 2 ** level * int(rng.integers(1, 7))
            x = rng.standard_normal((h, v))
            ledger.note("swt2 double, its filters", 1e-12, attempt(lambda: [b for a, d in pywt.swt2(x, w, level) for b in (a, *d)]),
                        peer.ask("swt2", "double", own, "periodization", level, h, v, x), (name, h, v, level))
            c = rng.standard_normal((3 * level + 1, h, v))
            parts = [(c[0] if i == 0 else np.zeros((h, v)), tuple(c[3 * i + 1:3 * i + 4])) for i in range(level)]
            ledger.note("iswt2 double, its filters", 1e-12, attempt(lambda: [pywt.iswt2(parts, w)]),
                        peer.ask("iswt2", "double", own, "periodization", level, h, v, c), (name, h, v, level))
        print(f"\r{number + 1}/{len(names)} {name}      ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for kind in ("hard", "soft", "garrote"):
        for n in lengths:
            x = np.round(rng.standard_normal(n) * 4) / 4
            threshold = float(rng.choice([0, 0.25, 0.6, 1, 5]))
            ledger.note(f"threshold {kind}", 1e-15, pywt.threshold(x, threshold, kind),
                        peer.ask(kind, "double", "haar", "zero", 1, 1, n, np.concatenate([[threshold], x])), (n, threshold))
    try:
        from skimage.restoration import denoise_wavelet
    except ImportError:
        print("scikit-image is not installed: BayesShrink is not compared")
    else:
        for name in ("db1", "db4", "sym8", "bior4.4"):
            x = np.cumsum(rng.standard_normal((64, 80)), 1) + rng.standard_normal((64, 80))
            reference = denoise_wavelet(x, wavelet=name, mode="soft", method="BayesShrink", wavelet_levels=2)
            ledger.note("BayesShrink double (scikit-image)", 1e-9, reference.ravel(),
                        peer.ask("denoise", "double", name, "symmetric", 2, 64, 80, x), name)
    return ledger.report()


def speed(peer, quick):
    print(f"\n{'plane':>10s} {'wavelet':>8s} {'levels':>6s} {'PyWavelets ms':>14s} {'Lineup ms':>10s} {'ratio':>6s} {'GB/s':>6s} {'copy GB/s':>9s}")
    worst = float("inf")
    for n in (233, 512, 4096):
        repeats = 3 if n > 1000 else 60
        rounds = 2 if n > 1000 or quick else 5
        image = np.random.default_rng(1).random((n, n), dtype=np.float32)
        copy = peer.ask("copy", "float", "db1", "symmetric", 1, n, n, [repeats])[0]
        for name, levels in (("db1", 5), ("db4", 3), ("sym8", 3), ("bior4.4", 3)):
            ours, theirs = float("inf"), float("inf")
            for _ in range(rounds):
                ours = min(ours, peer.ask("time", "float", name, "symmetric", levels, n, n, [repeats]).sum())
                for _ in range(1 if n > 1000 else repeats // 6):
                    start = time.perf_counter()
                    pywt.waverec2(pywt.wavedec2(image, name, level=levels), name)
                    theirs = min(theirs, time.perf_counter() - start)
            worst = min(worst, theirs / ours)
            # Decomposition and reconstruction each read the plane once and write it once.
            print(f"{n:5d}x{n:<4d} {name:>8s} {levels:6d} {theirs * 1e3:14.3f} {ours * 1e3:10.3f} {theirs / ours:6.1f} "
                  f"{16e-9 * n * n / ours:6.2f} {8e-9 * n * n / copy:9.2f}")
    print(f"smallest ratio {worst:.1f}")
    return worst < 6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--install", action="store_true", help="get the peers into .venv first")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=["equal", "speed"])
    parser.add_argument("--binary")
    options = parser.parse_args()
    binary = options.binary
    if not binary:
        build = ["swift", "build", "-c", "release", "--product", "WaveletBench"]
        subprocess.run(build, cwd=ROOT, check=True)
        folder = subprocess.run(build + ["--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
        binary = os.path.join(folder, "WaveletBench")
    print(f"PyWavelets {pywt.__version__}, NumPy {np.__version__}")
    peer = Peer(binary)
    failed = 0
    if options.only != "speed":
        failed += equality(peer, options.quick)
    if options.only != "equal":
        failed += speed(peer, options.quick)
    sys.exit(1 if failed else 0)


main()
