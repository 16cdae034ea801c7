import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

@Suite struct ClassicFeaturesTests {
    struct Fixture: Decodable {
        struct Crop: Decodable {
            var width, height, planeWidth, planeHeight: Int
            var seed, step, plane, vector: UInt32
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
        }
    }
}

@Suite struct ClassicGrayTests {
    @Test func theWaveletPlaneHasRedsAndBluesWeightsExchanged() {
        let image = Image(width: 2, height: 1, pixels: [200, 100, 50, 255, 255, 255])
        #expect(image.weightedGray(red: 3735, green: 19235, blue: 9798).pixels == [96, 255])
    }
}

@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct ClassicGoldenTests {
    struct Rows: Decodable {
        struct Row: Decodable {
            var photo: String
            var box: [Int]
        }
        var rows: [Row]
    }
    struct Groups: Decodable {
        var group: [Int]
    }

    private func crop(_ row: Rows.Row) throws -> (photo: Image, face: Image) {
        let photo = try ImageFile.decode(SharedData.bytes(of: row.photo))
        return (photo, photo.cropped(to: Rect(x: row.box[0], y: row.box[1], width: row.box[2], height: row.box[3])))
    }

    private func golden<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
        try JSONDecoder().decode(type, from: Data(contentsOf: SharedData.goldens.appendingPathComponent(name)))
    }

    @Test func everyRowsFeaturesAreThePipelines() throws {
        let rows = try golden("classic/rows.json", as: Rows.self).rows
        let features = [UInt8](try Data(contentsOf: SharedData.goldens.appendingPathComponent("classic/features.u8")))
        #expect(features.count == rows.count * ClassicFeatures.count)
        for (i, row) in SharedData.sampled(Array(rows.enumerated())) {
            let vector = ClassicFeatures.vector(of: try crop(row).face)
            let expected = features[i * ClassicFeatures.count..<(i + 1) * ClassicFeatures.count]
            let different = zip(vector, expected).count { $0 != $1 }
            #expect(different == 0, "\(row.photo): \(different) of \(ClassicFeatures.count) features differ")
        }
    }

    #if !DEBUG
        @Test func nearDuplicatesAreThoseOfTheGoldenGroups() throws {
            let hashes = try golden("classic/rows.json", as: Rows.self).rows.map { row in
                let pictures = try crop(row)
                return (photo: DifferenceHash(of: pictures.photo), face: DifferenceHash(of: pictures.face))
            }
            let group = try golden("groups.json", as: Groups.self).group
            var found = Array(hashes.indices)
            for i in hashes.indices {
                for j in 0..<i
                where hashes[i].photo.distance(to: hashes[j].photo) <= NearDuplicates.photoBits
                    || hashes[i].face.distance(to: hashes[j].face) <= NearDuplicates.cropBits
                {
                    let (old, new) = (found[i], found[j])
                    found = found.map { $0 == old ? new : $0 }
                }
            }
            for i in hashes.indices {
                for j in 0..<i {
                    #expect((found[i] == found[j]) == (group[i] == group[j]), "rows \(j) and \(i)")
                }
            }
        }
    #endif
}
