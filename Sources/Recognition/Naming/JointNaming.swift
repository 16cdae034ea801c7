/// Names the faces of one photo together: nobody is in one photo twice.
///
/// Taken alone, face f is known person k with probability p(f, k), and an unknown person with p(f, 0); these sum to 1. A joint answer `a` gives
/// every face a person or nobody, no person to two faces, and
///
///     P(a) ∝ Π over faces f of p(f, a(f))
///
/// What is returned for face f are the marginals of this joint answer: the probability, over all joint answers, that `a(f)` is person k.
/// One face alone keeps its own probabilities.
///
/// The known exception is a picture in which a person does appear twice: a mirror, a collage, a poster. Two faces that are equally
/// sure share the name, each with about half the probability, and the other half goes to "nobody": the name stays the most probable one.
package enum JointNaming {
    /// Up to so many faces are treated exactly; of more, those surest to be somebody, and each other face by itself, less the people
    /// that the exact ones took.
    package static let exactFaces = 8
    /// The least probability of "nobody": without it no answer would be possible where there are more faces than people.
    package static let leastNobody = 1e-9

    /// The probabilities of one face: of each known person, and of being unknown.
    package struct Face: Sendable, Equatable {
        /// One a person.
        package var people: [Double]
        package var nobody: Double

        package init(people: [Double], nobody: Double) {
            self.people = people
            self.nobody = nobody
        }

        var known: Double { 1 - nobody }
    }

    /// The marginals of the joint answer, in the order of `faces`.
    /// - Precondition: the same number of people in all faces; no negative probability.
    /// - Complexity: O(people * 2^m * m) with m = min(faces, 8), and O(faces * people).
    package static func marginals(_ faces: [Face]) -> [Face] {
        guard faces.count > 1 else { return faces }
        let order = faces.indices.sorted { (faces[$1].known, $0) < (faces[$0].known, $1) }
        let exact = Array(order.prefix(exactFaces))
        var answers = faces
        for (index, marginal) in zip(exact, exactMarginals(exact.map { faces[$0] })) { answers[index] = marginal }
        guard order.count > exact.count else { return answers }
        let free = faces[0].people.indices.map { person in
            max(0, 1 - exact.reduce(0) { $0 + answers[$1].people[person] })
        }
        for index in order.dropFirst(exact.count) {
            let people = zip(faces[index].people, free).map { $0 * $1 }
            answers[index] = normalised(people, nobody: faces[index].nobody)
        }
        return answers
    }

    /// A set of faces is the number whose bit f says that face f is in it. `taken[k][s]` is the weight of all ways to give some of the
    /// first k people to exactly the faces in s, and `left[k][s]` that of all ways to go on from there with the other people, the faces
    /// that remain being nobody.
    private static func exactMarginals(_ faces: [Face]) -> [Face] {
        let sets = 1 << faces.count
        let people = faces[0].people.count
        var taken = [[Double]](repeating: [Double](repeating: 0, count: sets), count: people + 1)
        var left = taken
        taken[0][0] = 1
        for person in 0..<people {
            taken[person + 1] = taken[person]
            for set in 0..<sets where taken[person][set] > 0 {
                for face in faces.indices where set >> face & 1 == 0 {
                    taken[person + 1][set | 1 << face] += taken[person][set] * faces[face].people[person]
                }
            }
        }
        for set in 0..<sets {
            var rest = 1.0
            for face in faces.indices where set >> face & 1 == 0 { rest *= max(faces[face].nobody, leastNobody) }
            left[people][set] = rest
        }
        for person in (0..<people).reversed() {
            for set in 0..<sets {
                var sum = left[person + 1][set]
                for face in faces.indices where set >> face & 1 == 0 {
                    sum += faces[face].people[person] * left[person + 1][set | 1 << face]
                }
                left[person][set] = sum
            }
        }
        let total = left[0][0]
        return faces.indices.map { face in
            var marginal = [Double](repeating: 0, count: people)
            for person in 0..<people {
                var ways = 0.0
                for set in 0..<sets where set >> face & 1 == 0 {
                    ways += taken[person][set] * left[person + 1][set | 1 << face]
                }
                marginal[person] = ways * faces[face].people[person] / total
            }
            return Face(people: marginal, nobody: max(0, 1 - marginal.reduce(0, +)))
        }
    }

    private static func normalised(_ people: [Double], nobody: Double) -> Face {
        let sum = people.reduce(max(nobody, leastNobody), +)
        return Face(people: people.map { $0 / sum }, nobody: max(nobody, leastNobody) / sum)
    }
}
