import Foundation
import Imaging
import Testing

@Suite struct WaveletPictureTests {
    @Test func everyBandIsStretchedByItself() {
        let band = NumberPlane(rows: 1, columns: 2, values: [-4.0, 1])
        let parts = PlaneDecomposition(
            size: Size(width: 4, height: 2), approximation: NumberPlane(rows: 1, columns: 2, values: [10.0, 30]),
            details: [PlaneDetail(horizontal: band, vertical: band.map { -$0 / 100 }, diagonal: band.map { _ in 0 })])
        // Square roots: 1 of -4 is half of the way, 127.5 (1 + 1 / 2) = 191.25; zero is 127.5, which rounds to even.
        #expect(parts.picture() == Gray(width: 4, height: 2, pixels: [0, 255, 255, 64, 0, 191, 128, 128]))
        // Equal values have no range.
        let flat = PlaneDecomposition(
            size: Size(width: 2, height: 1), approximation: NumberPlane(rows: 1, columns: 2, repeating: Float(7)), details: [])
        #expect(flat.picture().pixels == [128, 128])
    }

    /// Odd sides and long filters leave gaps between bands, which are black; every coefficient has its place.
    @Test func oddSidesAndLongFiltersHaveTheirPlaces() throws {
        for (name, mode) in [("db4", BoundaryMode.symmetric), ("haar", .zero), ("bior4.4", .periodization), ("sym8", .smooth)] {
            for size in [Size(width: 37, height: 23), Size(width: 16, height: 64), Size(width: 1, height: 9)] {
                let values = WaveletTwin.numbers(size.area, seed: 4)
                let plane = NumberPlane(rows: size.height, columns: size.width, values: values)
                let parts = try WaveletTransform2D(try Wavelet(named: name), mode: mode).decompose(plane, levels: 3)
                let picture = parts.picture()
                let layout = parts.map { _ in 1.0 }.mosaic(padding: 0)
                #expect(picture.size == layout.size)
                let gaps = zip(picture.pixels, layout.values).filter { $0.1 == 0 }
                #expect(gaps.allSatisfy { $0.0 == 0 }, "\(name) \(size)")
                let coefficients =
                    parts.approximation.values.count + parts.details.reduce(0) { $0 + 3 * $1.diagonal.values.count }
                #expect(layout.values.count - gaps.count == coefficients, "\(name) \(size)")
            }
        }
    }

    @Test func decompositionsAreWrittenAsTheInterfaceSays() throws {
        let plane = NumberPlane(rows: 3, columns: 5, values: (0..<15).map { Double($0 * $0) })
        let parts = try WaveletTransform2D(.haar).decompose(plane, levels: 2)
        let data = try JSONEncoder().encode(parts)
        #expect(try JSONDecoder().decode(PlaneDecomposition<Double>.self, from: data) == parts)

        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(object.keys) == ["rows", "columns", "approximation", "details"])
        let details = try #require(object["details"] as? [[String: Any]])
        #expect(details.map { $0["level"] as? Int } == [2, 1])
        #expect(details.allSatisfy { Set($0.keys) == ["level", "horizontal", "vertical", "diagonal"] })
        let vertical = try #require(details[1]["vertical"] as? [String: Any])
        #expect(vertical["rows"] as? Int == 2 && vertical["columns"] as? Int == 3)
        #expect(vertical["values"] as? [Double] == parts.details[1].vertical.values)
    }

    static let grid = #"{"rows":1,"columns":1,"values":[2]}"#
    static func detail(_ level: Int, horizontal: String = grid) -> String {
        #"{"level":\#(level),"horizontal":\#(horizontal),"vertical":\#(grid),"diagonal":\#(grid)}"#
    }
    static func object(rows: Int = 2, approximation: String = grid, details: String) -> String {
        #"{"rows":\#(rows),"columns":2,"approximation":\#(approximation),"details":[\#(details)]}"#
    }

    @Test func aWellFormedObjectIsRead() throws {
        let text = Self.object(details: Self.detail(2) + "," + Self.detail(1))
        let parts = try JSONDecoder().decode(PlaneDecomposition<Double>.self, from: Data(text.utf8))
        #expect(parts.levels == 2 && parts.size == Size(width: 2, height: 2) && parts.approximation.values == [2])
        #expect(try JSONDecoder().decode(PlaneDecomposition<Double>.self, from: Data(Self.object(details: "").utf8)).levels == 0)
    }

    static let malformed = [
        "", "[]", "{}", "null",
        object(rows: -1, details: ""),
        object(approximation: #"{"rows":1,"columns":2,"values":[2]}"#, details: ""),
        object(approximation: #"{"rows":-1,"columns":-1,"values":[2]}"#, details: ""),
        object(approximation: #"{"rows":4611686018427387904,"columns":4,"values":[]}"#, details: ""),
        object(approximation: #"{"rows":1,"columns":1}"#, details: ""),
        object(approximation: #"{"rows":1,"columns":1,"values":["2"]}"#, details: ""),
        object(details: detail(2)),
        object(details: detail(1) + "," + detail(2)),
        object(details: detail(2) + "," + detail(2)),
        object(details: detail(1, horizontal: #"{"rows":1,"columns":2,"values":[2,3]}"#)),
    ]

    @Test(arguments: malformed) func malformedObjectsAreRefused(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PlaneDecomposition<Double>.self, from: Data(text.utf8)) }
    }
}
