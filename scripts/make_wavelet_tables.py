"""Writes Sources/Imaging/Wavelets/Tables/*.swift: the filters of every discrete wavelet, to full double precision.

    pip install PyWavelets==1.9.0 mpmath && python scripts/make_wavelet_tables.py

Every filter is the solution of its defining equations, found with 100 decimal digits and rounded once:
- Daubechies: the minimum-phase spectral factor of the half-band polynomial.
- Symlets, coiflets, bior4.4, bior5.5, bior6.8: Newton's method on orthogonality (or biorthogonality) and vanishing moments,
  started from PyWavelets' table, which decides which of the several solutions is meant.
- Spline biorthogonals: rational numbers times the square root of 2, recovered from the table and proved by exact arithmetic.
- The discrete Meyer filter is a truncation without such equations: its table is taken as it is.
"""
import os
from fractions import Fraction
from math import comb

import mpmath as mp
import pywt

mp.mp.dps = 100
ROOT2 = mp.sqrt(2)
OUT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Sources/Imaging/Wavelets/Tables")


def daubechies(n):
    """The scaling filter of length 2n whose zeros, apart from the n at -1, lie inside the unit circle."""
    y_roots = mp.polyroots([comb(n - 1 + k, k) for k in reversed(range(n))], maxsteps=500, extraprec=400) if n > 1 else []
    h = [mp.mpf(1)]
    for _ in range(n):
        h = multiply(h, [1, 1])
    for y in y_roots:
        # y = (2 - z - 1/z) / 4
        b = 1 - 2 * y
        root = mp.sqrt(b * b - 1)
        z = b + root if abs(b + root) < 1 else b - root
        h = multiply(h, [1, -z])
    h = [mp.re(v) for v in h]
    total = sum(h)
    return [v * ROOT2 / total for v in h]


