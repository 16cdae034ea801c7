import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct DifferenceHashTests {
    private struct Fixture: Decodable {
        struct Crop: Decodable {
            var width, height: Int
            var seed, step: UInt32
            var hash: String
        }
        var crops: [Crop]
    }

    @Test func syntheticPicturesGiveOpenCVsBits() throws {
        for row in try Synthetic.fixture("resize.json", as: Fixture.self).crops {
            let pixels = Synthetic.pixels(3 * row.width * row.height, seed: row.seed, step: row.step)
            #expect(DifferenceHash(of: Image(width: row.width, height: row.height, pixels: pixels)).description == row.hash)
        }
    }

    @Test func bitsStandInRowOrderAndTheTextGoesBackAndForth() throws {
        // Columns brighten to the right in the first row only: its 16 bits are the hash's first four digits.
        var pixels = [UInt8](repeating: 7, count: 17 * 16)
        for x in 0..<17 { pixels[x] = UInt8(10 * x) }
        let hash = DifferenceHash(of: Gray(width: 17, height: 16, pixels: pixels))
        #expect(hash.description == "ffff" + String(repeating: "0", count: 60))
        #expect(DifferenceHash(hash.description) == hash)
        #expect(DifferenceHash(hash.description.uppercased()) == hash)
        #expect(try JSONDecoder().decode([DifferenceHash].self, from: JSONEncoder().encode([hash])) == [hash])
    }

    @Test(arguments: [
        "", "ff", String(repeating: "g", count: 64), String(repeating: "0", count: 65), " " + String(repeating: "0", count: 63),
    ])
    func otherTextIsNoHash(text: String) {
        #expect(DifferenceHash(text) == nil)
    }

    @Test func theDistanceCountsDifferentBits() throws {
        let zero = try #require(DifferenceHash(String(repeating: "0", count: 64)))
        let some = try #require(DifferenceHash("8" + String(repeating: "0", count: 62) + "3"))
        let ones = try #require(DifferenceHash(String(repeating: "f", count: 64)))
        #expect(zero.distance(to: some) == 3)
        #expect(zero.distance(to: ones) == 256)
        #expect(ones.distance(to: ones) == 0)
    }

    @Test func brightnessAndSizeChangeFewBits() {
        let pixels = (0..<120 * 96).map { (i: Int) -> UInt8 in
            let across = sin(Double(i % 120) / 9)
            let down = cos(Double(i / 120) / 7)
            return UInt8(128 + 60 * across * down)
        }
        let gray = Gray(width: 120, height: 96, pixels: pixels)
        let brighter = Gray(width: 120, height: 96, pixels: pixels.map { $0 + 20 })
        let smaller = gray.resizedArea(to: Size(width: 71, height: 60))
        let hash = DifferenceHash(of: gray)
        #expect(hash.distance(to: DifferenceHash(of: brighter)) == 0)
        #expect(hash.distance(to: DifferenceHash(of: smaller)) <= 26)
        let rows = stride(from: 0, to: pixels.count, by: 120).map { pixels[$0..<$0 + 120] }
        let mirrored = Gray(width: 120, height: 96, pixels: rows.flatMap { $0.reversed() })
        #expect(hash.distance(to: DifferenceHash(of: mirrored)) > 100)
    }
}
