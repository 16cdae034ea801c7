import Foundation
import Imaging
import Recognition
import Serve
import ServeSupport
import Testing

/// What features are measured on, as pictures over HTTP.
@Suite struct ViewsTests {
    private struct Answer: Decodable {
        struct Picture: Decodable {
            var name: String
            var png: String
        }
        var pictures: [Picture]
    }

    @Test func theThreePicturesAreThoseOfTheFace() async throws {
        let photo = try Pictures.png(width: 300, height: 200)
        let (box, eyes) = (
            Rect(x: 60, y: 40, width: 120, height: 120),
            [Rect(x: 84, y: 76, width: 24, height: 24), Rect(x: 132, y: 76, width: 24, height: 24)]
        )
        let query = "box=60,40,120,120&eyes=84,76,24,24&eyes=132,76,24,24"
        let expected = try FacePictures(
            of: ImageFile.decode(photo).cropped(to: box), eyes: eyes.map { $0.offsetBy(x: -box.x, y: -box.y) })
        try await withRoutes { client in
            let response = try await client.post("/api/views?\(query)", type: "image/png", photo)
            let pictures = try response.decoded(Answer.self).pictures
            #expect(pictures.map(\.name) == ["upright", "even_light", "wavelet"])
            for (picture, gray) in zip(pictures, [expected.upright, expected.evenLight, expected.wavelet]) {
                let png = try #require(Data(base64Encoded: picture.png))
                let pixels = try ImageFile.decode([UInt8](png)).grayscale().pixels
                #expect(pixels == gray.pixels, "\(picture.name)")
            }
        }
    }

    @Test(arguments: [
        "", "box=1,2,3", "box=1,2,0,3", "box=0,0,65,48", "box=a,b,c,d", "box=1,2,3,4&eyes=1", "box=1,2,3,4&x=1", "box=1,2,3,4,",
    ])
    func aFaceThatIsNoneIsRefused(_ query: String) async throws {
        let photo = try Pictures.png()
        try await withRoutes { client in
            let response = try await client.post("/api/views?\(query)", type: "image/png", photo)
            #expect(try response.decoded(ReadProblem.self).type == "urn:lineup:problem:bad-parameter")
        }
    }
}
