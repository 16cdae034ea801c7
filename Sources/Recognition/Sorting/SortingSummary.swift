/// What became of an archive's photos.
public struct SortingSummary: Sendable, Codable, Equatable {
    /// How many photos show a person.
    public struct Person: Sendable, Codable, Equatable {
        /// Who.
        public var label: String
        /// In how many photos.
        public var photos: Int
    }

    /// Photos in all.
    public var photos: Int
    /// Every person the model knows, in class order.
    public var people: [Person]
    /// Photos whose faces are all unknown.
    public var unknown: Int
    /// Photos without a face to name.
    public var noFace: Int
    /// Photos that could not be read.
    public var unreadable: Int
    /// Files that are no photos: passed over.
    public var notPhotos: Int
    /// Photos whose answer was there already.
    public var reused: Int
    /// Former entries that went since their photo was changed, removed or answered otherwise.
    public var removed: Int
    /// Entries that could not be made: something that sorting did not make lies in their places.
    public var occupied: [RelativePath]
    /// Folders that could not be listed: passed over.
    public var unlisted: [PhotoSet.Unlisted]
    /// How long it took.
    public var seconds: Double

    init(_ outcomes: [SortingWork.Outcome], labels: [String], removed: Int, unlisted: [PhotoSet.Unlisted], seconds: Double) {
        let photos = outcomes.compactMap(\.photo)
        // By bytes: two labels may look the same.
        let counts = Dictionary(
            photos.flatMap { photo in Set(photo.faces.compactMap(\.label).map { Array($0.utf8) }) }.map { ($0, 1) }, uniquingKeysWith: +)
        self.photos = photos.count
        people = labels.map { Person(label: $0, photos: counts[Array($0.utf8)] ?? 0) }
        unknown = photos.count { !$0.faces.isEmpty && !$0.showsKnown }
        noFace = photos.count { $0.faces.isEmpty && $0.error == nil }
        unreadable = photos.count { $0.error != nil }
        notPhotos = outcomes.count { $0.photo == nil }
        reused = outcomes.count { $0.reused }
        self.removed = removed
        occupied = outcomes.flatMap(\.occupied)
        self.unlisted = unlisted
        self.seconds = seconds
    }
}
