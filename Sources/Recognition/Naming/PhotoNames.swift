import Learn

/// The names of all faces of one photo, from what a model says of each face alone.
package struct PhotoNames: Sendable, Equatable {
    /// Of each face, a score a label; they sum to 1.
    package let scores: [[Double]]
    /// Whether each face is one of the known people.
    package let areKnown: [Bool]

    /// Names the faces together where that is wanted and the model knows how sure it is that a face is somebody's: a label's score is the
    /// probability, over all joint answers, that the face is that person, and the probability that it is unknown is spread evenly
    /// over the labels, which keeps the sum 1 and the order. Else each face keeps its own probabilities.
    ///
    /// A face is known where its own confidence reaches the threshold and no surer face took its name.
    /// - Parameters:
    ///   - probabilities: each face's own, calibrated: of all labels and, in models that have one, of the class of bystanders.
    ///   - labels: how many labels there are.
    package init(_ probabilities: DoubleMatrix, labels: Int, unknown: UnknownThreshold?, together: Bool) {
        let rows = (0..<probabilities.rows).map { probabilities.row($0) }
        let confident = rows.map { unknown?.isKnown($0) ?? true }
        let among = probabilities.amongFirst(labels)
        let alone = rows.indices.map { Array(among.row($0)) }
        let faces = zip(rows, alone).compactMap { row, people in
            unknown?.strangerProbability(row).map { stranger in
                JointNaming.Face(people: people.map { (1 - stranger) * $0 }, nobody: stranger)
            }
        }
        guard together, faces.count == alone.count else {
            scores = alone
            areKnown = confident
            return
        }
        let joint = JointNaming.marginals(faces)
        scores = joint.map { face in face.people.map { $0 + face.nobody / Double(face.people.count) } }
        areKnown = joint.indices.map { confident[$0] && Self.best(joint[$0].people) == Self.best(alone[$0]) }
    }

    /// The place of the highest number; of equals the first.
    private static func best(_ numbers: [Double]) -> Int? {
        numbers.indices.max { (numbers[$0], $1) < (numbers[$1], $0) }
    }
}
