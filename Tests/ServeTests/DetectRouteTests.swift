import Cascade
import Foundation
import Hummingbird
import HummingbirdTesting
import Imaging
import Portraits
import Recognition
import Serve
import ServeSupport
import Testing

@Suite struct DetectRouteTests {
    /// A drawn portrait whose face the cascades find.
    private static func portrait() -> Image {
        let number = (0..<20).first { PortraitStudio.kind(of: $0) == .frontal } ?? 0
        return PortraitStudio(seed: 1).portrait(of: 0, number: number).image
    }

    @Test func objectsAreThoseOfTheEngine() async throws {
        let image = Self.portrait()
        let photo = try ImageFile.encodePNG(image)
        let plain = try CascadeClassifier.standard(.eye)
            .detections(
                in: image.grayscale(), try DetectionParameters(scaleFactor: 1.2, minNeighbors: 2, minSize: Size(width: 25, height: 25)))
        #expect(!plain.isEmpty)
        try await withRoutes { client in
            let query = "?cascade=haarcascade_eye.xml&scale-factor=1.2&min-neighbors=2&min-size=25x25&max-size=0x0"
            let response = try await client.post("/api/detect\(query)&levels=true", type: "image/png", photo)
            #expect(response.status == .ok)
            let answer = try response.decoded(DetectAnswer.self)
            #expect(answer.image == image.size)
            #expect(answer.cascade == "haarcascade_eye")
            #expect(answer.objects == plain.map(FoundObject.init))
            let short = try await client.post("/api/detect\(query)", type: "image/png", photo).decoded(DetectAnswer.self)
            #expect(short.objects == plain.map { FoundObject($0).plain })
            #expect(short.objects.allSatisfy { $0.level == nil && $0.weight == nil })
        }
    }

    @Test func severalPhotosEachHaveTheirObjectsOrProblem() async throws {
        let body = Pictures.multipart([
            ("file", "a.png", try ImageFile.encodePNG(Self.portrait())), ("file", "b.txt", Array("not a picture at all".utf8)),
        ])
        try await withRoutes { client in
            let response = try await client.post("/api/detect", type: "multipart/form-data; boundary=xYzZy", body)
            #expect(response.status == .ok)
            let photos = try #require(response.object["photos"] as? [[String: Any]])
            #expect(photos.map { $0["name"] as? String } == ["a.png", "b.txt"])
            #expect((photos[0]["answer"] as? [String: Any])?["cascade"] as? String == "haarcascade_frontalface_default")
            #expect((photos[1]["problem"] as? [String: Any])?["status"] as? Int == 415)
        }
    }

    @Test(
        arguments: [
            "cascade=nobody", "cascade=../../etc/passwd", "scale-factor=1", "scale-factor=nan", "scale-factor=x", "min-neighbors=-1",
            "min-neighbors=1.5", "min-size=5", "min-size=ax5", "max-size=1x2x3", "min-size=-1x4", "levels=maybe", "colour=red",
            "min-neighbors=99999999999999999999",
        ])
    func aBadQueryIsNamed(query: String) async throws {
        let photo = try Pictures.png()
        try await withRoutes { client in
            let response = try await client.post("/api/detect?\(query)", type: "image/png", photo)
            #expect(response.status == .badRequest)
            let problem = try response.decoded(ReadProblem.self)
            #expect(problem.type == "urn:lineup:problem:bad-parameter")
            #expect(!problem.advice.isEmpty)
        }
    }

    @Test func aSearchThatFindsTooMuchIsGivenUp() async throws {
        let photo = try ImageFile.encodePNG(Self.portrait())
        try await withRoutes(NamingDouble(), ServeConfiguration(limits: RequestLimits(hits: 3))) { client in
            let problem = try await client.post("/api/detect?min-neighbors=0", type: "image/png", photo).decoded(ReadProblem.self)
            #expect(problem.type == "urn:lineup:problem:too-many-hits")
            #expect(problem.status == 422)
            #expect(problem.limit == 3)
        }
    }

    @Test func aBadPhotoHereIsNoPhotoThatFailedToBeNamed() async throws {
        try await withRoutes { client in
            _ = try await client.post("/api/detect", type: "image/png", [1, 2, 3])
            #expect(try await client.get("/metrics").text.contains("lineup_photos_total{outcome=\"error\"}") == false)
        }
    }

    @Test func aSearchThatTakesTooLongIsGivenUp() async throws {
        let photo = try ImageFile.encodePNG(Self.portrait())
        let configuration = ServeConfiguration(timeouts: Timeouts(work: 1e-6))
        try await withRoutes(NamingDouble(), configuration) { client in
            let problem = try await client.post("/api/detect", type: "image/png", photo).decoded(ReadProblem.self)
            #expect(problem.type == "urn:lineup:problem:too-much-work")
            #expect(problem.status == 422)
        }
    }
}
