import Imaging
import Support

/// Several cascades that search a picture together: the shrunken layers, their summed-area tables and the windows' contrasts are made
/// once for all of them.
///
/// A member without a gate finds what its classifier finds alone, hit by hit. A member with a gate looks only near the windows that an
/// earlier member took for promising, which costs a fraction of a whole search.
///
///     let profile = try CascadeClassifier.standard(.profileFace)
///     let faces = try CascadeEnsemble(
///         [.init(try .standard(.frontalFaceAlt2)), .init(profile), .init(profile.mirrored())], scaleFactor: 1.2)
///     let found = try faces.detections(in: photo.grayscale())  // one list for each member
public struct CascadeEnsemble: Sendable {
    /// One cascade of an ensemble, with parameters of its own.
    public struct Member: Sendable {
        /// What looks at the windows.
        public var classifier: CascadeClassifier
        /// A group of overlapping hits counts when it has more than this many; 0 returns every single hit.
        public var minNeighbors: Int
        /// Smaller windows are not searched, in pixels of the picture.
        public var minSize: Size
        /// Larger windows are not searched; zero on either side means the whole picture.
        public var maxSize: Size
        /// n searches only every n-th step of the scale factor, counted from the cascade's own window size.
        public var scaleStride: Int
        /// Where to look; nil for everywhere.
        public var gate: Gate?
        /// Windows that passed at least so many stages are told by `sightings(in:within:threads:)`, too; nil tells none.
        public var nearStages: Int?

        /// A member that searches every layer everywhere by default.
        public init(
            _ classifier: CascadeClassifier, minNeighbors: Int = 3, minSize: Size = .zero, maxSize: Size = .zero, scaleStride: Int = 1,
            gate: Gate? = nil, nearStages: Int? = nil
        ) {
            self.classifier = classifier
            self.minNeighbors = minNeighbors
            self.minSize = minSize
            self.maxSize = maxSize
            self.scaleStride = scaleStride
            self.gate = gate
            self.nearStages = nearStages
        }
    }

    /// What a member saw.
    public struct Sighting: Hashable, Sendable {
        /// Windows that passed all stages, by scale, row and column; those of a mirrored classifier from right to left.
        public var hits: [Hit]
        /// Windows that passed at least `Member.nearStages` stages, hits among them, by scale, row and column; none where the member tells of none.
        public var near: [Rect]
    }

    /// Lets a member look only where earlier members came close.
    ///
    /// A window is visited when, for one of `members`, there is a window that passed at least its first `stages` stages, whose centre is
    /// at most `reach` of that window's sides away (across and down), in a layer at most `layers` steps of the scale factor away. All
    /// windows of the member's grid that fulfil this are visited: unlike a search without a gate, the right neighbour of a window that
    /// fails the first stage is not passed over.
    public struct Gate: Sendable, Hashable {
        /// Indices of earlier members.
        public var members: [Int]
        /// How many stages their windows have to pass, from 1 to 63.
        public var stages: Int
        /// In sides of the earlier member's window.
        public var reach: Double
        /// In steps of the scale factor.
        public var layers: Int

        /// A gate that opens near windows that passed `stages` stages of one of `members`.
        public init(_ members: [Int], stages: Int, reach: Double = 0.25, layers: Int = 1) {
            self.members = members
            self.stages = stages
            self.reach = reach
            self.layers = layers
        }
    }

    /// The cascades, in the order of the results.
    public let members: [Member]
    /// The ratio of one window size to the next smaller one, the same for all members.
    public let scaleFactor: Double
    private let search: CascadeSearch

    /// Puts cascades together.
    /// - Throws: `CascadeError.invalidParameter` when a parameter is outside its range (as `DetectionParameters`), or a gate names a member
    ///   that is not earlier, more stages than that member has, or a reach outside 0...16 or layers outside 0...64.
    public init(_ members: [Member], scaleFactor: Double = 1.1) throws(CascadeError) {
        self.members = members
        self.scaleFactor = scaleFactor
        var checked: [CascadeSearch.Member] = []
        for (index, member) in members.enumerated() {
            let parameters = try DetectionParameters(
                scaleFactor: scaleFactor, minNeighbors: member.minNeighbors, minSize: member.minSize, maxSize: member.maxSize)
            try CascadeError.check("scaleStride", member.scaleStride, in: 1...1024)
            if let gate = member.gate { try Self.check(gate, of: index, members) }
            if let stages = member.nearStages {
                try CascadeError.check("nearStages", stages, in: 1...min(member.classifier.stageCount, 63))
            }
            checked.append(
                .init(
                    classifier: member.classifier, parameters: parameters, scaleStride: member.scaleStride, gate: member.gate,
                    nearStages: member.nearStages))
        }
        search = CascadeSearch(checked)
    }

    private static func check(_ gate: Gate, of index: Int, _ members: [Member]) throws(CascadeError) {
        guard !gate.members.isEmpty else {
            throw .invalidParameter(name: "gate.members", value: "[]", allowed: "at least one earlier member")
        }
        for other in gate.members {
            guard (0..<index).contains(other) else {
                throw .invalidParameter(name: "gate.members", value: "\(other)", allowed: "members before \(index)")
            }
            try CascadeError.check("gate.stages", gate.stages, in: 1...min(members[other].classifier.stageCount, 63))
        }
        guard gate.reach >= 0, gate.reach <= 16 else {
            throw .invalidParameter(name: "gate.reach", value: "\(gate.reach)", allowed: "0 to 16")
        }
        try CascadeError.check("gate.layers", gate.layers, in: 0...64)
    }

    /// Every window that passes all stages of a member, before grouping: by member, then by scale, row and column.
    /// - Parameters:
    ///   - gray: the picture that is searched.
    ///   - limits: where to search, and what it may take, for all members together.
    ///   - threads: how many threads share the work; the result does not depend on it.
    /// - Throws: `CascadeError`, as the limits say, as `CascadeClassifier.detections(in:_:within:)`.
    /// - Complexity: the members' own searches, less what they share; with a gate, the layers are kept as well, 1 / (1 - 1 / scaleFactor^2)
    ///   bytes a pixel.
    public func hits(
        in gray: Gray, within limits: SearchLimits = .none, threads: Int = .allCores
    ) throws(CascadeError) -> [[Hit]] {
        try sightings(in: gray, within: limits, threads: threads).map(\.hits)
    }

    /// As `hits(in:within:threads:)`, with the windows that came near for the members that tell of them.
    public func sightings(
        in gray: Gray, within limits: SearchLimits = .none, threads: Int = .allCores
    ) throws(CascadeError) -> [Sighting] {
        try CascadeError.check("threads", threads, in: DetectionParameters.threadCounts)
        return try search.limited(in: gray, within: limits, threads: threads).sightings
    }

    /// What each member detects: its hits, grouped by its `minNeighbors` and cut to the picture.
    /// - Parameters:
    ///   - gray: the picture that is searched.
    ///   - limits: where to search, and what it may take, for all members together.
    ///   - threads: how many threads share the work; the result does not depend on it.
    /// - Throws: `CascadeError`, as the limits say.
    /// - Complexity: as `hits(in:within:threads:)`, and the grouping, see `groupRectangles(_:threshold:eps:)`.
    public func detections(
        in gray: Gray, within limits: SearchLimits = .none, threads: Int = .allCores
    ) throws(CascadeError) -> [[Detection]] {
        try CascadeError.check("threads", threads, in: DetectionParameters.threadCounts)
        let found = try search.limited(in: gray, within: limits, threads: threads)
        return try search.grouped(found)
    }
}
