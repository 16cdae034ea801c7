import Cascade
import Imaging

/// The searches of a finder, loaded.
package struct FaceSearches: Sendable {
    package let settings: FindingSettings
    /// SHA-256 of each cascade file by its name.
    package let digests: [String: String]
    private let ensemble: CascadeEnsemble
    private let union: CandidateUnion
    private let leaning: LeaningSearch?
    private let threads: Int

    /// Loads the cascades.
    /// - Throws: `CascadeError` where a file is missing or damaged, or a setting out of range.
    package init(_ settings: FindingSettings, threads: Int) throws {
        self.settings = settings
        self.threads = threads
        var loaded: [String: (file: CascadeFile, classifier: CascadeClassifier)] = [:]
        let least = Size(width: settings.smallestFace, height: settings.smallestFace)
        let members = try settings.searches.enumerated().map { index, search in
            let classifier: CascadeClassifier
            if let known = loaded[search.cascade] {
                classifier = known.classifier
            } else {
                let file = try CascadeFile(named: search.cascade)
                classifier = try CascadeClassifier(xml: file.bytes)
                loaded[search.cascade] = (file, classifier)
            }
            return CascadeEnsemble.Member(
                search.isMirrored ? classifier.mirrored() : classifier, minNeighbors: 0, minSize: least,
                gate: search.gate.map { CascadeEnsemble.Gate([0], stages: $0, reach: 0.4, layers: 2) },
                nearStages: index == 0 ? settings.leaning?.gate : nil)
        }
        leaning = try settings.leaning.map { try LeaningSearch(members[0].classifier, $0, threads: threads) }
        ensemble = try CascadeEnsemble(members, scaleFactor: settings.scaleFactor)
        digests = loaded.mapValues(\.file.sha256)
        union = CandidateUnion(settings.searches)
    }

    /// The size of the picture in which the smallest face that is looked for has `smallestFace` pixels: the photo's own, or less.
    package func searchedSize(of photo: Size) -> Size {
        let longest = settings.smallestFace * settings.longSideShare
        let long = max(photo.width, photo.height)
        guard long > longest else { return photo }
        func shrunk(_ side: Int) -> Int { max(Int((Double(side * longest) / Double(long)).rounded()), 1) }
        return Size(width: shrunk(photo.width), height: shrunk(photo.height))
    }

    /// Where a face may be, in pixels of `gray`.
    /// - Parameter gray: a photo brought to `searchedSize`.
    /// - Throws: `CascadeError`, as the limits say.
    package func candidates(in gray: Gray, within limits: SearchLimits = .none) throws(CascadeError) -> [CandidateFace] {
        let seen = try ensemble.sightings(in: gray, within: limits, threads: threads)
        let hits = seen.map(\.hits)
        guard let leaning else { return try union.candidates(from: hits, within: limits.budget) }
        // Near windows overlap as hits do; their places are those of candidates.
        let near = seen[0].near.map { Hit(rect: $0, weight: 0) }
        let places = try union.candidates(from: [near], within: limits.budget).map(\.square)
        return try union.candidates(
            from: hits, leaning: try leaning.hits(in: gray, at: places, within: limits), within: limits.budget)
    }
}
