import Foundation
import Imaging
import Support

/// A sheet of small pictures for each label, and the mean of them all.
package struct ContactSheets: Sendable {
    /// The most pictures of all sheets together, and the side of each by how many there are: a page of a thousand faces stays under 5 MB.
    static let most = 6000
    static let columns = 16
    private static let meanSide = 96

    package static func side(for count: Int) -> Int { count <= 1000 ? 64 : count <= 2500 ? 48 : 32 }

    let sheets: [DataReportContent.Sheet]
    /// Of each small picture, in pixels.
    let side: Int
    let note: String

    /// - Throws: `ImagingError`, `RecognitionError` where a picture cannot be read any more.
    init(of set: PictureSet, threads: Int) throws {
        let shown = Self.shown(set)
        let side = Self.side(for: shown.reduce(0) { $0 + $1.count })
        self.side = side
        sheets = try Parallel.map(set.labels.count, threads: threads) { label throws(any Error) in
            let members = shown[label]
            let columns = min(Self.columns, max(members.count, 1))
            var sheet = Canvas(width: columns * side, height: (members.count + columns - 1) / max(columns, 1) * side)
            var sum = [Int](repeating: 0, count: Self.meanSide * Self.meanSide * 3)
            for (place, index) in members.enumerated() {
                let picture = try ImageFile.decode(try FileBytes.readPhoto(set.pictures[index].path))
                let square = Self.square(picture)
                sheet.put(square.resizedArea(to: Size(width: side, height: side)), x: place % columns * side, y: place / columns * side)
                let small = square.resizedArea(to: Size(width: Self.meanSide, height: Self.meanSide))
                for (byte, value) in small.pixels.enumerated() { sum[byte] += Int(value) }
            }
            let mean = Image(
                width: Self.meanSide, height: Self.meanSide, pixels: sum.map { UInt8(($0 + members.count / 2) / max(members.count, 1)) })
            return DataReportContent.Sheet(
                label: SVG.escape(set.labels[label]), count: set.counts[label], id: "sheet\(label)",
                picture: try Self.base64(sheet.image), mean: try Self.base64(mean),
                note: members.count < set.counts[label] ? "\(members.count) of \(set.counts[label]), evenly spread" : "")
        }
        note =
            set.pictures.count > Self.most
            ? "Of many pictures some that are evenly spread."
            : "Every picture, in the order of the file names; left the mean of the label's."
    }

    /// The pictures of each label that have a place on its sheet.
    package static func shown(_ set: PictureSet) -> [[Int]] {
        let total = set.pictures.count
        guard total > most else { return set.members }
        return set.members.map { members in
            let count = max(1, members.count * most / total)
            return (0..<count).map { members[$0 * members.count / count] }
        }
    }

    /// The middle of a picture.
    private static func square(_ image: Image) -> Image {
        let side = min(image.width, image.height)
        return image.width == image.height
            ? image : image.cropped(to: Rect(x: (image.width - side) / 2, y: (image.height - side) / 2, width: side, height: side))
    }

    private static func base64(_ image: Image) throws -> String {
        Data(try ImageFile.encodeJPEG(image, quality: 78)).base64EncodedString()
    }
}

/// A picture that others are put on.
private struct Canvas {
    private let width: Int
    private let height: Int
    private var pixels: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = max(height, 1)
        pixels = [UInt8](repeating: 128, count: 3 * width * max(height, 1))
    }

    mutating func put(_ image: Image, x: Int, y: Int) {
        for row in 0..<image.height {
            let from = 3 * row * image.width
            let to = 3 * ((y + row) * width + x)
            pixels.replaceSubrange(to..<to + 3 * image.width, with: image.pixels[from..<from + 3 * image.width])
        }
    }

    var image: Image { Image(width: width, height: height, pixels: pixels) }
}
