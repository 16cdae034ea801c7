import Foundation
import Imaging
import Portraits
import Recognition
import Testing

struct PhotoPixelsTests {
    /// A portrait of twelve megapixels, in which the smallest face that is looked for has 67 pixels.
    private static let large: Image = {
        let portrait = PortraitStudio(seed: 1).portrait(of: 0, number: 5).image
        let side = 4000.0 / Double(max(portrait.width, portrait.height))
        return portrait.resizedLinear(
            to: Size(width: Int(Double(portrait.width) * side), height: Int(Double(portrait.height) * side)))
    }()

    @Test func aLargeJPEGIsDecodedSmallerAndItsFacesWhole() throws {
        let finder = try FaceFinder(recipe: .best)
        let file = try EncodedImage(try ImageFile.encodeJPEG(Self.large, quality: 90))
        let whole = try file.decode()
        var inPart = try PhotoPixels(of: file, for: finder)
        var inFull = PhotoPixels(whole)
        #expect(inPart.size == whole.size)
        #expect(inPart.luma.size == Reduction.half.size(of: whole.size))

        let face = try #require(try finder.faces(in: &inPart).first)
        let expected = try #require(try finder.faces(in: &inFull).first)
        #expect(face.box.overlap(expected.box) > 0.8)
        #expect(try inPart.crops(of: [face.box]) == [whole.cropped(to: face.box)])
        let corners = [Rect(x: 0, y: 0, width: 7, height: 5), Rect(x: whole.width - 9, y: whole.height - 3, width: 9, height: 3)]
        #expect(try inPart.crops(of: corners) == corners.map(whole.cropped))
    }

    @Test func theClassicRecipeSeesEveryPixel() throws {
        let file = try EncodedImage(try ImageFile.encodeJPEG(Self.large, quality: 90))
        let photo = try PhotoPixels(of: file, for: try FaceFinder(recipe: .classic))
        #expect(try photo.luma == file.decode().grayscale())
    }

    @Test func aPhotoNotMuchLargerThanItsFacesIsDecodedWhole() throws {
        let finder = try FaceFinder(recipe: .best)
        let small = Self.large.resizedArea(to: Size(width: Self.large.width / 2 - 200, height: Self.large.height / 2 - 200))
        for bytes in [try ImageFile.encodeJPEG(small, quality: 90), try ImageFile.encodePNG(Self.large.resizedArea(to: small.size))] {
            let file = try EncodedImage(bytes)
            var photo = try PhotoPixels(of: file, for: finder)
            #expect(try photo.luma == file.decode().grayscale())
            #expect(try finder.faces(in: &photo) == finder.faces(in: photo.luma))
        }
    }

    @Test func noFacesNeedNoColours() throws {
        var photo = PhotoPixels(Self.large)
        #expect(try photo.crops(of: []).isEmpty)
    }
}
