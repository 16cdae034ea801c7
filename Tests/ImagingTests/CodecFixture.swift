import Foundation
import Imaging
import Testing

/// A small file of `Fixtures/codecs.json` and what OpenCV decodes it to.
struct CodecFixture: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let format: ImageFormat
    let width: Int
    let height: Int
    /// The file, in base64.
    let file: Data
    /// R, G, B bytes; nil for a file that is no still picture.
    let rgb: Data?

    var bytes: [UInt8] { [UInt8](file) }
    var testDescription: String { name }

    static let all: [CodecFixture] = {
        do {
            return try JSONDecoder().decode([CodecFixture].self, from: try text("codecs.json"))
        } catch {
            return []  // `everyFixtureIsThere` fails then
        }
    }()

    static let readable = all.filter { $0.format.isBuiltIn && $0.rgb != nil }

    static func named(_ name: String) throws -> [UInt8] {
        guard let fixture = all.first(where: { $0.name == name }) else { throw CocoaError(.fileNoSuchFile) }
        return fixture.bytes
    }

    static func text(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)"))
    }
}
