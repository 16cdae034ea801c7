import Cascade
import Foundation
import Imaging
import TestSupport
import Testing

/// The fast search against the plain one, and what may not change its result.
@Suite struct SearchTests {
    static func parameters(_ factor: Double, threads: Int = 1, minNeighbors: Int = 0) throws -> DetectionParameters {
        try DetectionParameters(scaleFactor: factor, minNeighbors: minNeighbors, threads: threads)
    }

    /// The first stages alone pass many windows, so that every kind of feature and every lane is compared.
    static func shortened(_ cascade: StandardCascade, to stages: Int) throws -> CascadeClassifier {
        var model = try CascadeClassifier.standard(cascade).model
        model.stages.removeSubrange(min(stages, model.stages.count)...)
        return CascadeClassifier(model: model)
    }

    static func pictures() -> [Gray] {
        #if DEBUG
            [Synthetic.clouds(width: 91, height: 66, cell: 9, seed: 4)]
        #else
            [
                Synthetic.clouds(width: 190, height: 131, cell: 9, seed: 4), Synthetic.noise(width: 77, height: 95, seed: 5),
                Synthetic.chequers(width: 120, height: 101, cell: 3), Synthetic.constant(width: 70, height: 90, value: 255),
                Synthetic.noise(width: 1, height: 90, seed: 1), Synthetic.noise(width: 300, height: 24, seed: 2),
                Synthetic.clouds(width: 24, height: 260, cell: 5, seed: 3), Synthetic.clouds(width: 65, height: 82, cell: 4, seed: 8),
            ]
        #endif
    }

    @Test(arguments: StandardCascade.allCases) func theFastSearchEqualsThePlainOne(cascade: StandardCascade) throws {
        for stages in SharedData.isOptimised ? [1, 2, 4, 99] : [2] {
            let classifier = try Self.shortened(cascade, to: stages)
            for picture in Self.pictures() {
                let parameters = try Self.parameters(1.2)
                let plain = PlainScan(classifier.model).hits(in: picture, parameters)
                #expect(classifier.hits(in: picture, parameters) == plain, "\(stages) stages, \(picture.size)")
            }
        }
    }

    @Test(arguments: [StandardCascade.frontalFaceAlt2, .eyeTreeEyeglasses, .lbpFrontalFace])
    func threadsDoNotChangeTheResult(cascade: StandardCascade) throws {
        let classifier = try Self.shortened(cascade, to: 3)
        let picture = Synthetic.clouds(width: 140, height: 240, cell: 9, seed: 4)
        let alone = classifier.hits(in: picture, try Self.parameters(1.3))
        for threads in [2, 3, 8] { #expect(classifier.hits(in: picture, try Self.parameters(1.3, threads: threads)) == alone) }
    }

    @Test func everyWindowSizeOfATinyCascadeIsSearched() throws {
        for text in [TinyCascade().text, TinyCascade.lbp.text, TinyCascade.old] {
            let classifier = try CascadeClassifier(xml: Array(text.utf8))
            for (width, height) in [(6, 6), (7, 6), (6, 9), (8, 8), (23, 41), (64, 33), (101, 12)] {
                let picture = Synthetic.noise(width: width, height: height, seed: UInt64(width * height))
                for factor in [1.05, 1.7, 2, 3] {
                    let parameters = try Self.parameters(factor)
                    #expect(
                        classifier.hits(in: picture, parameters) == PlainScan(classifier.model).hits(in: picture, parameters),
                        "\(picture.size), \(factor)")
                }
            }
        }
    }

