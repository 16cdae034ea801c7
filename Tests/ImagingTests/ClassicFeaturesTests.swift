import Imaging
import Testing

@Suite struct ClassicFeaturesTests {
    struct Fixture: Decodable {
        struct Crop: Decodable {
            var width, height, planeWidth, planeHeight: Int
            var seed, step, plane, vector: UInt32
            var hash: String
        }
        var crops: [Crop]
    }

    @Test func syntheticCropsGiveThePipelinesBytes() throws {
        for row in try Synthetic.fixture("resize.json", as: Fixture.self).crops {
            let pixels = Synthetic.pixels(3 * row.width * row.height, seed: row.seed, step: row.step)
            let crop = Image(width: row.width, height: row.height, pixels: pixels)
            let plane = classicWaveletPlane(of: crop)
            #expect(plane.size == Size(width: row.planeWidth, height: row.planeHeight))
            #expect(Synthetic.fnv(plane.pixels) == row.plane, "plane of \(crop.size)")
            let vector = ClassicFeatures.vector(of: crop)
            #expect(vector.count == ClassicFeatures.count)
            #expect(Synthetic.fnv(vector) == row.vector, "vector of \(crop.size)")
            #expect(DifferenceHash(of: crop).description == row.hash, "difference hash of \(crop.size)")
        }
    }
}
