import Foundation
import Imaging

/// Answers requests on standard input, one a line, for `benchmarks/peers/wavelet_compare.py`:
///
///     OPERATION TYPE WAVELET MODE LEVELS ROWS COLUMNS VALUE VALUE …
///
/// TYPE is float or double; WAVELET a name, or bank:a,b;c,d;e,f;g,h with the four filters (analysis low, high, synthesis low,
/// high). Planes take two wavelets or modes, down the columns and along the rows, with a `/` between. The answer is a line of numbers, or `error` and the reason.
@main
struct WaveletBench {
    static func main() {
        while let line = readLine() {
            let answer: String
            do {
                let request = try Request(line)
                if request.type == "float" {
                    answer = try perform(request, on: request.values.map { Float($0) }).map { "\($0)" }.joined(separator: " ")
                } else {
                    answer = try perform(request, on: request.values).map { "\($0)" }.joined(separator: " ")
                }
            } catch {
                answer = "error \(error)"
            }
            FileHandle.standardOutput.write(Data((answer + "\n").utf8))
        }
    }

    static func perform<T: WaveletScalar>(_ request: Request, on values: [T]) throws -> [T] {
        let line = WaveletTransform(request.wavelet, mode: request.mode)
        let plane = WaveletTransform2D(vertical: request.axes[0], horizontal: request.axes[1])
        func grid() -> NumberPlane<T> { NumberPlane(rows: request.rows, columns: request.columns, values: values) }
        /// The values as several planes of the request's size, one after the other.
        func grids() -> [NumberPlane<T>] {
            let area = request.rows * request.columns
            return stride(from: 0, to: values.count, by: area).map {
                NumberPlane(rows: request.rows, columns: request.columns, values: Array(values[$0..<$0 + area]))
            }
        }
        func bands(_ planes: [NumberPlane<T>]) -> WaveletBands<T> {
            WaveletBands(approximation: planes[0], horizontal: planes[1], vertical: planes[2], diagonal: planes[3])
        }
        switch request.operation {
        case "wavedec": return try line.decompose(values, levels: request.levels).flattened
        case "roundtrip": return try line.reconstructPadded(line.decompose(values, levels: request.levels))
        case "idwt":
            let half = values.count / 2
            return try line.inverse(approximation: Array(values[..<half]), detail: Array(values[half...]))
        case "wavedec2":
            let parts = try plane.decompose(grid(), levels: request.levels)
            return parts.approximation.values + parts.details.flatMap { $0.horizontal.values + $0.vertical.values + $0.diagonal.values }
        case "roundtrip2": return try plane.reconstructPadded(plane.decompose(grid(), levels: request.levels)).values
        case "mosaic": return try plane.decompose(grid(), levels: request.levels).mosaic(padding: 0).values
        case "idwt2": return try plane.inverse(bands(grids())).values
        case "swt":
            return try StationaryTransform(request.wavelet).decompose(values, levels: request.levels)
                .flatMap { $0.approximation + $0.detail }
        case "iswt":
            // Approximation first, then details from coarse to fine.
            let count = values.count / (request.levels + 1)
            let levels = (0..<request.levels).map { level in
                StationaryTransform.Level(
                    approximation: Array(values[..<count]), detail: Array(values[(level + 1) * count..<(level + 2) * count]))
            }
            return try StationaryTransform(request.wavelet).reconstruct(levels)
        case "swt2":
            return try StationaryTransform2D(request.wavelet).decompose(grid(), levels: request.levels)
                .flatMap { $0.approximation.values + $0.horizontal.values + $0.vertical.values + $0.diagonal.values }
        case "iswt2":
            let planes = grids()
            let levels = (0..<request.levels).map { bands([planes[0]] + planes[3 * $0 + 1...3 * $0 + 3]) }
            return try StationaryTransform2D(request.wavelet).reconstruct(levels).values
        case "packets2":
            let packets = try WaveletPackets2D(grid(), transform: plane, levels: request.levels)
            return WaveletPackets2D<T>.paths(level: request.levels).flatMap { packets.leaves[$0]!.values }
        case "maxlevel": return [T(request.wavelet.maximumLevel(length: request.columns))]
        case "hard", "soft", "garrote":
            // The threshold, then the values.
            guard let kind = WaveletThreshold(rawValue: request.operation), let threshold = values.first else {
                throw BadRequest(text: request.operation)
            }
            return kind.apply(Array(values.dropFirst()), threshold: threshold)
        case "denoise": return try BayesShrink(plane, levels: request.levels).denoised(grid()).values
        case "time": return try time(plane, request, T.self)
        case "copy": return [copyTime(request, T.self)]
        default: throw BadRequest(text: request.operation)
        }
    }

