import Imaging

/// A place where eye cascades saw an eye, in an upright view of a face whose expected eyes are known.
package struct EyeMark: Hashable, Sendable {
    package var place: Place
    /// The mean width of what the cascades saw.
    package var width: Double
    /// Hits of all cascades together.
    package var neighbors: Int
    /// How many of the cascades saw it.
    package var cascades: Int

    package init(place: Place, width: Double, neighbors: Int, cascades: Int) {
        self.place = place
        self.width = width
        self.neighbors = neighbors
        self.cascades = cascades
    }

    /// Unites what several cascades saw: marks at most `reach` apart from the first, heaviest one become one, in the mean place.
    package static func united(_ marks: [EyeMark], reach: Double) -> [EyeMark] {
        let sorted = marks.enumerated().sorted { ($1.element.neighbors, $0.offset) < ($0.element.neighbors, $1.offset) }.map(\.element)
        var groups: [[EyeMark]] = []
        for mark in sorted {
            if let near = groups.firstIndex(where: { length(of: $0[0].place - mark.place) <= reach }) {
                groups[near].append(mark)
            } else {
                groups.append([mark])
            }
        }
        return groups.map { group in
            let neighbors = group.reduce(0) { $0 + $1.neighbors }
            let place = group.reduce(Place.zero) { $0 + Double($1.neighbors) * $1.place } / Double(neighbors)
            let width = group.reduce(0) { $0 + Double($1.neighbors) * $1.width } / Double(neighbors)
            return EyeMark(place: place, width: width, neighbors: neighbors, cascades: group.reduce(0) { $0 + $1.cascades })
        }
    }
}

/// Chooses the two eyes of a face among marks, by where eyes lie in a face, their sizes, and how many cascades agree.
package struct EyeChoice: Sendable {
    /// Where the eyes are expected.
    package var expected: FacePose
    /// How far an eye may lie from there, in distances between the eyes.
    package var tolerance: Double

    package init(expected: FacePose, tolerance: Double) {
        self.expected = expected
        self.tolerance = tolerance
    }

    /// Two eyes and how sure they are.
    package struct Result: Hashable, Sendable {
        package var eyes: FacePose
        /// 0 to 1; under 0.5 where only one eye was seen and the other one is where it is expected.
        package var confidence: Double
    }

    /// The eyes, or nil where no mark lies near enough to either.
    package func choice(among marks: [EyeMark]) -> Result? {
        let left = marks.filter { distance($0, expected.left) <= tolerance }
        let right = marks.filter { distance($0, expected.right) <= tolerance }
        var best: (cost: Double, result: Result)?
        for a in left {
            for b in right where a != b {
                guard let cost = cost(a, b), cost < best?.cost ?? .infinity else { continue }
                let agreement = strength(a) * strength(b)
                let confidence = 0.5 + 0.5 * agreement / (1 + cost)
                best = (cost, Result(eyes: FacePose(left: a.place, right: b.place), confidence: confidence))
            }
        }
        if let best { return best.result }
        // One eye: hidden, turned away or closed is the other one. The pair keeps its gap and its slope.
        let one = left.map { ($0, true) } + right.map { ($0, false) }
        func single(_ mark: EyeMark, isLeft: Bool) -> Double {
            strength(mark) * (1 - distance(mark, isLeft ? expected.left : expected.right) / (2 * tolerance))
        }
        guard let (mark, isLeft) = one.max(by: { single($0.0, isLeft: $0.1) < single($1.0, isLeft: $1.1) }) else { return nil }
        let shift = (mark.place - (isLeft ? expected.left : expected.right)) / 2
        let eyes = FacePose(left: expected.left + shift, right: expected.right + shift)
        return Result(eyes: eyes, confidence: 0.5 * single(mark, isLeft: isLeft))
    }

    /// How far two marks are from being the pair that is expected, 0 where they are; nil for two that are no pair.
    private func cost(_ a: EyeMark, _ b: EyeMark) -> Double? {
        let gap = (b.place - a.place) / expected.distance
        guard 0.7...1.35 ~= gap.x, abs(gap.y) <= 0.35 else { return nil }
        let size = abs(a.width - b.width) / max(a.width, b.width)
        let places = (distance(a, expected.left) + distance(b, expected.right)) / tolerance
        return places + abs(gap.x - 1) / 0.3 + abs(gap.y) / 0.3 + size - 0.5 * (strength(a) + strength(b)) + 1
    }

    /// 0 to 1: from a few hits of one cascade to many of all.
    private func strength(_ mark: EyeMark) -> Double {
        let hits = Double(mark.neighbors)
        return hits / (hits + 6) * (0.7 + 0.1 * Double(min(mark.cascades, 3)))
    }

    private func distance(_ mark: EyeMark, _ place: Place) -> Double { length(of: mark.place - place) / expected.distance }
}

/// The Euclidean length of a step.
private func length(of step: Place) -> Double { (step.x * step.x + step.y * step.y).squareRoot() }
