import Cascade
import Imaging

/// The searches of a finder, loaded.
package struct FaceSearches: Sendable {
    package let settings: FindingSettings
    package let digests: [String: String]
    private let ensemble: CascadeEnsemble
    private let union: CandidateUnion
    private let threads: Int

    /// Loads the cascades.
    /// - Throws: `CascadeError` where a file is missing or damaged, or a setting out of range.
    package init(_ settings: FindingSettings, threads: Int) throws {
        self.settings = settings
        var files: [String: CascadeFile] = [:]
        let least = Size(width: settings.smallestFace, height: settings.smallestFace)
        let members = try settings.searches.map { search in
            let file = try files[search.cascade] ?? CascadeFile(named: search.cascade)
            files[search.cascade] = file
            let classifier = try CascadeClassifier(xml: file.bytes)
            return CascadeEnsemble.Member(search.isMirrored ? classifier.mirrored() : classifier, minNeighbors: 0, minSize: least)
        }
        ensemble = try CascadeEnsemble(members, scaleFactor: settings.scaleFactor)
        digests = files.mapValues(\.sha256)
        union = CandidateUnion(settings.searches)
        self.threads = threads
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
    /// - Parameters:
    ///   - gray: a photo brought to `searchedSize`.
    ///   - limits: what the search may take.
    /// - Throws: `CascadeError`, as the limits ask.
    package func candidates(in gray: Gray, within limits: SearchLimits = .none) throws(CascadeError) -> [CandidateFace] {
        union.candidates(from: try ensemble.hits(in: gray, within: limits, threads: threads))
    }
}
