import Cascade
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct ParsingTests {
    @Test func aSmallFileIsReadAsItStands() throws {
        let model = try CascadeClassifier(xml: TinyCascade().bytes).model
        #expect(model.window == Size(width: 6, height: 6))
        #expect(model.stages.map(\.trees) == [0..<2])
        #expect(model.stages.map(\.threshold) == [Float(-0.5) - Float(1e-5)])
        #expect(model.leaves == [1, -1, 0.75, -0.75])
        #expect(model.nodes.map(\.threshold) == [0.15, -0.02])
        guard case .haar(let features) = model.kind else {
            Issue.record("not read as Haar")
            return
        }
        #expect(features[0].rects.map(\.weight) == [-1, 2])
        #expect(features[1].isTilted && features[1].rects[1].rect == Rect(x: 2, y: 1, width: 1, height: 1))
    }

    @Test func commentsCRLFAndSingleQuotesAreFine() throws {
        let plain = try CascadeClassifier(xml: TinyCascade().bytes).model
        var spaced = TinyCascade(declaration: "<?xml version='1.0'?>")
        spaced.nodes[0] = "0 <!-- left --> -1\t0\n 1.5e-1"
        let text = spaced.text.replacingOccurrences(of: "\n", with: "\r\n")
        #expect(try CascadeClassifier(xml: Array(text.utf8)).model == plain)
    }

    /// Float(Double(text)), whatever way it takes: few digits, 17, more than 19, exact ties, tiny, huge.
    @Test(arguments: [
        "0", "-0.0", "1.", "-1.", ".5", "+2", "1e3", "3.1511999666690826e-02", "-1.8633940219879150e+00", "1.3110191822052002e+000",
        "0.1000000000000000055511151231257827", "16777217", "16777217.0000000000000000000001", "16777216.9999999999999999",
        "1e-40", "1.1754943508222875e-38", "3.4028234663852886e38", "123456789012345678901234567890",
        "0.00000000000000000000012345678901234567891",
        "1.00000005960464477539062", "1.00000005960464477539063", "1.000000059604644775390625", "1.0000000596046447753906250000001",
    ])
    func numbersRoundAsThroughDouble(token: String) throws {
        let model = try CascadeClassifier(xml: TinyCascade(nodes: ["0 -1 0 \(token)", "0 -1 1 1"]).bytes).model
        #expect(model.nodes[0].threshold == Float(try #require(Double(token.hasSuffix(".") ? token + "0" : token))))
    }

    @Test func seededNumbersRoundAsThroughDouble() throws {
        var bits = SeededBits(seed: 11)
        for _ in 0..<2000 {
            let value = Float(bitPattern: bits.next() & 0x7FFF_FFFF)
            guard value.isFinite else { continue }
            // Around the middle between two Floats, where the second rounding decides.
            let middle = Double(value) + Double(value.ulp) / 2
            let token = String(format: "%.\(Int(bits.next() % 22))e", middle)
            guard Float(Double(token)!).isFinite else { continue }
            let model = try CascadeClassifier(xml: TinyCascade(threshold: token).bytes).model
            #expect(model.stages[0].threshold == Float(Double(token)!) - Float(1e-5), "\(token)")
        }
    }

    @Test func theOldLayoutEqualsTheNewOne() throws {
        let old = try CascadeClassifier(xml: Array(TinyCascade.old.utf8)).model
        var new = TinyCascade()
        new.nodes = ["1 0 0 0.15 -1 -2 1 -0.02"]
        new.leaves = ["0.25 1.5 -1."]
        new.features[1] = "<rects><_>0 0 4 6 -1.</_><_>2 0 2 6 2.</_></rects><tilted>0</tilted>"
        #expect(old == (try CascadeClassifier(xml: new.bytes).model))
    }

    @Test(arguments: StandardCascade.allCases) func everyStandardCascadeLoads(cascade: StandardCascade) throws {
        let classifier = try CascadeClassifier.standard(cascade)
        #expect(classifier.stageCount >= 16)
        #expect(classifier.model.stages.last!.trees.upperBound == classifier.model.trees.count)
    }

    @Test func standardCascadesAreFoundByName() throws {
        let plate = StandardCascade.licensePlateRussian16Stages
        #expect(StandardCascade(named: "haarcascade_licence_plate_rus_16stages.xml") == plate)
        #expect(StandardCascade(named: "haarcascade_license_plate_rus_16stages") == plate)
        #expect(StandardCascade(named: "haarcascade_eye") == .eye)
        #expect(StandardCascade(named: "eye") == nil)
        #expect(StandardCascade.allCases.count == 22)
    }

    @Test func theEnvironmentsFolderComesFirst() throws {
        let folder = try TemporaryFolder()
        try folder.write(TinyCascade().bytes, to: StandardCascade.eye.fileName)
        let environment = ["LINEUP_CASCADES": folder.url.path]
        #expect(try StandardCascade.eye.path(environment: environment) == folder.url.path + "/haarcascade_eye.xml")
        #expect(try StandardCascade.smile.path(environment: environment).hasPrefix(folder.url.path) == false)
    }
}

/// A 64-bit linear congruential generator (Knuth's MMIX constants), high bits out.
struct SeededBits {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt32 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt32(truncatingIfNeeded: state >> 32)
    }
}
