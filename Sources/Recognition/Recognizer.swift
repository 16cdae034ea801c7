import Cascade
import Foundation
import Imaging
import Learn

/// A loaded model that names the faces of photos: what the tool and the server use.
public struct Recognizer: FaceNaming {
    /// The loaded file.
    public let model: ModelFile
    /// Threads that work on one photo.
    public let threads: Int
    private let identity: ModelIdentity
    private let finder: FaceFinder
    private let extractor: FeatureExtractor

    /// Loads a model file, and reproduces its self-test.
    /// - Parameters:
    ///   - url: a file that `ModelFile.write(to:)` or `lineup train` wrote.
    ///   - threads: threads that work on one photo.
    ///   - checksSelfTest: whether the self-test is reproduced at once; who says false calls `checkSelfTest()` before the first answer.
    /// - Throws: `RecognitionError` where the file is missing, damaged, does not reproduce its self-test, or was trained with other
    ///   cascade files than those found here; `CascadeError` where these cannot be loaded.
    public init(contentsOf url: URL, threads: Int = availableCores, checksSelfTest: Bool = true) throws {
        try self.init(parsing: try ModelFile.bytes(of: url), path: url.path, threads: threads, checksSelfTest: checksSelfTest)
    }

    /// The same from bytes that come from `path`.
    public init(parsing bytes: [UInt8], path: String, threads: Int = availableCores, checksSelfTest: Bool = true) throws {
        model = try ModelFile(parsing: bytes, path: path)
        self.threads = threads
        identity = ModelIdentity(of: bytes)
        finder = try FaceFinder(recipe: model.metadata.recipe, threads: threads)
        extractor = try FeatureExtractor(settings: model.metadata.recipe.features)
        for (name, expected) in model.metadata.cascades.sorted(by: { $0.key < $1.key }) {
            let found = finder.cascadeDigests[name] ?? "none"
            guard found == expected else { throw RecognitionError.cascadeDiffers(name: name, expected: expected, found: found) }
        }
        if checksSelfTest { try checkSelfTest() }
    }

    /// How the model's photos are searched and measured.
    public var recipe: Recipe { model.metadata.recipe }
    /// In class order.
    public var labels: [String] { model.metadata.labels }
    /// What the model says of itself.
    public var summary: ModelSummary { ModelSummary(of: model, identity: identity) }

    /// Names the accepted faces of a decoded photo (`FaceFinder.accepted`), off the caller's thread.
    /// - Returns: the faces in the detector's order, each with the scores of all labels; none where no face is accepted.
    public func faces(in photo: Image) async throws -> [RecognizedFace] {
        try await offCooperativePool { _ in
            var pixels = PhotoPixels(photo)
            return try name(finder.accepted(finder.faces(in: &pixels)), in: &pixels)
        }
    }

    /// Computes the self-test vectors anew.
    /// - Throws: `RecognitionError.selfTestFailed` where they differ from those in the file.
    public func checkSelfTest() throws {
        try model.selfTest.check(model.classifier, extractor: extractor)
    }

    /// Decodes a photo and names the accepted faces, on the calling thread and `threads - 1` others.
    /// - Throws: `ImagingError` when the bytes are no readable picture; `CascadeError`, or `ImagingError.cancelled` while decoding, where a limit
    ///   ends the work.
    public func answer(for bytes: [UInt8], limits: PhotoLimits) throws -> PhotoAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        let file = try limits.open(bytes)
        var photo = try PhotoPixels(of: file, for: finder)
        let decoded = clock.now
        let found = try finder.faces(in: &photo, within: limits.search)
        let detected = clock.now
        let accepted = finder.accepted(found)
        let (chosen, others) = limits.parted(accepted)
        let faces = try name(chosen, in: &photo, within: limits.search)
        let classified = clock.now
        let why: UnnamedFace.Reason = recipe.finding == nil ? .noEyes : .doubtful
        let unnamed =
            found.filter { !accepted.contains($0) }.map { UnnamedFace(box: $0.box, eyes: $0.eyes, reason: why, quality: $0.quality) }
            + others.map { UnnamedFace(box: $0.box, eyes: $0.eyes, reason: .tooMany, quality: $0.quality) }
        return PhotoAnswer(
            image: photo.size, faces: faces, unnamed: unnamed, orientation: file.header.orientation.rawValue,
            reason: finder.reason(against: found, in: photo.size), model: identity,
            milliseconds: StageTimes(
                decode: (decoded - start) / .milliseconds(1), detect: (detected - decoded) / .milliseconds(1),
                classify: (classified - detected) / .milliseconds(1)))
    }

    /// The faces with their names, each from the pixels inside its box.
    private func name(_ faces: [FoundFace], in photo: inout PhotoPixels, within limits: SearchLimits = .none) throws -> [RecognizedFace] {
        guard !faces.isEmpty else { return [] }
        let crops = try photo.crops(of: faces.map(\.box))
        let rows = try Matrix(
            zip(faces, crops).map { face, crop in
                try limits.budget?.check()
                return try extractor.vector(of: crop, eyes: face.eyes.map { $0.offsetBy(x: -face.box.x, y: -face.box.y) })
            })
        let probabilities = try model.classifier.probabilities(rows, threads: threads)
        let names = PhotoNames(
            probabilities, labels: labels.count, unknown: model.unknown, together: recipe.refusesStrangers)
        return faces.enumerated().map { index, face in
            let scores = zip(labels, names.scores[index]).enumerated()
                .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
                .map { LabelScore(label: $0.element.0, score: $0.element.1) }
            let isKnown = names.areKnown[index]
            return RecognizedFace(
                box: face.box, eyes: face.eyes, label: isKnown ? scores[0].label : nil, known: isKnown, score: scores[0].score,
                scores: scores, quality: face.quality)
        }
    }
}
