import Cascade
import Imaging

/// A face box with the eyes found in it, all in pixels of the photo.
public struct FoundFace: Sendable, Hashable, Codable {
    /// The face.
    public var box: Rect
    /// In the detector's order; empty where none was found.
    public var eyes: [Rect]

    /// A face with its eyes.
    public init(box: Rect, eyes: [Rect]) {
        self.box = box
        self.eyes = eyes
    }
}

/// Searches a photo for faces, and each face for eyes, as a recipe says.
public struct FaceFinder: Sendable {
    /// A loaded cascade, the parameters it runs with, and the digest of its file.
    private struct Searcher: Sendable {
        let classifier: CascadeClassifier
        let parameters: DetectionParameters
        let name: String
        let sha256: String

        init(_ search: Recipe.Search, threads: Int) throws {
            let file = try CascadeFile(named: search.cascade)
            classifier = try CascadeClassifier(xml: file.bytes)
            parameters = try DetectionParameters(
                scaleFactor: search.scaleFactor, minNeighbors: search.minNeighbors, threads: threads)
            name = file.name
            sha256 = file.sha256
        }

        func callAsFunction(_ gray: Gray, _ limits: SearchLimits) throws(CascadeError) -> [Rect] {
            try classifier.detections(in: gray, parameters, within: limits).map(\.rect)
        }
    }

    /// How it searches.
    public let recipe: Recipe
    private let face: Searcher
    private let eyes: Searcher

    /// Loads the recipe's two cascades.
    /// - Throws: `CascadeError` where a file is missing or damaged, or a parameter of the recipe out of range.
    public init(recipe: Recipe, threads: Int = 1) throws {
        self.recipe = recipe
        face = try Searcher(recipe.face, threads: threads)
        eyes = try Searcher(recipe.eyes, threads: threads)
    }

    /// SHA-256 of each cascade file by its name.
    public var cascadeDigests: [String: String] { [face.name: face.sha256, eyes.name: eyes.sha256] }

    /// Every face box in the detector's order, with its eyes. The eye cascade sees nothing outside the box.
    /// - Parameter limits: what each search may take; a budget in them is shared by all.
    /// - Throws: `CascadeError`, as the limits ask.
    public func faces(in gray: Gray, within limits: SearchLimits = .none) throws -> [FoundFace] {
        try face(gray, limits).map { box in
            FoundFace(box: box, eyes: try eyes(in: gray.cropped(to: box), within: limits).map { $0.offsetBy(x: box.x, y: box.y) })
        }
    }

    /// The eyes in a face that has been cut out, as `faces` finds them in its box.
    /// - Throws: `CascadeError`, as the limits ask.
    public func eyes(in crop: Gray, within limits: SearchLimits = .none) throws -> [Rect] { try eyes(crop, limits) }

    /// Whether enough eyes were found in the face.
    public func accepts(_ face: FoundFace) -> Bool { face.eyes.count >= recipe.minimumEyes }

    /// Why none of `faces` is accepted; nil where one is.
    public func reason(against faces: [FoundFace], in photo: Size) -> NoFaceReason? {
        if faces.contains(where: accepts) { return nil }
        if !faces.isEmpty { return .noEyes }
        let window = face.classifier.windowSize
        return photo.width < window.width || photo.height < window.height ? .tooSmall : .noFace
    }
}
