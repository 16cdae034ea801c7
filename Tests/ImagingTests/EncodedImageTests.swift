import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct EncodedImageTests {
    /// Whole pictures of several shapes in the formats that can be written here, and small files of the others.
    private func files() throws -> [[UInt8]] {
        var files = CodecFixture.readable.filter { $0.width >= 4 }.map(\.bytes)
        for (number, size) in [(203, 151), (64, 64), (33, 250), (17, 9)].enumerated() {
            let walk = Synthetic.pixels(3 * size.0 * size.1, seed: UInt32(number), step: 40)
            let image = Image(width: size.0, height: size.1, pixels: walk)
            files.append(try ImageFile.encodeJPEG(image, quality: 85))
            files.append(try ImageFile.encodeJPEG(image.grayscale()))
            files.append(try ImageFile.encodePNG(image))
        }
        return files
    }

    @Test func aRegionIsThatPartOfTheWholePicture() throws {
        var random = SeededBytes(seed: 5)
        for file in try files() {
            let photo = try EncodedImage(file)
            let whole = try photo.decode()
            #expect(photo.size == whole.size)
            #expect(try photo.decode(region: whole.bounds) == whole)
            for _ in 0..<6 {
                let x = Int.random(in: 0..<whole.width, using: &random), y = Int.random(in: 0..<whole.height, using: &random)
                let region = Rect(
                    x: x, y: y, width: Int.random(in: 1...whole.width - x, using: &random),
                    height: Int.random(in: 1...whole.height - y, using: &random))
                #expect(try photo.decode(region: region) == whole.cropped(to: region), "\(photo.header) \(region)")
            }
        }
    }

    @Test func aTurnedPicturesRegionIsThatOfTheSeenPicture() throws {
        for value in 1...8 {
            for kind in ["jpeg EXIF MM", "png eXIf"] {
                let photo = try EncodedImage(try CodecFixture.named("\(kind) \(value)"))
                let whole = try photo.decode()
                #expect(photo.header.orientation.rawValue == value)
                for y in 0..<whole.height {
                    for x in 0..<whole.width {
                        #expect(try photo.decode(region: Rect(x: x, y: y, width: 1, height: 1))[0, 0] == whole[x, y])
                    }
                }
            }
        }
    }

    @Test func aReducedPictureHoldsTheMeansOfBlocks() throws {
        for file in try files() {
            let photo = try EncodedImage(file)
            let whole = try photo.decode()
            for reduction in Reduction.allCases {
                let small = try photo.decode(reducedBy: reduction)
                let gray = try photo.decodeGray(reducedBy: reduction)
                #expect(small.size == reduction.size(of: whole.size))
                #expect(gray.size == small.size)
                // A JPEG's own luma, and that of its colours.
                #expect(meanDifference(gray.pixels, small.grayscale().pixels) < 3, "\(photo.header) \(reduction)")
                if reduction == .full { #expect(small == whole) }
                // Blocks are counted from the stored corner.
                guard photo.header.orientation == .asStored else { continue }
                let means = blockMeans(of: whole, side: reduction.rawValue)
                if photo.header.format != .jpeg {
                    #expect(meanDifference(small.pixels, means) < 1, "\(photo.header) \(reduction)")
                } else if min(whole.width, whole.height) >= 16 {
                    // The smaller transform leaves fine noise out in another way than a mean; 6.3 was measured.
                    #expect(meanDifference(small.pixels, means) < 8, "\(photo.header) \(reduction)")
                }
            }
        }
    }

    /// The mean of each block of side x side pixels, the last column and row being repeated.
    private func blockMeans(of image: Image, side: Int) -> [UInt8] {
        var means: [UInt8] = []
        for top in stride(from: 0, to: image.height, by: side) {
            for left in stride(from: 0, to: image.width, by: side) {
                var sums = (red: 0, green: 0, blue: 0)
                for y in top..<top + side {
                    for x in left..<left + side {
                        let pixel = image[min(x, image.width - 1), min(y, image.height - 1)]
                        sums.red += Int(pixel.red)
                        sums.green += Int(pixel.green)
                        sums.blue += Int(pixel.blue)
                    }
                }
                let area = side * side
                means += [sums.red, sums.green, sums.blue].map { UInt8(($0 + area / 2) / area) }
            }
        }
        return means
    }

    private func meanDifference(_ a: [UInt8], _ b: [UInt8]) -> Double {
        let sum = zip(a, b).reduce(0) { (sum: Int, pair: (UInt8, UInt8)) in sum + abs(Int(pair.0) - Int(pair.1)) }
        return Double(sum) / Double(a.count)
    }

    @Test func theStrongestReductionLeavesEnoughPixels() {
        let size = Size(width: 4000, height: 3000)
        #expect(Reduction.strongest(of: size, leaving: 1_000_000) == .half)
        #expect(Reduction.strongest(of: size, leaving: 750_000) == .quarter)
        #expect(Reduction.strongest(of: size, leaving: 1) == .eighth)
        #expect(Reduction.strongest(of: size, leaving: 20_000_000) == .full)
        #expect(Reduction.eighth.size(of: Size(width: 9, height: 8)) == Size(width: 2, height: 1))
    }

    @Test func everyKindOfBytesGivesTheSamePicture() throws {
        let bytes = try CodecFixture.named("jpeg EXIF MM 6")
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "photo.txt")
        let whole = try ImageFile.decode(bytes)
        #expect(try Image(bytes) == whole)
        #expect(try Image(Data(bytes)) == whole)
        #expect(try Image(bytes.span) == whole)
        #expect(try Image(contentsOf: folder.url.appendingPathComponent("photo.txt")) == whole)
        #expect(try ImageFile.decode(contentsOf: folder.url.appendingPathComponent("photo.txt")) == whole)
        // A slice of Data does not start at 0.
        #expect(try Image(Data([1, 2, 3] + bytes).dropFirst(3)) == whole)
    }

    @Test func aFileIsRefusedByItsFirstBytesAndItsSize() throws {
        let folder = try TemporaryFolder()
        func failure(_ name: String, limits: ImageLimits = .standard) -> ImagingError? {
            #expect(throws: ImagingError.self) { try EncodedImage(contentsOf: folder.url.appendingPathComponent(name), limits: limits) }
        }
        let path = { (name: String) in folder.url.appendingPathComponent(name).path }
        try folder.write([], to: "empty.jpg")
        try folder.write(Array("\0\0\0\u{18}ftypisom\0\0\0\0".utf8), to: "film.mov")
        let photo = try CodecFixture.named("png rgb 8")
        try folder.write(photo, to: "photo.png")
        // 3 GB that take no room: read whole, they would not fit.
        let film = try FileHandle(forWritingTo: folder.url.appendingPathComponent("film.mov"))
        try film.truncate(atOffset: 3 << 30)
        try film.close()
        #expect(failure("empty.jpg") == .unknownFormat(.empty))
        #expect(failure("film.mov") == .unknownFormat(.video))
        #expect(
            failure("photo.png", limits: ImageLimits(maximumBytes: photo.count - 1))
                == .tooManyBytes(count: photo.count, limit: photo.count - 1))
        #expect(failure("nothing.png") == .missingFile(path: path("nothing.png")))
        #expect(failure("photo.png/inside.png") == .missingFile(path: path("photo.png/inside.png")))
        #expect(failure(".") == .unreadableFile(path: path("."), reason: "is a folder, not a file"))
        #expect(mkfifo(path("pipe.jpg"), 0o600) == 0)
        #expect(
            failure("pipe.jpg")
                == .unreadableFile(path: path("pipe.jpg"), reason: "is no plain file; save what comes from it and name that"))
    }
}
