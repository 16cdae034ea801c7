import Foundation

extension CascadeClassifier {
    /// Reads a cascade file.
    /// - Throws: `CascadeError`: `.unreadable`, `.tooLarge` (found out before reading), or what is wrong in it.
    public init(contentsOfFile path: String) throws(CascadeError) {
        let bytes: [UInt8]
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
            guard size <= Self.maximumFileSize else {
                throw CascadeError.tooLarge(path: path, bytes: size, limit: Self.maximumFileSize)
            }
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch let error as CascadeError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        try self.init(xml: bytes)
    }

    /// One of the standard cascades, looked for in `StandardCascade.searchFolders`.
    /// - Throws: `CascadeError.notFound` with the folders, or what is wrong with the file.
    public static func standard(_ cascade: StandardCascade) throws(CascadeError) -> CascadeClassifier {
        try CascadeClassifier(contentsOfFile: cascade.path())
    }
}
