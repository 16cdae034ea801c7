import Imaging
import Recognition

/// The objects of one photo.
package struct DetectAnswer: Codable, Equatable, Sendable {
    package struct Times: Codable, Equatable, Sendable {
        package var decode: Double
        package var detect: Double
    }

    package var image: Size
    package var cascade: String
    package var objects: [FoundObject]
    package var milliseconds: Times
}
