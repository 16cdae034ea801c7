import Foundation

extension CascadeClassifier {
    /// Reads a cascade file.
    /// - Throws: `CascadeError`: `.unreadable`, `.tooLarge` (found out before reading), or what is wrong in it.
    public init(contentsOfFile path: String) throws {
        let attributes: [FileAttributeKey: Any]
        let data: Data
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: path)
            let bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
            guard bytes <= Self.maximumFileSize else {
                throw CascadeError.tooLarge(path: path, bytes: bytes, limit: Self.maximumFileSize)
            }
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch let error as CascadeError {
            throw error
        } catch {
            throw CascadeError.unreadable(path: path, reason: error.localizedDescription)
        }
        try self.init(xml: [UInt8](data))
    }

    /// One of the standard cascades, looked for in these folders in turn: the environment's `LINEUP_CASCADES`,
    /// `../share/lineup/cascades` beside the running program, `/usr/local/share/lineup/cascades`, `/usr/share/lineup/cascades`,
    /// and `cascades` of the source checkout this was built from.
    /// - Throws: `CascadeError.notFound` with the folders, or what is wrong with the file.
    public static func standard(_ cascade: StandardCascade) throws -> CascadeClassifier {
        try CascadeClassifier(contentsOfFile: cascade.path())
    }
}
