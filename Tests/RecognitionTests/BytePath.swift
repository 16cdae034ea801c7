import Foundation
import SystemPackage

/// Files whose names are bytes and no text.
enum BytePath {
    /// Writes a file, making the folder it lies in.
    static func write(_ bytes: [UInt8], to path: [UInt8], in folder: URL) throws {
        let parts = path.split(separator: UInt8(ascii: "/")).map { Array($0) }
        let above = file(parts[0], in: folder)
        above.withPlatformString { _ = mkdir($0, 0o755) }
        let descriptor = try FileDescriptor.open(
            file(path, in: folder), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }

    static func file(_ path: [UInt8], in folder: URL) -> FilePath {
        FilePath(platformString: Array(folder.path.utf8).map(CChar.init(bitPattern:)) + [0x2F] + path.map(CChar.init(bitPattern:)) + [0])
    }
}
