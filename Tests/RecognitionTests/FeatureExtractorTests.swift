import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

@Suite struct FeatureExtractorTests {
    private let width = 120
    private let height = 110
    private let face = Rect(x: 10, y: 8, width: 90, height: 90)

    /// Soft waves, another picture when mirrored.
    private func photo(mirrored: Bool) -> Gray {
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let column = mirrored ? width - 1 - x : x
                pixels.append(UInt8(60 + (column * column / 90 + y * 2 + column * y / 40) % 140))
            }
        }
        return Gray(width: width, height: height, pixels: pixels)
    }

    @Test func theLengthIsKnownBeforehand() throws {
        let extractor = try FeatureExtractor(settings: .standard)
        let features = try extractor.features(of: photo(mirrored: false), face: face, eyes: nil)
        #expect(features.count == extractor.count)
        #expect(extractor.blockLengths.count == FeatureSettings.standardViews.map(\.parts.count).reduce(0, +))
        #expect(!features.contains { !$0.isFinite })
    }

    @Test func theMirroredDescriptionIsThatOfTheMirroredPhoto() throws {
        // Without jitters: a shift to the right is one to the left in the mirror.
        let still = FeatureSettings.Jitter(right: 0, down: 0, scale: 1, degrees: 0)
        let extractor = try FeatureExtractor(settings: .composition(views: FeatureSettings.standardViews, jitters: [still]))
        let eyes = EyePair(left: [38, 44], right: [72, 46])
        let last = Double(width - 1)
        let swapped = EyePair(left: [last - 72, 46], right: [last - 38, 44])
        let mirroredFace = Rect(x: width - face.maxX, y: face.y, width: face.width, height: face.height)
        let here = try extractor.features(of: photo(mirrored: false), face: face, eyes: eyes, isMirrored: true)
        let there = try extractor.features(of: photo(mirrored: true), face: mirroredFace, eyes: swapped)
        let plain = try extractor.features(of: photo(mirrored: false), face: face, eyes: eyes)
        func distance(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { abs($0 - $1) }.reduce(0, +) / Float(a.count) }
        // Rounding of the warps' last bits may move single pixels by a level, and a pattern with them.
        #expect(distance(here, there) < 0.05 * distance(plain, there))
    }

    @Test func settingsAreWrittenAsModelFilesHaveThem() throws {
        let still = FeatureSettings.Jitter(right: 0, down: 0, scale: 1, degrees: 0)
        let view = FeatureSettings.View(
            frame: .eyes, halfWidth: 0.5, centreBelowEyes: 0.25, parts: [.init(.gradients(HOGParameters()), light: .even)])
        let settings = FeatureSettings.composition(views: [view], jitters: [still], learnsFromMirrors: false)
        let text = """
            {"composition":{"jitters":[{"degrees":0,"down":0,"right":0,"scale":1}],"learnsFromMirrors":false,\
            "views":[{"drop":0.25,"extent":0.5,"frame":"eyes",\
            "parts":[{"descriptor":{"gradients":{"block":2,"cell":8,"orientations":9}},"light":"even"}],"side":96}]}}
            """
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(settings), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(FeatureSettings.self, from: Data(text.utf8)) == settings)
    }

    @Test func compositionsSurviveJSON() throws {
        let data = try JSONEncoder().encode(FeatureSettings.standard)
        let read = try JSONDecoder().decode(FeatureSettings.self, from: data)
        #expect(read == .standard)
        for text in [#"{}"#, #"{"gradients":{},"patterns":{}}"#, #"{"wavelets":{}}"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(FeatureSettings.Descriptor.self, from: Data(text.utf8)) }
        }
    }

    @Test func blocksAreTheDescriptorsOfTheSquaresInTheirLight() throws {
        let still = FeatureSettings.Jitter(right: 0, down: 0, scale: 1, degrees: 0)
        let view = FeatureSettings.View(
            frame: .box, halfWidth: 0.5, side: 90,
            parts: [
                .init(.phases(LPQParameters())), .init(.gradients(HOGParameters()), light: .even), .init(.patterns(LBPParameters())),
                .init(.edgePatterns(EdgePatternParameters()), light: .even),
            ])
        let extractor = try FeatureExtractor(settings: .composition(views: [view], jitters: [still]))
        let square = photo(mirrored: false).cropped(to: face)
        let even = EvenLight.applied(to: square)
        let plain =
            try LocalPhaseQuantisation().features(of: square) + HistogramOfGradients().features(of: even)
            + LocalBinaryPatterns().features(of: square) + OrientedEdgePatterns().features(of: even)
        #expect(try extractor.features(of: photo(mirrored: false), face: face, eyes: nil) == plain)
    }

    @Test func parametersOutOfRangeAreRefused() throws {
        let part = FeatureSettings.Part(.phases(LPQParameters()))
        func extractor(
            _ views: [FeatureSettings.View], _ jitters: [FeatureSettings.Jitter] = FeatureSettings.standardJitters
        ) throws {
            _ = try FeatureExtractor(settings: .composition(views: views, jitters: jitters))
        }
        let good = FeatureSettings.View(frame: .box, halfWidth: 1, parts: [part])
        try extractor([good])
        func refused(_ name: String, _ views: [FeatureSettings.View], _ jitters: [FeatureSettings.Jitter] = FeatureSettings.standardJitters)
        {
            let error = #expect(throws: DescriptorError.self) { try extractor(views, jitters) }
            guard case .invalidParameter(name, _, _)? = error else {
                Issue.record("\(String(describing: error)) does not speak of \(name)")
                return
            }
        }
        refused("halfWidth", [.init(frame: .box, halfWidth: 0, parts: [part])])
        refused("halfWidth", [.init(frame: .box, halfWidth: .nan, parts: [part])])
        refused("centreBelowEyes", [.init(frame: .eyes, halfWidth: 1, centreBelowEyes: 5, parts: [part])])
        refused("side", [.init(frame: .box, halfWidth: 1, side: 8, parts: [part])])
        refused("parts", [.init(frame: .box, halfWidth: 1, parts: [])])
        refused("parts", [.init(frame: .box, halfWidth: 1, parts: Array(repeating: part, count: 17))])
        refused("views", [])
        refused("views", Array(repeating: good, count: 17))
        refused("jitters", [good], [])
        refused("jitters", [good], Array(repeating: FeatureSettings.standardJitters[0], count: 17))
        refused("measured pixels", Array(repeating: .init(frame: .box, halfWidth: 1, side: 1024, parts: [part]), count: 8))
        let vast = FeatureSettings.Part(.patterns(LBPParameters(neighbours: 16, radius: 1, grid: 512)))
        refused("features", [.init(frame: .box, halfWidth: 1, side: 1024, parts: [vast])])
        refused("jitter", [good], [.init(right: .infinity, down: 0, scale: 1, degrees: 0)])
    }

    @Test func theTwoEyesAreChosenAmongOtherBoxes() throws {
        let face = Rect(x: 100, y: 200, width: 100, height: 100)
        let left = Rect(x: 20, y: 30, width: 20, height: 20)
        let right = Rect(x: 60, y: 31, width: 20, height: 20)
        let nostril = Rect(x: 46, y: 66, width: 10, height: 10)
        let pair = try #require(EyePair(among: [nostril, right, left], of: face))
        #expect(pair.left == [129.5, 239.5])
        #expect(pair.right == [169.5, 240.5])
        #expect(EyePair(among: [nostril, left], of: face) == nil)
        #expect(EyePair(among: [], of: face) == nil)
    }
}
