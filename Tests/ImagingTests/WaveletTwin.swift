import Imaging

/// The transforms as their definitions say, one number at a time.
enum WaveletTwin {
    /// Sample i of the signal extended beyond its ends.
    static func extended(_ x: [Double], _ i: Int, _ mode: BoundaryMode) -> Double {
        let n = x.count
        if 0..<n ~= i { return x[i] }
        switch mode {
        case .zero: return 0
        case .constant: return i < 0 ? x[0] : x[n - 1]
        case .symmetric: return i < 0 ? extended(x, -1 - i, mode) : extended(x, 2 * n - 1 - i, mode)
        case .antisymmetric: return i < 0 ? -extended(x, -1 - i, mode) : -extended(x, 2 * n - 1 - i, mode)
        case .reflect: return i < 0 ? extended(x, -i, mode) : extended(x, 2 * (n - 1) - i, mode)
        case .antireflect: return i < 0 ? 2 * x[0] - extended(x, -i, mode) : 2 * x[n - 1] - extended(x, 2 * (n - 1) - i, mode)
        case .periodic: return i < 0 ? extended(x, i + n, mode) : extended(x, i - n, mode)
        case .periodization:
            if n % 2 == 1 { return extended(x + [x[n - 1]], i, mode) }
            return i < 0 ? extended(x, i + n, mode) : extended(x, i - n, mode)
        case .smooth:
            if n == 1 { return x[0] }
            return i < 0 ? x[0] + Double(-i) * (x[0] - x[1]) : x[n - 1] + Double(i - n + 1) * (x[n - 1] - x[n - 2])
        }
    }

    /// One filter over the signal, every second value kept.
    static func analyse(_ x: [Double], _ filter: [Double], _ mode: BoundaryMode) -> [Double] {
        let offset = mode == .periodization ? filter.count / 2 : 1
        return (0..<mode.outputLength(of: x.count, filterLength: filter.count)).map { k in
            filter.indices.reduce(0) { $0 + filter[$1] * extended(x, 2 * k + offset - $1, mode) }
        }
    }

    /// Down the columns with one filter, along the rows with another.
    static func analyse(_ plane: NumberPlane<Double>, down: [Double], along: [Double], _ mode: BoundaryMode) -> NumberPlane<Double> {
        let columns = (0..<plane.columns).map { x in analyse((0..<plane.rows).map { plane[$0, x] }, down, mode) }
        let rows = columns[0].indices.map { y in analyse(columns.map { $0[y] }, along, mode) }
        return NumberPlane(rows: rows.count, columns: rows[0].count, values: rows.flatMap { $0 })
    }

    /// The numbers of `Fixtures/make_dwt.py`.
    static func numbers(_ count: Int, seed: UInt32) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Double(state >> 8) / Double(1 << 24) - 0.5
        }
    }

    /// The largest difference over the largest size of what is expected.
    static func error(_ found: [Double], _ expected: [Double]) -> Double {
        guard found.count == expected.count else { return .infinity }
        let size = expected.reduce(1e-300) { max($0, abs($1)) }
        return zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / size
    }
}
