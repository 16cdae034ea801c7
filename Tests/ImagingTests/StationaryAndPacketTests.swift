import Imaging
import Testing

@Suite struct StationaryAndPacketTests {
    private func plane(_ rows: Int, _ columns: Int) -> NumberPlane<Double> {
        NumberPlane(rows: rows, columns: columns, values: WaveletTwin.numbers(rows * columns, seed: 5))
    }

    @Test func oneStationaryLevelHoldsBothHalvesOfTheDecimatedOne() throws {
        for name in ["haar", "db3", "sym4", "bior3.3"] {
            let wavelet = try Wavelet(named: name)
            let signal = WaveletTwin.numbers(24, seed: 4)
            let level = try StationaryTransform(wavelet).decompose(signal, levels: 1)[0]
            let even = try WaveletTransform(wavelet, mode: .periodization).forward(signal)
            let shifted = try WaveletTransform(wavelet, mode: .periodization).forward(Array(signal[1...] + signal[..<1]))
            #expect(WaveletTwin.error((0..<12).map { level.detail[2 * $0] }, even.detail) < 1e-14, "\(name)")
            #expect(WaveletTwin.error((0..<12).map { level.detail[2 * $0 + 1] }, shifted.detail) < 1e-14, "\(name)")
        }
    }

    @Test func stationaryTransformsReconstruct() throws {
        for wavelet in SharedSample.of(Wavelet.all) where wavelet.name != "dmey" {
            let signal = WaveletTwin.numbers(24, seed: 6)
            let line = StationaryTransform(wavelet)
            #expect(WaveletTwin.error(try line.reconstruct(line.decompose(signal, levels: 3)), signal) < 1e-10, "\(wavelet.name)")
            let source = plane(8, 12)
            let two = StationaryTransform2D(vertical: wavelet, horizontal: .haar)
            #expect(
                WaveletTwin.error(try two.reconstruct(two.decompose(source, levels: 2)).values, source.values) < 1e-10, "\(wavelet.name)")
        }
    }

    @Test func shiftedSignalsGiveShiftedCoefficients() throws {
        let transform = StationaryTransform(try Wavelet(named: "db2"))
        let signal = WaveletTwin.numbers(16, seed: 8)
        let before = try transform.decompose(signal, levels: 2)
        let after = try transform.decompose(Array(signal[3...] + signal[..<3]), levels: 2)
        for (a, b) in zip(before, after) { #expect(WaveletTwin.error(Array(a.detail[3...] + a.detail[..<3]), b.detail) < 1e-14) }
    }

    @Test func stationaryLengthsMustBeDivisible() throws {
        let transform = StationaryTransform(.haar)
        #expect(throws: WaveletError.indivisibleLength(12, by: 8)) { try transform.decompose(plane(1, 12).values, levels: 3) }
        #expect(throws: WaveletError.invalidParameter(name: "levels", value: "0", allowed: "1 or more")) {
            try transform.decompose([1.0, 2], levels: 0)
        }
        #expect(throws: WaveletError.emptyInput) { try transform.decompose([Float](), levels: 1) }
        #expect(throws: WaveletError.indivisibleLength(12, by: Int.max)) { try transform.decompose(plane(1, 12).values, levels: 900) }
        #expect(throws: WaveletError.indivisibleLength(7, by: 2)) { try StationaryTransform2D(.haar).decompose(plane(8, 7), levels: 1) }
        #expect(throws: WaveletError.invalidParameter(name: "levels", value: "0", allowed: "1 or more")) {
            try transform.reconstruct([StationaryTransform.Level<Double>]())
        }
        var levels = try transform.decompose([1.0, 2, 3, 4], levels: 1)
        levels[0].detail = [1, 2]
        #expect(throws: WaveletError.mismatchedBands(expected: Size(width: 4, height: 1), found: Size(width: 2, height: 1))) {
            try transform.reconstruct(levels)
        }
    }

    @Test func packetsReconstructAndFollowTheirNodes() throws {
        let transform = WaveletTransform2D(try Wavelet(named: "db2"))
        let source = plane(21, 18)
        var packets = try WaveletPackets2D(source, transform: transform, levels: 2)
        #expect(packets.leaves.count == 16)
        #expect(WaveletTwin.error(try packets.reconstruct().values, source.values) < 1e-12)
        let first = try transform.forward(source)
        #expect(WaveletTwin.error(try packets.node("v").values, first.vertical.values) < 1e-12)
        #expect(packets.leaves["vd"] == (try transform.forward(first.vertical).diagonal))
        #expect(throws: WaveletError.badPacketPath("x", letters: "ahvd")) { try packets.node("x") }
        #expect(throws: WaveletError.badPacketPath("aaa", letters: "ahvd")) { try packets.node("aaa") }
        packets.leaves["dd"] = packets.leaves["dd"]?.map { _ in 0 }
        #expect(WaveletTwin.error(try packets.reconstruct().values, source.values) > 1e-3)
    }

    @Test func packetFrequenciesGrow() throws {
        // A fast oscillation along the rows has its energy in the last column of frequencies, first row.
        let values = (0..<32 * 32).map { $0.isMultiple(of: 2) ? 1.0 : -1.0 }
        let packets = try WaveletPackets2D(
            NumberPlane(rows: 32, columns: 32, values: values),
            transform: WaveletTransform2D(try Wavelet(named: "db4"), mode: .periodization),
            levels: 2)
        let energies = WaveletPackets2D<Double>.pathsByFrequency(level: 2).map { row in
            row.map { packets.leaves[$0]?.values.reduce(0) { $0 + $1 * $1 } ?? -1 }
        }
        #expect(abs(energies[0][3] - 1024) < 1e-9)
        #expect(abs(energies.joined().reduce(0, +) - 1024) < 1e-9)
    }
}
