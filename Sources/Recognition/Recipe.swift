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
        public var scaleFactor: Double
        public var minNeighbors: Int

        public init(cascade: String, scaleFactor: Double, minNeighbors: Int) {
            self.cascade = cascade
            self.scaleFactor = scaleFactor
            self.minNeighbors = minNeighbors
        }
    }

    public var name: String
    /// Run on the whole gray photo.
    public var face: Search
    /// Run inside each face box, as if the box were a picture of its own.
    public var eyes: Search
    /// A face with fewer eyes is not accepted.
    public var minimumEyes: Int
    public var features: FeatureSettings

    /// The pipeline that many have copied from the Python tutorial, number for number.
    public static let classic = Recipe(
        name: "classic",
        face: Search(cascade: StandardCascade.frontalFaceDefault.rawValue, scaleFactor: 1.3, minNeighbors: 5),
        eyes: Search(cascade: StandardCascade.eye.rawValue, scaleFactor: 1.1, minNeighbors: 3),
        minimumEyes: 2,
        features: .classic)

    /// The same faces and eyes, measured by descriptors that tell people apart better; the default.
    public static let best = Recipe(
        name: "best", face: classic.face, eyes: classic.eyes, minimumEyes: classic.minimumEyes, features: .composition(.standard))

    /// All recipes by name, the default first.
    public static let all: [Recipe] = [best, classic]

    public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

    /// A short text that is equal exactly where two recipes find the same faces: a manifest line made under another one is
    /// not reused.
    var finderFingerprint: String {
        "\(face.cascade)/\(face.scaleFactor)/\(face.minNeighbors)+\(eyes.cascade)/\(eyes.scaleFactor)/\(eyes.minNeighbors)x\(minimumEyes)"
    }
}
