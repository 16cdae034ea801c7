import Cascade
import Imaging
import Testing

/// A mirrored cascade finds in a picture what the cascade itself finds in the mirrored picture.
@Suite struct MirrorTests {
    static func mirrored(_ gray: Gray) -> Gray {
        Gray(
            width: gray.width, height: gray.height,
            pixels: (0..<gray.height).flatMap { gray.pixels[$0 * gray.width..<($0 + 1) * gray.width].reversed() })
    }

    static func mirrored(_ hits: [Hit], width: Int) -> [Hit] {
        hits.map {
            Hit(rect: Rect(x: width - $0.rect.maxX, y: $0.rect.y, width: $0.rect.width, height: $0.rect.height), weight: $0.weight)
        }
    }

    /// Stumps, trees of two and three nodes, tilted features, local binary patterns; widths that leave an odd and an even rest.
    @Test(arguments: StandardCascade.allCases) func theHitsAreThoseOfTheMirroredPicture(cascade: StandardCascade) throws {
        for stages in [1, 3] {
            let classifier = try SearchTests.shortened(cascade, to: stages), image = classifier.mirrored()
            var pictures = SearchTests.pictures()
            pictures.append(Synthetic.clouds(width: 141, height: 80, cell: 9, seed: 12))
            for picture in pictures {
                let parameters = try SearchTests.parameters(1.17)
                let expected = Self.mirrored(
                    PlainScan(classifier.model).hits(in: Self.mirrored(picture), parameters), width: picture.width)
                #expect(image.hits(in: picture, parameters) == expected, "\(stages) stages, \(picture.size)")
            }
        }
    }

    @Test func fractionalWeightsAndTiltedCornersAreMirroredToo() throws {
        var tiny = TinyCascade()
        tiny.features[0] = "<rects><_>0 0 6 4 -1.1</_><_>0 2 6 2 2.3</_><_>1 1 2 2 .7</_></rects>"
        tiny.features[1] = "<rects><_>2 1 2 2 -1.3</_><_>2 1 1 1 2.1</_></rects><tilted>1</tilted>"
        for text in [tiny.text, TinyCascade().text, TinyCascade.old, TinyCascade.lbp.text] {
            let classifier = try CascadeClassifier(xml: Array(text.utf8))
            for width in [6, 7, 23, 60] {
                let picture = Synthetic.noise(width: width, height: 41, seed: UInt64(width)), parameters = try SearchTests.parameters(1.2)
                let expected = Self.mirrored(PlainScan(classifier.model).hits(in: Self.mirrored(picture), parameters), width: width)
                #expect(classifier.mirrored().hits(in: picture, parameters) == expected)
            }
        }
    }

    @Test(arguments: StandardCascade.allCases) func mirroringTwiceGivesTheCascadeBack(cascade: StandardCascade) throws {
        let classifier = try CascadeClassifier.standard(cascade)
        #expect(classifier.mirrored().mirrored().model == classifier.model)
        #expect(classifier.mirrored().model != classifier.model)
    }
}
