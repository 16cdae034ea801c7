import Imaging

/// What is known of one photo of a sorted archive: a line of `answers.jsonl`.
public struct SortedPhoto: Sendable, Equatable, Codable {
    /// Inside the archive.
    public var path: RelativePath
    /// Of its file.
    public var bytes: Int
    /// When its file was last changed: seconds since 1970 with nine places.
    public var modified: String
    /// How its entries were made.
    public var mode: ArchiveSorter.Mode
    /// Which model answered.
    public var model: ModelIdentity
    /// Its size, EXIF orientation applied; absent where it could not be read.
    public var image: Size?
    /// As `PhotoAnswer` has them.
    public var faces: [RecognizedFace]
    /// As `PhotoAnswer` has them.
    public var unnamed: [UnnamedFace]
    /// Why there is no face to name; absent where there is one, and where the photo could not be read.
    public var reason: NoFaceReason?
    /// Why it could not be read, in words; absent where it could.
    public var error: String?
    /// Its links or copies inside the sorted folder, "folder/name". One that a person took away is still listed.
    public var entries: [RelativePath]
    /// Set only in the journal of a run under way: `entries` are those that may be there, and the photo is done again.
    public var unfinished: Bool?

    /// Whether one of its faces is somebody's.
    public var showsKnown: Bool { faces.contains { $0.label != nil } }
}

extension SortedPhoto {
    /// Whether what it says still holds for a photo that looks like `now`: the same file, answered by the same model. What could not be read is
    /// tried again.
    func holds(for now: SortedPhoto) -> Bool {
        unfinished != true && error == nil && bytes == now.bytes && modified == now.modified && model == now.model && mode == now.mode
    }

    /// What makes a line impossible, so that no file outside the sorted folder is ever touched; nil where nothing does.
    func contradiction() -> String? {
        if let entry = entries.first(where: { !$0.isLabelAndName }) { return "an entry \(entry) is not folder/name" }
        if error == nil && unfinished != true && (reason == nil) == faces.isEmpty { return "it has a reason and faces, or neither" }
        return nil
    }
}
