import Learn

extension FaceModel {
    /// How many numbers `evidence(_:pose:)` gives under these settings.
    package static func evidenceCount(_ settings: FindingSettings) -> Int {
        2 * (settings.searches.count + (settings.leaning == nil ? 0 : 1)) + 5
    }

    /// The file of the model that comes with Lineup, made by `FaceTrainer` (see docs/faces.md).
    package static var standardFile: [UInt8] { PackageResources.faces_safetensors }

    /// The model that comes with Lineup.
    /// - Throws: `LearnError.malformedModel`.
    static func standard(evidence: Int) throws(LearnError) -> FaceModel {
        try FaceModel(parsing: standardFile, evidence: evidence)
    }
}
