import Recognition
import Support
import Testing

/// All faces of a photo named together.
struct JointNamingTests {
    private func faces(_ count: Int, people: Int, seed: UInt64) -> [JointNaming.Face] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let weights = (0...people).map { _ in Double(generator.next() % 1000 + 1) }
            let sum = weights.reduce(0, +)
            return JointNaming.Face(people: weights.dropLast().map { $0 / sum }, nobody: weights[people] / sum)
        }
    }

    /// The slow twin: every way to give each face a person or nobody.
    private func enumerated(_ faces: [JointNaming.Face]) -> [[Double]] {
        let people = faces[0].people.count
        var sums = faces.map { _ in [Double](repeating: 0, count: people) }
        var total = 0.0
        func go(_ face: Int, _ taken: [Int?], _ weight: Double) {
            guard face < faces.count else {
                total += weight
                for (face, person) in taken.enumerated() { if let person { sums[face][person] += weight } }
                return
            }
            go(face + 1, taken + [nil], weight * faces[face].nobody)
            for person in 0..<people where !taken.contains(person) { go(face + 1, taken + [person], weight * faces[face].people[person]) }
        }
        go(0, [], 1)
        return sums.map { $0.map { $0 / total } }
    }

    @Test(arguments: [(1, 3), (2, 1), (2, 4), (3, 2), (4, 5), (5, 3)])
    func marginalsAreThoseOfAllAnswers(faces count: Int, people: Int) {
        for seed in 0..<20 {
            let alone = faces(count, people: people, seed: UInt64(seed))
            let joint = JointNaming.marginals(alone)
            for (face, expected) in enumerated(alone).enumerated() {
                for person in 0..<people { #expect(abs(joint[face].people[person] - expected[person]) < 1e-12) }
                #expect(abs(joint[face].people.reduce(joint[face].nobody, +) - 1) < 1e-12)
            }
        }
    }

    @Test func oneFaceKeepsItsProbabilities() {
        let alone = faces(1, people: 6, seed: 1)
        #expect(JointNaming.marginals(alone) == alone)
    }

    @Test func theSurerFaceTakesTheName() {
        let sure = JointNaming.Face(people: [0.9, 0.05], nobody: 0.05)
        let doubtful = JointNaming.Face(people: [0.6, 0.3], nobody: 0.1)
        let joint = JointNaming.marginals([doubtful, sure])
        #expect(joint[1].people[0] > 0.8)
        #expect(joint[0].people[1] > joint[0].people[0])
    }

    @Test func twoPicturesOfOnePersonShareTheName() {
        let face = JointNaming.Face(people: [0.98, 0.01], nobody: 0.01)
        let joint = JointNaming.marginals([face, face])
        #expect(joint[0] == joint[1])
        #expect((0.4...0.5).contains(joint[0].people[0]))
        #expect(joint[0].people[0] > joint[0].people[1])
    }

    @Test func manyFacesAndCertainOnesStayProbabilities() {
        for count in [8, 9, 20] {
            for face in JointNaming.marginals(faces(count, people: 3, seed: 9)) {
                #expect(abs(face.people.reduce(face.nobody, +) - 1) < 1e-9)
                #expect(face.people.allSatisfy { (0...1).contains($0) })
            }
        }
        // More faces than people, none of which can be nobody.
        let certain = JointNaming.marginals((0..<3).map { _ in JointNaming.Face(people: [1], nobody: 0) })
        for face in certain { #expect(abs(face.people[0] - 1.0 / 3) < 1e-6) }
    }
}
