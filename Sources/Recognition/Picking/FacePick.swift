import Imaging

/// A candidate face as picking sees it.
package struct PickableFace: Sendable, Hashable {
    /// In pixels of its photo.
    package var box: Rect
    /// The finder's probability that it is a face at all.
    package var probability: Double

    package init(box: Rect, probability: Double) {
        self.box = box
        self.probability = probability
    }
}

/// One photo of a labelled folder, with all faces found in it.
package struct PickablePhoto: Sendable, Hashable {
    /// The number of its label.
    package var label: Int
    /// Photos of one group show the same picture, or nearly, and never vouch for each other.
    package var group: Int
    package var faces: [PickableFace]

    package init(label: Int, group: Int, faces: [PickableFace]) {
        self.label = label
        self.group = group
        self.faces = faces
    }
}

/// The face that was taken for the person whom a photo's label means.
public struct FacePick: Sendable, Hashable, Codable {
    /// Its place among the photo's faces.
    public var face: Int
    /// The probability that it is the person, as far as the other photos tell: 0 to 1.
    public var confidence: Double

    /// A pick of one face.
    public init(face: Int, confidence: Double) {
        self.face = face
        self.confidence = confidence
    }
}

extension Rect {
    /// Intersection over union; 0 for two empty boxes.
    package func overlap(_ other: Rect) -> Double {
        let width = max(0, min(x + self.width, other.x + other.width) - max(x, other.x))
        let height = max(0, min(y + self.height, other.y + other.height) - max(y, other.y))
        let both = Double(width * height)
        let either = Double(self.width * self.height + other.width * other.height) - both
        return either > 0 ? both / either : 0
    }
}