    /// Blocks whose sums fit 15 bits, 16 bits and neither; a stage of 11 stumps; trees of two nodes.
    @Test(arguments: [(11, 3), (12, 3), (16, 3), (17, 3), (5, 11), (16, 11), (5, 0), (17, 0)])
    func patternsOfEverySizeAreExact(block: Int, stumps: Int) throws {
        var bits = SeededBits(seed: UInt64(100 * block + stumps))
        var tiny = TinyCascade.lbp
        (tiny.width, tiny.height, tiny.threshold) = ("53", "52", "-0.7")
        func subset() -> String { (0..<8).map { _ in "\(Int32(bitPattern: bits.next()))" }.joined(separator: " ") }
        func leaf() -> String { "\(Double(bits.next() % 2000) / 1000 - 1)" }
        tiny.features = (0..<3).map { "<rect>\($0) 1 \(block) \(block)</rect>" }
        tiny.nodes = (0..<(stumps == 0 ? 3 : stumps)).map {
            stumps == 0 ? "1 0 \($0) \(subset()) -1 -2 1 \(subset())" : "0 -1 \($0 % 3) \(subset())"
        }
        tiny.leaves = tiny.nodes.map { _ in stumps == 0 ? "\(leaf()) \(leaf()) \(leaf())" : "\(leaf()) \(leaf())" }
        let classifier = try CascadeClassifier(xml: tiny.bytes), parameters = try Self.parameters(1.4)
        var found = 0
        for picture in [
            Synthetic.noise(width: 140, height: 99, seed: 6), Synthetic.chequers(width: 131, height: 120, cell: 19),
            Synthetic.clouds(width: 120, height: 90, cell: 13, seed: 2), Synthetic.constant(width: 80, height: 90, value: 255),
        ] {
            let hits = classifier.hits(in: picture, parameters)
            #expect(hits == PlainScan(classifier.model).hits(in: picture, parameters), "\(picture.size)")
            found += hits.count
        }
        #expect(found > 0)
    }

    /// Weights that are no whole numbers are evaluated in Float, as OpenCV does.
    @Test func fractionalWeightsAreExactToo() throws {
        var tiny = TinyCascade()
        tiny.features[0] = "<rects><_>0 0 6 4 -1.1</_><_>0 2 6 2 2.3</_><_>1 1 2 2 .7</_></rects>"
        tiny.features[1] = "<rects><_>2 1 2 2 -1.3</_><_>2 1 1 1 2.1</_></rects><tilted>1</tilted>"
        let classifier = try CascadeClassifier(xml: tiny.bytes)
        let picture = Synthetic.noise(width: 60, height: 41, seed: 6), parameters = try Self.parameters(1.2)
        let hits = classifier.hits(in: picture, parameters)
        #expect(!hits.isEmpty)
        #expect(hits == PlainScan(classifier.model).hits(in: picture, parameters))
    }

    /// A search gives its scanners back; the next one, of another size, must not see what they found or where they were.
    @Test func scannersAreAsNewForTheNextPicture() throws {
        for cascade in [StandardCascade.smile, .lbpFrontalFace, .leftEye2Splits] {
            let classifier = try Self.shortened(cascade, to: 3), parameters = try Self.parameters(1.2)
            for picture in Self.pictures() + Self.pictures().reversed() {
                #expect(classifier.hits(in: picture, parameters) == PlainScan(classifier.model).hits(in: picture, parameters))
            }
        }
    }

    /// Numbers at the end of Float's range: products and sums of whole numbers would not fit, so these are Floats, as in OpenCV.
    @Test(arguments: ["9.2e18", "-9.2e18", "1.8446744e19", "16777215", "16777216", "3.4028235e38", "-3.4028235e38", "1e-45", "0"])
    func weightsOfAnySizeAreSearched(weight: String) throws {
        for threshold in ["0", "3.4028235e38", "-3.4028235e38"] {
            var tiny = TinyCascade()
            tiny.features[0] = "<rects><_>0 0 6 4 \(weight)</_><_>0 2 6 2 \(weight)</_><_>1 1 2 2 \(weight)</_></rects>"
            tiny.features[1] = "<rects><_>2 1 2 2 \(weight)</_></rects><tilted>1</tilted>"
            tiny.nodes = ["0 -1 0 \(threshold)", "1 0 1 \(threshold) -1 -2 0 \(threshold)"]
            tiny.leaves = ["3.4028235e38 -3e38", "3.4028235e38 1e-45 -3.4028235e38"]
            let classifier = try CascadeClassifier(xml: tiny.bytes), parameters = try Self.parameters(1.2)
            let picture = Synthetic.noise(width: 60, height: 41, seed: 6)
            #expect(classifier.hits(in: picture, parameters) == PlainScan(classifier.model).hits(in: picture, parameters))
        }
    }

