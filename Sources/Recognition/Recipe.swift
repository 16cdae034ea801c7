import Cascade
import Foundation

/// Everything that decides what is learned from a photo: how faces and eyes are searched and what is measured on a crop.
///
/// A model file carries its recipe, so a served model walks the same way as its training.
public struct Recipe: Sendable, Hashable, Codable {
    /// One cascade with the parameters it is run with.
    public struct Search: Sendable, Hashable, Codable {
        /// A standard cascade's name, without `.xml`.
        public var cascade: String
        /// How much each searched size is larger than the one before.
        public var scaleFactor: Double
        /// A hit needs more than this many raw hits around it.
        public var minNeighbors: Int

        /// A search by a standard cascade.
        public init(cascade: String, scaleFactor: Double, minNeighbors: Int) {
            self.cascade = cascade
            self.scaleFactor = scaleFactor
            self.minNeighbors = minNeighbors
        }
    }

    /// What users call it: "classic", "best".
    public var name: String
    /// Run on the whole gray photo.
    public var face: Search
    /// Run inside each face box, as if the box were a picture of its own.
    public var eyes: Search
    /// A face with fewer eyes is not accepted.
    public var minimumEyes: Int
    /// What is measured on a crop.
    public var features: FeatureSettings
    /// How faces and eyes are found instead by several searches and a verifier; absent where `face` and `eyes` say it all.
    public var finding: FindingSettings?

    /// The pipeline that many have copied from the Python tutorial, number for number.
    public static let classic = Recipe(
        name: "classic",
        face: Search(cascade: StandardCascade.frontalFaceDefault.rawValue, scaleFactor: 1.3, minNeighbors: 5),
        eyes: Search(cascade: StandardCascade.eye.rawValue, scaleFactor: 1.1, minNeighbors: 3),
        minimumEyes: 2,
        features: .classic)

    /// Faces found by several searches and a verifier, measured by descriptors that distinguish people better; the default.
    public static let best = Recipe(
        name: "best", face: classic.face, eyes: classic.eyes, minimumEyes: classic.minimumEyes, features: .standard, finding: .standard)

    /// All recipes by name, the default first.
    public static let all: [Recipe] = [best, classic]

    /// The recipe that users call so; nil where there is none.
    public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

    /// Whether training keeps near-duplicates on one side of the splits that choose, by default. The tutorial's
    /// pipeline ignores them.
    public var groupsDuplicates: Bool { name != Recipe.classic.name }

    /// Whether training takes faces that are unlike all known people for strangers, by default. The tutorial's pipeline names
    /// everybody.
    public var refusesStrangers: Bool { name != Recipe.classic.name }

    /// A short text that is equal exactly where two recipes find the same faces: a manifest line made under another one is
    /// not reused.
    var finderFingerprint: String {
        searchFingerprint + (picksFaces ? "+picked" : "")
    }

    private var searchFingerprint: String {
        if let finding { return finding.fingerprint }
        func text(_ search: Search) -> String { "\(search.cascade)/\(search.scaleFactor)/\(search.minNeighbors)" }
        return "\(text(face))+\(text(eyes))x\(minimumEyes)"
    }
}
