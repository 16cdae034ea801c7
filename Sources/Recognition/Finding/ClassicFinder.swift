import Cascade
import Imaging

/// Finds faces with one cascade, and the eyes of each with another one: what the tutorial's pipeline does, number for number.
struct ClassicFinder: Sendable {
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

    private let face: Searcher
    private let eyes: Searcher

    /// Loads the two cascades.
    /// - Throws: `CascadeError` where a file is missing or damaged, or a parameter out of range.
    init(face: Recipe.Search, eyes: Recipe.Search, threads: Int) throws {
        self.face = try Searcher(face, threads: threads)
        self.eyes = try Searcher(eyes, threads: threads)
    }

    /// SHA-256 of each cascade file by its name.
    var cascadeDigests: [String: String] { [face.name: face.sha256, eyes.name: eyes.sha256] }

    /// Every face box in the detector's order, with its eyes. The eye cascade sees nothing outside the box.
    /// - Throws: `CascadeError`, as the limits say.
    func faces(in gray: Gray, within limits: SearchLimits) throws(CascadeError) -> [FoundFace] {
        var found: [FoundFace] = []
        for box in try face(gray, limits) {
            let eyes = try eyes(in: gray.cropped(to: box), within: limits)
            found.append(FoundFace(box: box, eyes: eyes.map { $0.offsetBy(x: box.x, y: box.y) }))
        }
        return found
    }

    /// The eyes in a face that has been cut out, as `faces(in:)` finds them in its box.
    /// - Throws: `CascadeError`, as the limits say.
    func eyes(in crop: Gray, within limits: SearchLimits) throws(CascadeError) -> [Rect] { try eyes(crop, limits) }

    /// Whether a photo is smaller than the face cascade's window.
    func isTooSmall(_ photo: Size) -> Bool {
        let window = face.classifier.windowSize
        return photo.width < window.width || photo.height < window.height
    }
}