    /// Seconds of one decomposition and of one reconstruction of a plane of noise: the best of VALUE runs.
    static func time<T: WaveletScalar>(_ transform: WaveletTransform2D, _ request: Request, _: T.Type) throws -> [T] {
        let plane = noise(request, T.self)
        var best = (Double.infinity, Double.infinity)
        let clock = ContinuousClock()
        for _ in 0..<Int(request.values.first ?? 1) {
            let start = clock.now
            let parts = try transform.decompose(plane, levels: request.levels)
            let middle = clock.now
            let back = try transform.reconstruct(parts)
            let end = clock.now
            guard back.size == plane.size else { throw BadRequest(text: "a reconstruction of another size") }
            let seconds = ((middle - start) / .seconds(1), (end - middle) / .seconds(1))
            if seconds.0 + seconds.1 < best.0 + best.1 { best = seconds }
        }
        return [T(best.0), T(best.1)]
    }

    /// Seconds of one plain copy of the same plane into an array that exists already: the best of VALUE runs.
    static func copyTime<T: WaveletScalar>(_ request: Request, _: T.Type) -> T {
        let plane = noise(request, T.self)
        var target = [T](repeating: 0, count: plane.values.count)
        var best = Double.infinity
        for _ in 0..<Int(request.values.first ?? 1) {
            let start = ContinuousClock.now
            target.withUnsafeMutableBufferPointer { target in
                plane.values.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
            }
            best = min(best, (ContinuousClock.now - start) / .seconds(1))
        }
        precondition(target == plane.values)
        return T(best)
    }

    static func noise<T: WaveletScalar>(_ request: Request, _: T.Type) -> NumberPlane<T> {
        var state: UInt32 = 1
        return NumberPlane(
            rows: request.rows, columns: request.columns,
            values: (0..<request.rows * request.columns).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return T(state >> 8) / T(1 << 24)
            })
    }
}

struct BadRequest: Error, CustomStringConvertible {
    var text: String
    var description: String { "bad request: \(text)" }
}

struct Request {
    var operation, type: String
    /// Down the columns, along the rows.
    var axes: [WaveletTransform2D.Axis]
    var levels, rows, columns: Int
    var values: [Double]

    var wavelet: Wavelet { axes[0].wavelet }
    var mode: BoundaryMode { axes[0].mode }

    init(_ line: String) throws {
        let words = line.split(separator: " ")
        guard words.count >= 7, let levels = Int(words[4]), let rows = Int(words[5]), let columns = Int(words[6]) else {
            throw BadRequest(text: line)
        }
        operation = String(words[0])
        type = String(words[1])
        let wavelets = try words[2].split(separator: "/").map(Self.wavelet)
        let modes = try words[3].split(separator: "/").map { word in
            guard let mode = BoundaryMode(rawValue: String(word)) else { throw BadRequest(text: line) }
            return mode
        }
        guard let wavelet = wavelets.last, let mode = modes.last else { throw BadRequest(text: line) }
        axes = [.init(wavelets[0], mode: modes[0]), .init(wavelet, mode: mode)]
        self.levels = levels
        self.rows = rows
        self.columns = columns
        values = words[7...].compactMap { Double($0) }
    }

    private static func wavelet(_ word: Substring) throws -> Wavelet {
        guard word.hasPrefix("bank:") else { return try Wavelet(named: String(word)) }
        let filters = word.dropFirst(5).split(separator: ";").map { $0.split(separator: ",").compactMap { Double($0) } }
        guard filters.count == 4 else { throw BadRequest(text: String(word)) }
        return try Wavelet(
            name: "bank", analysisLow: filters[0], analysisHigh: filters[1], synthesisLow: filters[2], synthesisHigh: filters[3])
    }
}
