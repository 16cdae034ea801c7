import Imaging
import TestSupport
import Testing

/// The numbers of PyWavelets 1.9, as `Fixtures/make_dwt.py` stored them.
@Suite struct WaveletFixtureTests {
    struct Fixture: Decodable {
        var lines: [Line]
        var planes: [Plane]
        var stationary: [Stationary]
        var packets: [Packets]
        var full: [Full]

        /// Number of coefficients, their largest size, two weighted sums.
        typealias Digest = [Double]

        struct Line: Decodable {
            var name, mode: String
            var count, levels: Int
            var seed: UInt32
            var digest: Digest?
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (name, mode) = (try row.decode(String.self), try row.decode(String.self))
                (count, levels, seed) = (try row.decode(Int.self), try row.decode(Int.self), try row.decode(UInt32.self))
                digest = try row.decode(Digest?.self)
            }
        }
        struct Plane: Decodable {
            var name, mode: String
            var rows, columns, levels: Int
            var seed: UInt32
            var digest: Digest?
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (name, mode) = (try row.decode(String.self), try row.decode(String.self))
                (rows, columns, levels) = (try row.decode(Int.self), try row.decode(Int.self), try row.decode(Int.self))
                (seed, digest) = (try row.decode(UInt32.self), try row.decode(Digest?.self))
            }
        }
        struct Stationary: Decodable {
            var name: String
            var rows, columns, levels: Int
            var line, plane, inverse: Digest
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                name = try row.decode(String.self)
                (rows, columns, levels) = (try row.decode(Int.self), try row.decode(Int.self), try row.decode(Int.self))
                (line, plane, inverse) = (try row.decode(Digest.self), try row.decode(Digest.self), try row.decode(Digest.self))
            }
        }
        struct Packets: Decodable {
            var name, mode: String
            var rows, columns: Int
            var digest: Digest
            var byFrequency: [String]
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (name, mode) = (try row.decode(String.self), try row.decode(String.self))
                (rows, columns) = (try row.decode(Int.self), try row.decode(Int.self))
                (digest, byFrequency) = (try row.decode(Digest.self), try row.decode([String].self))
            }
        }
        struct Full: Decodable {
            var name, mode: String
            var count: Int
            var approximation, detail: [Double]
            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                (name, mode, count) = (try row.decode(String.self), try row.decode(String.self), try row.decode(Int.self))
                (approximation, detail) = (try row.decode([Double].self), try row.decode([Double].self))
            }
        }
    }

    /// Whether coefficients have a stored digest, within `tolerance` of the largest coefficient.
    ///
    /// A weighted sum of n errors of random sign, weights at most 1/2, stays below sqrt(n) of the largest.
    private func expect(_ values: [Double], have digest: [Double], tolerance: Double, _ what: String) {
        #expect(Double(values.count) == digest[0], "\(what) count")
        guard Double(values.count) == digest[0] else { return }
        let allowed = tolerance * digest[1] * digest[0].squareRoot()
        for (i, seed) in [(2, 77), (3, 78)] as [(Int, UInt32)] {
            let sum = zip(values, WaveletTwin.numbers(values.count, seed: seed)).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(sum - digest[i]) <= allowed, "\(what): \(sum) instead of \(digest[i])")
        }
    }

    private func flat<T>(_ parts: PlaneDecomposition<T>) -> [T] {
        parts.approximation.values + parts.details.flatMap { $0.horizontal.values + $0.vertical.values + $0.diagonal.values }
    }

    private func plane(_ rows: Int, _ columns: Int, _ seed: UInt32) -> NumberPlane<Double> {
        NumberPlane(rows: rows, columns: columns, values: WaveletTwin.numbers(rows * columns, seed: seed))
    }

    @Test func everyWaveletAndModeInOneDimension() throws {
        for line in SharedSample.of(try Synthetic.fixture("dwt.json", as: Fixture.self).lines) {
            let mode = try #require(BoundaryMode(rawValue: line.mode))
            let transform = WaveletTransform(try Wavelet(named: line.name), mode: mode)
            let signal = WaveletTwin.numbers(line.count, seed: line.seed)
            let what = "\(line.name) \(line.mode) \(line.count) samples \(line.levels) levels"
            guard let digest = line.digest else {
                #expect(throws: WaveletError.self, "\(what)") { try transform.decompose(signal, levels: line.levels) }
                continue
            }
            expect(try transform.decompose(signal, levels: line.levels).flattened, have: digest, tolerance: 1e-9, what)
            let single = try transform.decompose(signal.map { Float($0) }, levels: line.levels).flattened
            expect(single.map { Double($0) }, have: digest, tolerance: 1e-5, what + " Float")
        }
    }

    @Test func everyWaveletAndModeInTwoDimensions() throws {
        for row in SharedSample.of(try Synthetic.fixture("dwt.json", as: Fixture.self).planes) {
            let mode = try #require(BoundaryMode(rawValue: row.mode))
            let transform = WaveletTransform2D(try Wavelet(named: row.name), mode: mode)
            let source = plane(row.rows, row.columns, row.seed)
            let what = "\(row.name) \(row.mode) \(source.size) \(row.levels) levels"
            guard let digest = row.digest else {
                #expect(throws: WaveletError.self, "\(what)") { try transform.decompose(source, levels: row.levels) }
                continue
            }
            expect(flat(try transform.decompose(source, levels: row.levels)), have: digest, tolerance: 1e-9, what)
            let single = try transform.decompose(source.map { Float($0) }, levels: row.levels)
            expect(flat(single).map { Double($0) }, have: digest, tolerance: 1e-5, what + " Float")
        }
    }

    @Test func stationaryTransforms() throws {
        for row in try Synthetic.fixture("dwt.json", as: Fixture.self).stationary {
            let wavelet = try Wavelet(named: row.name)
            let source = plane(row.rows, row.columns, UInt32(row.rows))
            let what = "\(row.name) \(source.size)"
            let line = try StationaryTransform(wavelet).decompose(source.values, levels: row.levels)
            expect(line.flatMap { $0.approximation + $0.detail }, have: row.line, tolerance: 1e-9, what)
            let transform = StationaryTransform2D(wavelet)
            var bands = try transform.decompose(source, levels: row.levels)
            let all = bands.flatMap { $0.approximation.values + $0.horizontal.values + $0.vertical.values + $0.diagonal.values }
            expect(all, have: row.plane, tolerance: 1e-9, what)
            for i in bands.indices {
                for band in [\WaveletBands<Double>.horizontal, \.vertical, \.diagonal] {
                    bands[i][keyPath: band] = bands[i][keyPath: band].map { $0 < 0 ? -$0 * $0 : $0 * $0 }
                }
            }
            expect(try transform.reconstruct(bands).values, have: row.inverse, tolerance: 1e-9, what + " inverse")
        }
    }

    @Test func packets() throws {
        for row in try Synthetic.fixture("dwt.json", as: Fixture.self).packets {
            let mode = try #require(BoundaryMode(rawValue: row.mode))
            let transform = WaveletTransform2D(try Wavelet(named: row.name), mode: mode)
            let packets = try WaveletPackets2D(plane(row.rows, row.columns, 5), transform: transform, levels: 2)
            let values = try WaveletPackets2D<Double>.paths(level: 2).flatMap { try #require(packets.leaves[$0]).values }
            expect(values, have: row.digest, tolerance: 1e-9, row.name)
            #expect(WaveletPackets2D<Double>.pathsByFrequency(level: 2).flatMap { $0 } == row.byFrequency)
        }
    }

    @Test func aFewInFull() throws {
        for row in try Synthetic.fixture("dwt.json", as: Fixture.self).full {
            let mode = try #require(BoundaryMode(rawValue: row.mode))
            let bands = try WaveletTransform(try Wavelet(named: row.name), mode: mode).forward(WaveletTwin.numbers(row.count, seed: 9))
            #expect(WaveletTwin.error(bands.approximation, row.approximation) < 1e-9, "\(row.name)")
            #expect(WaveletTwin.error(bands.detail + [1], row.detail + [1]) < 1e-9, "\(row.name)")
        }
    }
}
