import Cascade
import Imaging
import Support

/// A place where one or more searches saw a face.
package struct CandidateFace: Hashable, Sendable {
    /// What one search says of it.
    package struct Statement: Hashable, Sendable {
        /// How many of the search's windows saw it.
        package var neighbors = 0
        /// The highest sum of the last stage among them; 0 where there are none.
        package var weight = 0.0

        package init(neighbors: Int = 0, weight: Double = 0) {
            self.neighbors = neighbors
            self.weight = weight
        }
    }

    /// The mean of all hits, in pixels of the searched picture.
    package var square: FaceSquare
    /// One a search, in the searches' order; the last one of the look for heads that lean, where there is one.
    package var statements: [Statement]
    /// How far the head leans by the mean of all hits, in radians: positive clockwise.
    package var roll: Double

    package init(square: FaceSquare, statements: [Statement], roll: Double = 0) {
        self.square = square
        self.statements = statements
        self.roll = roll
    }

    /// The usual eyes of a face that is there.
    package var pose: FacePose { FacePose(in: square, roll: roll) }

    /// The hits of all searches.
    package var neighbors: Int { statements.reduce(0) { $0 + $1.neighbors } }
}

/// Unites the hits of several searches into candidate faces.
///
/// Each search has its own idea of where a face's square ends, so hits are first brought to the squares of the frontal search. Two of them
/// belong together when their centres differ by at most 0.2 of the smaller side, across and down, and their sides by at most
/// 0.3 of it; candidates are the connected components.
package struct CandidateUnion: Sendable {
    /// How a search's square lies to the frontal search's: shift to the right, and ratio of the sides.
    package struct Geometry: Hashable, Sendable {
        package var right: Double
        package var side: Double
    }

    package let geometries: [Geometry]

    package init(_ searches: [FindingSettings.Search]) {
        geometries = searches.map { search in
            guard search.cascade == FindingSettings.profileCascade else { return Geometry(right: 0, side: 1) }
            // Measured against the boxes of one other detector: a profile's square reaches far behind the face.
            return Geometry(right: search.isMirrored ? 0.155 : -0.155, side: 0.823)
        }
    }

    /// The square of a face as the frontal search would give it.
    package func square(of hit: Hit, search: Int) -> FaceSquare {
        let geometry = geometries[search]
        var square = FaceSquare(hit.rect)
        square.centre.x += geometry.right * square.side
        square.side *= geometry.side
        return square
    }

    /// - Parameters:
    ///   - hits: one list a search.
    ///   - leaning: of the look for heads that lean; nil where there was none.
    ///   - budget: asked for every 256th hit.
    /// - Returns: candidates in the order of their first hits.
    /// - Throws: `CascadeError`, as the budget asks.
    /// - Complexity: O(hits x candidates' hits nearby); all pairs where all hits lie in one place.
    package func candidates(
        from hits: [[Hit]], leaning: [LeaningSearch.Sighted]? = nil, within budget: SearchBudget? = nil
    ) throws(CascadeError) -> [CandidateFace] {
        var all: [(square: FaceSquare, search: Int, weight: Double, roll: Double)] = []
        for (search, found) in hits.enumerated() {
            all += found.map { (square(of: $0, search: search), search, $0.weight, 0) }
        }
        all += (leaning ?? []).map { ($0.square, hits.count, $0.weight, $0.roll) }
        let searches = hits.count + (leaning == nil ? 0 : 1)
        // Sorted by column, so that only a strip has to be looked through for the neighbours of a hit.
        let order = all.indices.sorted { (all[$0].square.centre.x, $0) < (all[$1].square.centre.x, $1) }
        var components = UnionFind(count: all.count)
        for (place, i) in order.enumerated() {
            if place % 256 == 0 { try budget?.check() }
            let square = all[i].square
            for j in order[(place + 1)...] {
                guard all[j].square.centre.x - square.centre.x <= 0.2 * square.side else { break }
                if Self.belongTogether(square, all[j].square) { components.join(i, j) }
            }
        }
        var members: [[Int]] = []
        for (i, group) in components.groups().enumerated() {
            if group == members.count { members.append([]) }
            members[group].append(i)
        }
        return members.map { members in
            var statements = [CandidateFace.Statement](repeating: .init(), count: searches)
            var sum = (centre: Place.zero, side: 0.0, roll: 0.0)
            for i in members {
                let hit = all[i]
                let before = statements[hit.search]
                statements[hit.search].neighbors += 1
                statements[hit.search].weight = before.neighbors == 0 ? hit.weight : max(before.weight, hit.weight)
                sum.centre += hit.square.centre
                sum.side += hit.square.side
                sum.roll += hit.roll
            }
            let count = Double(members.count)
            return CandidateFace(
                square: FaceSquare(centre: sum.centre / count, side: sum.side / count), statements: statements, roll: sum.roll / count)
        }
    }

    private static func belongTogether(_ a: FaceSquare, _ b: FaceSquare) -> Bool {
        let side = min(a.side, b.side)
        return abs(a.centre.x - b.centre.x) <= 0.2 * side && abs(a.centre.y - b.centre.y) <= 0.2 * side
            && abs(a.side - b.side) <= 0.3 * side
    }
}
