import Foundation
import Imaging
import Testing

/// Normalisations, cosine features and Gabor filters against the plain definitions.
@Suite struct NormalisationTwinTests {
    private static let pictures = DescriptorTwinTests.pictures
    private static let smallPictures = pictures.filter { $0.width * $0.height < 1500 }

    @Test func equalisedPicturesAreThoseOfThePlainDefinition() {
        for gray in Self.pictures { #expect(gray.equalised().pixels == NormalisationTwin.equalised(gray), "\(gray.size)") }
    }

    @Test func adaptedPicturesAreThoseOfThePlainDefinition() throws {
        for gray in Self.pictures {
            for (limit, columns, rows) in [(2.0, 8, 8), (0, 3, 2), (40, 1, 1), (0.5, 5, 7), (3, 17, 4)] {
                let parameters = CLAHEParameters(clipLimit: limit, columns: columns, rows: rows)
                let fast = try CLAHE(parameters).applied(to: gray).pixels
                #expect(fast == NormalisationTwin.adapted(gray, parameters), "\(parameters) \(gray.size)")
            }
        }
    }

    @Test func evenedContrastsAreThoseOfTheFormula() throws {
        let all = [
            TanTriggsParameters(), TanTriggsParameters(gamma: 1, fine: 0.4, coarse: 3.3, alpha: 1, limit: 1),
            TanTriggsParameters(gamma: 0.5, fine: 1.5, coarse: 1.7, alpha: 0.5, limit: 3),
        ]
        for gray in Self.smallPictures where Set(gray.pixels).count > 1 {
            for parameters in all {
                let fast = try TanTriggs(parameters).values(of: gray).values.map { Double($0) }
                let error = WaveletTwin.error(fast, NormalisationTwin.tanTriggs(gray, parameters))
                #expect(error < 1e-6, "\(parameters) \(gray.size): \(error)")
            }
        }
    }

    @Test func wavesAreThoseOfTheFormula() throws {
        for gray in Self.smallPictures {
            for (bandwidth, frequency, angle) in [(1, 0.35, 0), (1, 0.1, 0.7), (2, 0.2, 2.2), (0.7, 0.25, Double.pi / 2)] {
                let gabor = try GaborEnergy(GaborParameters(bandwidth: bandwidth))
                let fast = gabor.response(of: gray, frequency: frequency, angle: angle)
                let plain = NormalisationTwin.gabor(gray, bandwidth: bandwidth, frequency: frequency, angle: angle)
                for (a, b) in [(fast.real.values, plain.real), (fast.imaginary.values, plain.imaginary)] {
                    let error = zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
                    #expect(a.count == b.count && error < 1e-13, "\(bandwidth) \(frequency) \(angle) \(gray.size): \(error)")
                }
            }
        }
    }

    @Test func frequenciesAreThoseOfTheFormula() throws {
        for gray in Self.smallPictures {
            for count in [1, 2, 3, 5, 8, 13] where count <= min(gray.width, gray.height) {
                let fast = try CosineFeatures(count: count).features(of: gray).map { Double($0) }
                let error = WaveletTwin.error(fast, NormalisationTwin.cosines(gray, count: count))
                #expect(error < 1e-6, "\(count) \(gray.size): \(error)")
            }
        }
    }
}
