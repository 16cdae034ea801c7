import ArgumentParser
import Foundation
import Recognition
import SystemPackage

/// The command line as the system gave it: bytes, which the argument parser takes as text.
package enum Arguments {
    /// Scalars that stand for the bytes of an argument that are no UTF-8: U+10FF00 plus the byte, at the end of the planes for private
    /// use. An argument that has such a scalar of its own gets its bytes replaced as well, so that every text has one meaning.
    private static let escapes: ClosedRange<UInt32> = 0x10_FF00...0x10_FFFF

    /// The arguments after the program's name.
    /// - Throws: what `withFolder` throws.
    static func all() throws -> [String] {
        var isOver = false
        return try UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst().compactMap { argument in
            guard let argument else { return nil }
            let text = text(of: UnsafeBufferPointer(start: argument, count: strlen(argument)).map(UInt8.init(bitPattern:)))
            defer { isOver = isOver || text == "--" }
            return isOver ? text : try withFolder(text, exists: FileManager.default.fileExists(atPath:))
        }
    }

    /// "./-name" for a file "-name", which the parser would take for the options n, a, m and e; negative numbers, `-h` and all that
    /// begins otherwise as they are.
    /// - Throws: `ValidationError` for a "-name" that is no file: there is no option of one dash but `-h`.
    package static func withFolder(_ argument: String, exists: (String) -> Bool) throws -> String {
        guard argument.hasPrefix("-"), !argument.hasPrefix("--"), argument.count > 1, argument != "-h" else { return argument }
        if exists(argument) { return "./\(argument)" }
        guard argument.dropFirst().first?.isNumber == true else { throw ValidationError("there is no option \(argument), and no file") }
        return argument
    }

    /// Text for bytes, from which `bytes(of:)` gives them back.
    package static func text(of bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: { escapes.contains($0.value) }) {
            return text
        }
        // Bytes of ASCII stand for themselves in every text; in this one, all others are escaped.
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let value = byte < 0x80 ? UInt32(byte) : escapes.lowerBound + UInt32(byte)
            if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        }
        return String(text)
    }

    /// The bytes that `text(of:)` made a text of.
    package static func bytes(of text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            escapes.contains(scalar.value) ? [UInt8(scalar.value - escapes.lowerBound)] : Array(String(scalar).utf8)
        }
    }
}

/// A file named on the command line, by its bytes.
struct FileArgument: ExpressibleByArgument, CustomStringConvertible {
    let path: FilePath
    /// As it was given.
    let bytes: [UInt8]
    /// As people see it.
    let description: String

    init(argument: String) {
        bytes = Arguments.bytes(of: argument)
        path = FilePath(platformString: bytes.map(CChar.init(bitPattern:)) + [0])
        description = RelativePath(bytes: bytes).text
    }

    /// A file found in a folder that was named.
    init(path: FilePath) {
        self.path = path
        bytes = path.withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }.map(UInt8.init(bitPattern:))
        description = RelativePath(bytes: bytes).text
    }
}

/// A file or folder named on the command line.
func fileURL(_ path: String) -> URL { URL(fileURLWithPath: path) }
