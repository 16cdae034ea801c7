import Foundation

/// Byte order of UTF-8 text: the order of every list that Lineup writes, the same under every locale.
func precedesInByteOrder(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// Names in a folder that do not start with a dot, in byte order.
/// - Throws: `RecognitionError.missing` or `.inputOutput`.
func visibleNames(in folder: URL) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
        throw RecognitionError.missing(path: folder.path, what: "folder")
    }
    do {
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !$0.hasPrefix(".") }
            .sorted(by: precedesInByteOrder)
    } catch {
        throw RecognitionError.inputOutput(path: folder.path, reason: error.localizedDescription)
    }
}

func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
}
