import Imaging
import Testing

/// Every parameter beyond both ends of its range, and not a number where it is a Double.
@Suite struct DescriptorParameterTests {
    private static func gradients(_ a: Int = 9, _ b: Int = 8, _ c: Int = 2) throws {
        _ = try HistogramOfGradients(HOGParameters(orientations: a, cell: b, block: c))
    }
    private static func patterns(_ a: Int = 8, _ b: Double = 1, _ c: Int = 6) throws {
        _ = try LocalBinaryPatterns(LBPParameters(neighbours: a, radius: b, grid: c))
    }
    private static func phases(_ a: Int = 11, _ b: Int = 4) throws {
        _ = try LocalPhaseQuantisation(LPQParameters(window: a, grid: b))
    }
    private static func edges(_ a: Int = 3, _ b: Int = 7, _ c: Double = 5, _ d: Int = 8, _ e: Int = 4) throws {
        _ = try OrientedEdgePatterns(EdgePatternParameters(orientations: a, cell: b, radius: c, neighbours: d, grid: e))
    }
    private static func gabor(_ a: Double = 0.2, _ b: Int = 4, _ c: Double = 1, _ d: Int = 6) throws {
        _ = try GaborEnergy(GaborParameters(frequencies: [0.3, a], orientations: b, bandwidth: c, grid: d))
    }
    private static func energy(_ a: String = "db2", _ b: Int = 3, _ c: Int = 4) throws {
        _ = try WaveletEnergy(WaveletEnergyParameters(wavelet: a, levels: b, grid: c))
    }
    private static func clahe(_ a: Double = 2, _ b: Int = 8, _ c: Int = 8) throws {
        _ = try CLAHE(CLAHEParameters(clipLimit: a, columns: b, rows: c))
    }
    private static func tanTriggs(
        _ a: Double = 0.2, _ b: Double = 1, _ c: Double = 2, _ d: Double = 0.1, _ e: Double = 10
    ) throws {
        _ = try TanTriggs(TanTriggsParameters(gamma: a, fine: b, coarse: c, alpha: d, limit: e))
    }

    /// The parameter's name, a maker, and values it refuses and takes.
    private struct Row<Value> {
        var name: String
        var refused: [Value]
        var taken: [Value]
        var make: (Value) throws -> Void
    }

    private static var wholes: [Row<Int>] {
        [
            Row(name: "orientations", refused: [-1, 0, 37], taken: [1, 36]) { try gradients($0) },
            Row(name: "cell", refused: [-1, 1, 4097], taken: [2, 4096]) { try gradients(9, $0) },
            Row(name: "block", refused: [-1, 0, 65], taken: [1, 64]) { try gradients(9, 8, $0) },
            Row(name: "neighbours", refused: [-1, 3, 17], taken: [4, 16]) { try patterns($0) },
            Row(name: "grid", refused: [-1, 0, 4097], taken: [1, 4096]) { try patterns(8, 1, $0) },
            Row(name: "window", refused: [-3, 1, 4, 32, 33], taken: [3, 31]) { try phases($0) },
            Row(name: "grid", refused: [-1, 0, 4097], taken: [1, 4096]) { try phases(11, $0) },
            Row(name: "orientations", refused: [-1, 1, 17], taken: [2, 16]) { try edges($0) },
            Row(name: "cell", refused: [-1, 0, 2, 65], taken: [1, 63]) { try edges(3, $0) },
            Row(name: "neighbours", refused: [3, 17], taken: [4, 16]) { try edges(3, 7, 5, $0) },
            Row(name: "grid", refused: [0, 4097], taken: [1, 4096]) { try edges(3, 7, 5, 8, $0) },
            Row(name: "orientations", refused: [-1, 0, 65], taken: [1, 64]) { try gabor(0.2, $0) },
            Row(name: "grid", refused: [-1, 0, 4097], taken: [1, 4096]) { try gabor(0.2, 4, 1, $0) },
            Row(name: "levels", refused: [-1, 0, 17], taken: [1, 16]) { try energy("db2", $0) },
            Row(name: "grid", refused: [-1, 0, 4097], taken: [1, 4096]) { try energy("db2", 3, $0) },
            Row(name: "count", refused: [-1, 0, 257], taken: [1, 256]) { _ = try CosineFeatures(count: $0) },
            Row(name: "side", refused: [-1, 0, 4097], taken: [1, 4096]) { _ = try PixelFeatures(side: $0) },
            Row(name: "columns", refused: [-1, 0, 257], taken: [1, 256]) { try clahe(2, $0) },
            Row(name: "rows", refused: [-1, 0, 257], taken: [1, 256]) { try clahe(2, 8, $0) },
        ]
    }

    private static var reals: [Row<Double>] {
        [
            Row(name: "radius", refused: [-1, 0.49, 32.1, .nan], taken: [0.5, 32]) { try patterns(8, $0) },
            Row(name: "radius", refused: [-1, 0.49, 32.1, .nan], taken: [0.5, 32]) { try edges(3, 7, $0) },
            Row(name: "frequency", refused: [-0.1, 0, 0.0049, 0.51, .nan], taken: [0.005, 0.5]) { try gabor($0) },
            Row(name: "bandwidth", refused: [-1, 0, 0.09, 8.1, .nan], taken: [0.1, 8]) { try gabor(0.2, 4, $0) },
            Row(name: "clipLimit", refused: [-0.1, 1000.1, .infinity, .nan], taken: [0, 1000]) { try clahe($0) },
            Row(name: "gamma", refused: [-1, 0, 4.1, .nan], taken: [0.01, 4]) { try tanTriggs($0) },
            Row(name: "fine", refused: [-1, 0.09, .nan], taken: [0.1, 1.9]) { try tanTriggs(0.2, $0) },
            Row(name: "coarse", refused: [0.5, 1, 64.1, .nan], taken: [1.01, 64]) { try tanTriggs(0.2, 1, $0) },
            Row(name: "alpha", refused: [-1, 0, 0.009, 4.1, .nan], taken: [0.01, 4]) { try tanTriggs(0.2, 1, 2, $0) },
            Row(name: "limit", refused: [-1, 0, 0.0009, 1001, .infinity, .nan], taken: [0.001, 1000]) {
                try tanTriggs(0.2, 1, 2, 0.1, $0)
            },
        ]
    }

    private static var names: [Row<String>] {
        [
            Row(name: "wavelet", refused: ["", "db99", "db 2", "bior9.9"], taken: ["haar", "dmey", "rbio3.1"]) { try energy($0) }
        ]
    }

    private func check<Value: CustomStringConvertible>(_ rows: [Row<Value>]) {
        for row in rows {
            for value in row.refused {
                do {
                    try row.make(value)
                    Issue.record("\(row.name) \(value) was taken")
                } catch DescriptorError.invalidParameter(let name, let found, let allowed) {
                    #expect(name == row.name && found == value.description && !allowed.isEmpty)
                } catch {
                    Issue.record("\(row.name) \(value): \(error)")
                }
            }
            for value in row.taken {
                #expect(throws: Never.self, "\(row.name) \(value)") { try row.make(value) }
            }
        }
    }

    @Test func valuesOutOfRangeAreRefusedByName() {
        check(Self.wholes)
        check(Self.reals)
        check(Self.names)
    }
}