    /// Layers wider than a stripe of the tables are searched in pieces, which must not show.
    @Test(arguments: [StandardCascade.frontalFaceDefault, .lbpFrontalFace, .leftEye2Splits])
    func widePicturesAreSearchedInStripes(cascade: StandardCascade) throws {
        for stages in SharedData.isOptimised ? [1, 2] : [1] {
            let classifier = try Self.shortened(cascade, to: stages)
            let picture = Synthetic.clouds(width: 17_003, height: 49, cell: 7, seed: 5)
            let parameters = try Self.parameters(1.9, threads: 2)
            let plain = PlainScan(classifier.model).hits(in: picture, parameters)
            #expect(!plain.isEmpty)
            #expect(classifier.hits(in: picture, parameters) == plain)
            let image = MirrorTests.mirrored(PlainScan(classifier.model).hits(in: MirrorTests.mirrored(picture), parameters), width: 17_003)
            #expect(classifier.mirrored().hits(in: picture, parameters) == image)
            // Left of the second stripe nothing may pass, so that rows of the first are not needed, and yet decide who is skipped.
            let mask = Gray(width: 17_003, height: 49, pixels: (0..<17_003 * 49).map { $0 % 17_003 > 8190 ? 1 : 0 })
            let found = try classifier.detections(in: picture, parameters, within: SearchLimits(mask: mask))
            #expect(found.map(\.weight) == plain.filter { $0.rect.x + $0.rect.width / 2 > 8190 }.map(\.weight))
        }
    }

    @Test func aRegionIsSearchedAsAPictureOfItsOwn() throws {
        let classifier = try Self.shortened(.smile, to: 2), parameters = try Self.parameters(1.2, minNeighbors: 1)
        let picture = Synthetic.clouds(width: 150, height: 120, cell: 7, seed: 1)
        let region = Rect(x: 31, y: 17, width: 88, height: 71)
        let alone = try classifier.detections(in: picture.cropped(to: region), parameters).map { $0.rect.offsetBy(x: 31, y: 17) }
        #expect(!alone.isEmpty)
        #expect(try classifier.detections(in: picture, parameters, within: SearchLimits(region: region)).map(\.rect) == alone)
        #expect(throws: CascadeError.self) {
            try classifier.detections(in: picture, parameters, within: SearchLimits(region: region.offsetBy(x: 40, y: 0)))
        }
    }

    @Test(arguments: [StandardCascade.smile, .lbpFrontalFace]) func aMaskKeepsTheHitsCentredInIt(cascade: StandardCascade) throws {
        let classifier = try Self.shortened(cascade, to: 2), parameters = try Self.parameters(1.2)
        let picture = Synthetic.clouds(width: 150, height: 120, cell: 7, seed: 1)
        let mask = Gray(width: 150, height: 120, pixels: (0..<150 * 120).map { $0 % 150 > 60 && $0 / 150 < 70 ? 1 : 0 })
        let all = try classifier.detections(in: picture, parameters)
        let expected = PlainScan(classifier.model).hits(in: picture, parameters).filter {
            let x = $0.rect.x + $0.rect.width / 2, y = $0.rect.y + $0.rect.height / 2
            return x > 60 && y < 70
        }
        let found = try classifier.detections(in: picture, parameters, within: SearchLimits(mask: mask))
        #expect(found.count == expected.count && found.count < all.count && !found.isEmpty)
        #expect(found.map(\.weight) == expected.map(\.weight))
        #expect(throws: CascadeError.invalidParameter(name: "mask", value: "9x9", allowed: "150x120")) {
            try classifier.detections(
                in: picture, parameters, within: SearchLimits(mask: Synthetic.constant(width: 9, height: 9, value: 1)))
        }
    }

    @Test(arguments: [(1.0, 3, 0), (.nan, 3, 0), (.infinity, 3, 0), (0.5, 3, 0), (1.1, -1, 0), (1.1, 3, -5)])
    func badParametersAreRefused(factor: Double, neighbors: Int, side: Int) {
        #expect(throws: CascadeError.self) {
            try DetectionParameters(scaleFactor: factor, minNeighbors: neighbors, minSize: Size(width: side, height: 20))
        }
    }
}