def multiply(a, b):
    out = [mp.mpf(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def newton(start, residual_and_jacobian, name):
    x = mp.matrix(start)
    size = None
    for _ in range(40):
        f, jacobian = residual_and_jacobian(list(x))
        size = max(abs(v) for v in f)
        if size < mp.mpf(10) ** -70:
            break
        x = x - mp.lu_solve(mp.matrix(jacobian), mp.matrix(f))
    assert size < mp.mpf(10) ** -40, (name, size)
    moved = max(abs(a - b) for a, b in zip(x, start))
    assert moved < 1e-7, (name, moved)
    return list(x), float(moved)


def orthogonal_system(length, psi_moments, phi_moments, center):
    """h . shift(h, 2m) = delta; alternating moments vanish; for coiflets the moments about their centre too."""
    half = mp.mpf(length - 1) / 2
    reach = mp.mpf(length) / 2

    def system(h):
        f, rows = [], []
        for m in range(length // 2):
            f.append(sum(h[k] * h[k + 2 * m] for k in range(length - 2 * m)) - (1 if m == 0 else 0))
            row = [mp.mpf(0)] * length
            for k in range(length):
                if k + 2 * m < length:
                    row[k] += h[k + 2 * m]
                if k - 2 * m >= 0:
                    row[k] += h[k - 2 * m]
            rows.append(row)
        for p in range(psi_moments):
            row = [(-1) ** k * ((k - half) / reach) ** p for k in range(length)]
            f.append(sum(a * b for a, b in zip(row, h)))
            rows.append(row)
        for p in range(phi_moments + 1):
            if p == 0 and phi_moments == 0:
                break
            row = [((k - center) / reach) ** p for k in range(length)]
            f.append(sum(a * b for a, b in zip(row, h)) - (ROOT2 if p == 0 else 0))
            rows.append(row)
        return f, rows

    return system


def symlet(n):
    return newton([mp.mpf(v) for v in pywt.Wavelet(f"sym{n}").rec_lo], orthogonal_system(2 * n, n, 0, 0), f"sym{n}")


def coiflet(n):
    start = [mp.mpf(v) for v in pywt.Wavelet(f"coif{n}").rec_lo]
    return newton(start, orthogonal_system(6 * n, 2 * n, 2 * n - 1, 2 * n), f"coif{n}")


def biorthogonal(name, dec_zeros, rec_zeros):
    """Both filters symmetric; unknowns are each filter's right half."""
    w = pywt.Wavelet(name)
    length = w.dec_len

    def half(f):
        nonzero = [i for i, v in enumerate(f) if v != 0]
        center = (nonzero[0] + nonzero[-1]) // 2
        assert (nonzero[0] + nonzero[-1]) % 2 == 0
        return center, nonzero[-1] - center + 1

    (dc, dn), (rc, rn) = half(w.dec_lo), half(w.rec_lo)
    start = [mp.mpf(w.dec_lo[dc + i]) for i in range(dn)] + [mp.mpf(w.rec_lo[rc + i]) for i in range(rn)]

    def expand(x):
        dec, rec = [mp.mpf(0)] * length, [mp.mpf(0)] * length
        for i in range(dn):
            dec[dc + i] = dec[dc - i] = x[i]
        for i in range(rn):
            rec[rc + i] = rec[rc - i] = x[dn + i]
        return dec, rec

    def basis(i):
        return expand([mp.mpf(1) if j == i else mp.mpf(0) for j in range(dn + rn)])

    bases = [basis(i) for i in range(dn + rn)]

    def correlate(a, b, shift):
        # dec_lo is stored reversed against rec_lo: their biorthogonality is a convolution at odd places.
        return sum(a[k] * b[length - 1 - k + shift] for k in range(length) if 0 <= length - 1 - k + shift < length)

    def system(x):
        dec, rec = expand(x)
        f, rows = [], []
        for m in range(-(length // 2 - 1), length // 2):
            f.append(correlate(dec, rec, 2 * m) - (1 if m == 0 else 0))
            rows.append([correlate(d, rec, 2 * m) + correlate(dec, r, 2 * m) for d, r in bases])
        for which, zeros, center in ((0, dec_zeros, dc), (1, rec_zeros, rc)):
            f.append(sum((dec, rec)[which]) - ROOT2)
            rows.append([sum(b[which]) for b in bases])
            for p in range(0, zeros, 2):
                row = [(-1) ** k * (mp.mpf(k - center) / length) ** p for k in range(length)]
                f.append(sum(a * b for a, b in zip(row, (dec, rec)[which])))
                rows.append([sum(a * v for a, v in zip(row, b[which])) for b in bases])
        return f, rows

    x, moved = newton(start, system, name)
    return expand(x), moved


def spline(name):
    """Both filters as fractions of the square root of 2."""
    w = pywt.Wavelet(name)

    def rational(f):
        out = [Fraction(v / 2 ** 0.5).limit_denominator(1 << 20) for v in f]
        assert all(abs(float(q) * 2 ** 0.5 - v) < 1e-12 for q, v in zip(out, f)), name
        assert all(q.denominator & (q.denominator - 1) == 0 for q in out), name
        return out

    dec, rec = rational(w.dec_lo), rational(w.rec_lo)
    length = len(dec)
    for m in range(-(length // 2 - 1), length // 2):
        value = sum(dec[k] * rec[length - 1 - k + 2 * m] for k in range(length) if 0 <= length - 1 - k + 2 * m < length)
        assert 2 * value == (1 if m == 0 else 0), (name, m)
    return [[mp.mpf(q.numerator) / q.denominator * ROOT2 for q in f] for f in (dec, rec)]


def number(v):
    return repr(float(mp.nstr(v, 40))) if not isinstance(v, float) else repr(v)


def array(name, doc, values):
    lines, line = [], "       "
    for v in values:
        text = " " + number(v) + ","
        if len(line) + len(text) > 138:
            lines.append(line)
            line = "       "
        line += text
    lines.append(line)
    return "".join(f"    /// {d}\n" for d in doc) + f"    static let {name}: [Double] = [\n" + "\n".join(lines) + "\n    ]\n"


def write(file, body):
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, file), "w") as out:
        out.write("// Written by scripts/make_wavelet_tables.py; each number is the double nearest to the exact solution.\n\n")
        out.write("extension WaveletTables {\n" + body + "}\n")


def main():
    values, worst = [], 0.0
    for n in range(1, 39):
        h = daubechies(n)
        worst = max(worst, max(abs(float(a) - b) for a, b in zip(h, pywt.Wavelet(f"db{n}").rec_lo)))
        values += h
    print("db: largest distance to PyWavelets", worst)
    write("WaveletTables+Daubechies.swift", array(
        "daubechies", ["The scaling filters of db1 to db38 one after the other: dbN has 2N numbers from index N(N - 1) on."], values))

    values, worst = [], 0.0
    for n in range(2, 21):
        h, moved = symlet(n)
        worst = max(worst, moved)
        values += h
    print("sym: largest distance to PyWavelets", worst)
    write("WaveletTables+Symlets.swift", array(
        "symlets", ["The scaling filters of sym2 to sym20 one after the other: symN has 2N numbers from index N(N - 1) - 2 on."], values))

    values, worst = [], 0.0
    for n in range(1, 18):
        h, moved = coiflet(n)
        worst = max(worst, moved)
        values += h
    print("coif: largest distance to PyWavelets", worst)
    write("WaveletTables+Coiflets.swift", array(
        "coiflets", ["The scaling filters of coif1 to coif17 one after the other: coifN has 6N numbers from index 3N(N - 1) on."], values))

    body = ["    /// Analysis and synthesis low-pass filters of the biorthogonal wavelets, by name; each pair has one even length.\n"
            "    static let biorthogonal: [String: (analysis: [Double], synthesis: [Double])] = [\n"]
    zeros = {"bior4.4": (4, 4), "bior5.5": (4, 6), "bior6.8": (8, 6)}
    for name in pywt.wavelist("bior"):
        if name in zeros:
            (dec, rec), moved = biorthogonal(name, *zeros[name])
            print(name, "distance to PyWavelets", moved)
        else:
            dec, rec = spline(name)
        both = []
        for label, f in (("analysis", dec), ("synthesis", rec)):
            text = array("x", [], f).split("\n", 1)[1].rstrip()[:-1].rstrip()
            both.append(f"            {label}: [\n" + "\n".join("        " + line for line in text.split("\n")) + "\n            ]")
        body.append(f'        "{name}": (\n' + ",\n".join(both) + "\n        ),\n")
    body.append("    ]\n")
    write("WaveletTables+Biorthogonal.swift", "".join(body))

    write("WaveletTables+Meyer.swift", array(
        "discreteMeyer", ["The truncated scaling filter of the discrete Meyer wavelet, 62 numbers."], [float(v) for v in pywt.Wavelet("dmey").rec_lo]))


main()
