import Foundation
import Hummingbird
import HummingbirdTesting
import Serve
import ServeSupport
import Testing

@Suite struct LegacyRouteTests {
    private static let form = "application/x-www-form-urlencoded"

    private static func body(_ photo: [UInt8]) -> [UInt8] {
        let text = Data(photo).base64EncodedString().replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
        return Array("image_data=data%3Aimage%2Fpng%3Bbase64%2C\(text)".utf8)
    }

    private struct Face: Decodable, Equatable {
        var `class`: String
        var class_probability: [Double]
        var class_dictionary: [String: Int]
    }

    @Test func theTutorialsContractHolds() async throws {
        let body = Self.body(try Pictures.png(faces: 2, score: 94))
        try await withRoutes { client in
            let response = try await client.post("/classify_image", type: Self.form, body)
            #expect(response.status == .ok)
            #expect(response.headers[.accessControlAllowOrigin] == "*")
            let faces = try response.decoded([Face].self)
            #expect(faces.map(\.class) == ["bruno", "leila"])
            #expect(faces[0].class_probability == [0.6, 94, 3, 1.5, 0.9])
            #expect(faces[0].class_dictionary == ["ada": 0, "bruno": 1, "leila": 2, "nia": 3, "ren": 4])
            #expect(response.text.contains("0.6,94,3,1.5,0.9"))
        }
    }

    @Test func noFaceIsAnEmptyListAndAStrangerIsUnknown() async throws {
        let (none, stranger) = (Self.body(try Pictures.png(faces: 0)), Self.body(try Pictures.png(faces: 1, score: 0)))
        try await withRoutes { client async throws in
            #expect(try await client.post("/classify_image", type: Self.form, none).text == "[]")
            #expect(try await client.post("/classify_image", type: Self.form, stranger).decoded([Face].self).map(\.class) == ["unknown"])
        }
    }

    @Test func aMultipartFormCarriesTheDataURLToo() async throws {
        let text = "data:image/png;base64," + Data(try Pictures.png()).base64EncodedString()
        let body = Array("--b\r\nContent-Disposition: form-data; name=\"image_data\"\r\n\r\n\(text)\r\n--b--\r\n".utf8)
        try await withRoutes { client in
            let response = try await client.post("/classify_image", type: "multipart/form-data; boundary=b", body)
            #expect(try response.decoded([Face].self).count == 1)
        }
    }

    @Test func errorsMayBeReadByAnyPageToo() async throws {
        try await withRoutes { client in
            for (body, status) in [("image_data=%", 400), ("other=1", 400), ("image_data=data:x;base64,R0lGODlh", 415)] {
                let response = try await client.post("/classify_image", type: Self.form, Array(body.utf8))
                #expect(Int(response.status.code) == status)
                #expect(response.headers[.accessControlAllowOrigin] == "*")
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test func preflightsAreAnsweredHereAndNowhereElse() async throws {
        try await withRoutes { client in
            let here = try await client.execute(uri: "/classify_image", method: .options)
            #expect(here.status == .noContent)
            #expect(here.headers[.accessControlAllowOrigin] == "*")
            #expect(here.headers[.accessControlAllowMethods] == "POST, OPTIONS")
            let elsewhere = try await client.execute(uri: "/api/classify", method: .options)
            #expect(elsewhere.status == .methodNotAllowed)
            #expect(elsewhere.headers[.accessControlAllowOrigin] == nil)
        }
    }
}
