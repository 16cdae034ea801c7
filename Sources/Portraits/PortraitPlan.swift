/// A portrait that is still to be drawn: where it goes, and what draws it.
public struct PlannedPortrait: Sendable {
    /// The athlete's.
    public let label: String
    /// For example `ada_lindqvist_007.png`; the caller chooses how to encode.
    public let fileName: String
    /// What it will show.
    public let kind: PortraitKind
    private let studio: PortraitStudio
    private let athlete: Int
    private let number: Int

    init(studio: PortraitStudio, athlete: Int, number: Int, place: Int) {
        label = PortraitStudio.athletes[athlete].label
        let digits = String(place)
        fileName = "\(label)_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits + ".png"
        kind = PortraitStudio.kind(of: number)
        self.studio = studio
        self.athlete = athlete
        self.number = number
    }

    /// Draws it; every call gives the same pixels.
    public func draw() -> Portrait { studio.portrait(of: athlete, number: number) }
}

/// The demo's photos: those to learn from, and others kept aside to test with.
public struct PortraitPlan: Sendable {
    /// To learn from.
    public let training: [PlannedPortrait]
    /// To test with; none of them is in `training`.
    public let keptAside: [PlannedPortrait]

    /// A few of those kept aside to be shown: the first two frontal portraits of each athlete, and one of each kind that is refused.
    public var showcase: [PlannedPortrait] {
        var chosen: [PlannedPortrait] = []
        for kind in PortraitKind.allCases {
            for label in Set(keptAside.map(\.label)).sorted() {
                let limit = kind == .frontal ? 2 : (chosen.contains { $0.kind == kind } ? 0 : 1)
                chosen += keptAside.filter { $0.label == label && $0.kind == kind }.prefix(limit)
            }
        }
        return chosen
    }
}

extension PortraitStudio {
    /// Plans `training` and `keptAside` portraits of each athlete, no portrait twice; athlete by athlete, in order of number.
    ///
    /// One of six cannot be learned from (see `kind(of:)`), so the default gives 50 frontal portraits of each athlete to learn from.
    /// - Precondition: neither number is negative.
    public func plan(training: Int = 60, keptAside: Int = 24) -> PortraitPlan {
        precondition(training >= 0 && keptAside >= 0, "a plan has no negative number of portraits")
        func portraits(_ numbers: Range<Int>) -> [PlannedPortrait] {
            PortraitStudio.athletes.indices.flatMap { athlete in
                numbers.map { PlannedPortrait(studio: self, athlete: athlete, number: $0, place: $0 - numbers.lowerBound + 1) }
            }
        }
        return PortraitPlan(training: portraits(0..<training), keptAside: portraits(training..<(training + keptAside)))
    }
}
