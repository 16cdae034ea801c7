import Learn

extension FaceModel {
    /// A file with the model: tensors `alignment` (4 x 1765) and `verifier`.
    /// - Parameter about: what it was learned from.
    package func file(about: [String: String]) -> Safetensors {
        Safetensors(
            metadata: about,
            tensors: [
                "alignment": Tensor(alignment.flatMap { $0 }, shape: [4, FaceModel.gradientCount + 1]),
                "verifier": Tensor(verifier),
            ])
    }

    /// Reads a model.
    /// - Parameter evidence: how many numbers beside the gradients the verifier takes.
    /// - Throws: `LearnError.malformedModel`.
    package init(parsing bytes: [UInt8], evidence: Int) throws(LearnError) {
        let file = try Safetensors(parsing: bytes)
        let width = Self.gradientCount + 1
        guard let moves = file.tensors["alignment"]?.floats, moves.count == 4 * width else {
            throw LearnError.malformedModel(reason: "no tensor 'alignment' of 4 x \(width) float32", offset: 0)
        }
        guard let verifier = file.tensors["verifier"]?.floats, verifier.count == width + evidence else {
            throw LearnError.malformedModel(reason: "no tensor 'verifier' of \(width + evidence) float32", offset: 0)
        }
        guard moves.allSatisfy(\.isFinite), verifier.allSatisfy(\.isFinite) else {
            throw LearnError.malformedModel(reason: "a weight is not a finite number", offset: 0)
        }
        alignment = (0..<4).map { Array(moves[$0 * width..<($0 + 1) * width]) }
        self.verifier = verifier
    }
}
