import Cascade
import Foundation

/// A standard cascade's file as a recipe names it: its bytes and their digest. It is parsed only where faces are searched.
struct CascadeFile: Sendable {
    /// Without `.xml`.
    let name: String
    let bytes: [UInt8]
    /// Of the bytes, as 64 hexadecimal digits.
    let sha256: String

    /// Reads the file.
    /// - Throws: `CascadeError.notFound` where no standard cascade has the name or its file is nowhere; `RecognitionError` where it
    ///   cannot be read.
    init(named name: String) throws {
        guard let cascade = StandardCascade(named: name) else {
            throw CascadeError.notFound(name: name, searched: ["the names of the standard cascades"])
        }
        self.name = name
        bytes = try FileBytes.read(URL(fileURLWithPath: try cascade.path()))
        sha256 = FileBytes.sha256(bytes)
    }
}

extension Recipe {
    /// SHA-256 of each of the recipe's cascade files by its name; parses none.
    /// - Throws: what reading them throws.
    func cascadeDigests() throws -> [String: String] {
        let names = finding?.cascades ?? [face.cascade, eyes.cascade]
        let files = try Set(names).map(CascadeFile.init(named:))
        return Dictionary(files.map { ($0.name, $0.sha256) }) { first, _ in first }
    }
}
