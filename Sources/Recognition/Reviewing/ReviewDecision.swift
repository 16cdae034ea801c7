import Imaging

/// What was decided of one crop: a line of the review's log.
public struct ReviewDecision: Sendable, Equatable, Codable {
    /// What is done with the crop.
    public enum Action: String, Sendable, Codable {
        /// It shows its label's person and stays.
        case keep
        /// It is put aside, where nobody learns from it.
        case reject
        /// It shows another label's person and goes to that label.
        case move
        /// Another face of its photo takes its place.
        case face
        /// A face that was sent from the service's page is taken into the folder.
        case add
        /// Such a face is not taken.
        case dismiss
    }

    /// Its number: 1 for the first of a folder, never given twice.
    public var id: Int
    /// When, as ISO 8601 in UTC.
    public var at: String
    /// What is done.
    public var action: Action
    /// "label/name" of the crop when it was decided.
    public var file: RelativePath
    /// Of the crop's file.
    public var sha256: String
    /// What the action makes: the crop's new path for `move`, the new crop's for `face`; absent otherwise.
    public var to: RelativePath?
    /// "label/name" of the photo that it was cut from; absent where that is not known.
    public var photo: RelativePath?
    /// Of the photo's file; absent where that is not known.
    public var photoSHA256: String?
    /// For `face`: the face's place in the manifest's `faces`.
    public var face: Int?
    /// For `face`: of the new crop's pixels.
    public var hash: DifferenceHash?
    /// Whether no person decided it, but `lineup review --auto`.
    public var isAutomatic: Bool

    /// Whether a decision that was read can be one that was written: its number has a next one, and no path leads out of its folder.
    var isPossible: Bool {
        (1...Int(Int32.max)).contains(id) && (0...Int(Int32.max)).contains(face ?? 0)
            && [file, to, photo].allSatisfy { $0?.isLabelAndName ?? true }
    }
}

/// What shall be done with a crop.
public enum ReviewChoice: Sendable, Hashable {
    /// It stays.
    case keep
    /// It is put aside.
    case reject
    /// It goes to the label of this name.
    case move(label: String)
    /// The face of this place in the manifest's `faces` takes its place.
    case face(Int)
}
