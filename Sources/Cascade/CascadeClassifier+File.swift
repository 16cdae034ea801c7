import Support

extension CascadeClassifier {
    /// Reads a cascade file.
    /// - Throws: `CascadeError`: `.unreadable`, `.tooLarge` (found out before reading), or what is wrong in it.
    public init(contentsOfFile path: String) throws(CascadeError) {
        try self.init(xml: try Self.contents(of: path))
    }

    private static func contents(of path: String) throws(CascadeError) -> [UInt8] {
        let file: PlainFile
        do { file = try PlainFile(path) } catch { throw .unreadable(path: path, reason: error.reason) }
        guard file.size <= maximumFileSize else { throw .tooLarge(path: path, bytes: file.size, limit: maximumFileSize) }
        do { return try file.bytes() } catch { throw .unreadable(path: path, reason: error.reason) }
    }

    /// One of the standard cascades, looked for in `StandardCascade.searchFolders`.
    /// - Throws: `CascadeError.notFound` with the folders, or what is wrong with the file.
    public static func standard(_ cascade: StandardCascade) throws(CascadeError) -> CascadeClassifier {
        try CascadeClassifier(contentsOfFile: cascade.path())
    }
}
