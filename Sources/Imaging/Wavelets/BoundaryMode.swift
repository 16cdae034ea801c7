/// How a finite signal continues beyond its ends, where the filters need more samples than there are.
///
/// For the signal `a b c d` (`|` marks its ends):
///
///     zero            0  0  0  0 | a b c d | 0  0  0  0
///     constant        a  a  a  a | a b c d | d  d  d  d
///     symmetric       d  c  b  a | a b c d | d  c  b  a      half-sample symmetry: the end sample is repeated
///     reflect         c  d  c  b | a b c d | c  b  a  b      whole-sample symmetry: the end sample is the mirror
///     periodic        a  b  c  d | a b c d | a  b  c  d
///     smooth             …  2a-b | a b c d | 2d-c  …         straight line through the two end samples
///     antisymmetric  -d -c -b -a | a b c d | -d -c -b -a
///     antireflect        …  2a-b | a b c d | 2d-c 2d-b …     mirrored about the end sample in both directions
///     periodization   like periodic, on a signal made even by repeating its last sample, with the fewest coefficients
///
/// With n samples and filters of length L, `periodization` gives ceil(n / 2) coefficients, every other mode
/// floor((n + L - 1) / 2).
public enum BoundaryMode: String, CaseIterable, Hashable, Sendable, Codable {
    /// Zeros.
    case zero
    /// The end sample, for ever.
    case constant
    /// A mirror behind the end sample, which is repeated.
    case symmetric
    /// A mirror on the end sample.
    case reflect
    /// The signal from its other end.
    case periodic
    /// A straight line through the two end samples.
    case smooth
    /// As `periodic`, on a signal made even by repeating its last sample, with the fewest coefficients.
    case periodization
    /// As `symmetric`, with the sign changed at each mirror.
    case antisymmetric
    /// A mirror on the end sample in both directions, so that slopes go on.
    case antireflect

    /// The number of coefficients of each band from `n` samples and filters of length `filterLength`.
    public func outputLength(of n: Int, filterLength: Int) -> Int {
        self == .periodization ? (n + 1) / 2 : (n + filterLength - 1) / 2
    }

    /// Sample `i` of the extended signal, as a weighted sum of the signal's own samples 0..<n.
    /// - Precondition: n is positive, and at least 2 for `reflect` and `antireflect`.
    func extended(_ i: Int, count n: Int) -> ExtendedSample {
        if 0..<n ~= i { return ExtendedSample(i) }
        switch self {
        case .zero: return ExtendedSample()
        case .constant: return ExtendedSample(i < 0 ? 0 : n - 1)
        case .symmetric: return ExtendedSample(Self.mirrored(i, n))
        case .antisymmetric: return ExtendedSample(Self.mirrored(i, n), weight: Self.modulo(i, 2 * n) < n ? 1 : -1)
        case .reflect:
            let r = Self.modulo(i, 2 * (n - 1))
            return ExtendedSample(min(r, 2 * (n - 1) - r))
        case .periodic: return ExtendedSample(Self.modulo(i, n))
        case .periodization: return ExtendedSample(min(Self.modulo(i, n + n % 2), n - 1))
        case .smooth:
            if n == 1 { return ExtendedSample(0) }
            return i < 0 ? ExtendedSample(lineThrough: 0, 1, steps: -i) : ExtendedSample(lineThrough: n - 1, n - 2, steps: i - (n - 1))
        case .antireflect: return Self.antireflected(i, n)
        }
    }

    private static func modulo(_ i: Int, _ n: Int) -> Int {
        let r = i % n
        return r < 0 ? r + n : r
    }

    private static func mirrored(_ i: Int, _ n: Int) -> Int {
        let r = modulo(i, 2 * n)
        return min(r, 2 * n - 1 - r)
    }

    /// Each period of 2(n - 1) samples repeats the one before it, raised by twice the rise from first to last sample.
    private static func antireflected(_ i: Int, _ n: Int) -> ExtendedSample {
        let period = 2 * (n - 1)
        let r = modulo(i, period)
        let drift = Double(2 * ((i - r) / period))
        var sample = ExtendedSample()
        if r < n {
            sample.add(r, weight: 1)
            sample.add(n - 1, weight: drift)
        } else {
            sample.add(period - r, weight: -1)
            sample.add(n - 1, weight: drift + 2)
        }
        sample.add(0, weight: -drift)
        return sample
    }
}
