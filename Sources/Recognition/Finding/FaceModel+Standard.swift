import Learn

extension FaceModel {
    /// How many numbers `evidence(_:pose:)` gives under these settings.
    package static func evidenceCount(_ settings: FindingSettings) -> Int { 2 * settings.searches.count + 4 }

    /// The model that comes with Lineup, made by `FaceTrainer` (see docs/faces.md).
    /// - Throws: `LearnError.malformedModel`.
    static func standard(evidence: Int) throws(LearnError) -> FaceModel {
        try FaceModel(parsing: PackageResources.faces_safetensors, evidence: evidence)
    }
}
