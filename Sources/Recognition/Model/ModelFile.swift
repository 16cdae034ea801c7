import Foundation
import Imaging
import Learn
import Support

/// A trained model with everything needed to use it: a safetensors file whose metadata holds labels, recipe, cross-validation
/// table and the digest of the training data, and whose tensors hold the classifier, the training crops' hashes and the
/// self-test vectors. Data only; loading one executes nothing.
public struct ModelFile: Sendable {
    /// Everything that is not numbers.
    public let metadata: ModelMetadata
    /// Features in, calibrated probabilities of all labels out, and behind them of bystanders where the model has learned from some.
    public let classifier: CalibratedClassifier
    /// Which faces are taken for unknown people; nil where everybody gets the most probable name.
    public let unknown: UnknownThreshold?
    /// Of the crops it was trained on.
    public let trainingHashes: [DifferenceHash]
    let selfTest: SelfTest

    /// Puts together what a training found.
    init(
        classifier: CalibratedClassifier, unknown: UnknownThreshold?, set: TrainingSet, search: SearchResult, groupedMean: Double,
        confusion: [[Int]], folds: Int, chosenOnGroups: Bool, bystanders: Int
    ) throws {
        // A file without bystanders is read by former versions too.
        metadata = ModelMetadata(
            schema: bystanders > 0 ? ModelMetadata.newestSchema : 1, labels: set.labels, counts: set.counts,
            bystanders: bystanders > 0 ? bystanders : nil, recipe: set.recipe,
            cascades: set.cascades, folds: folds, chosenOnGroups: chosenOnGroups,
            candidates: zip(search.candidates, try search.tiesWithBest(labels: set.classes)).map(ModelSummary.Candidate.init),
            best: search.bestIndex, groupedMean: groupedMean, confusion: confusion,
            trainedAt: Date().formatted(.iso8601), dataHash: set.dataHash)
        self.classifier = classifier
        self.unknown = unknown
        trainingHashes = set.rows.map(\.hash)
        selfTest = try SelfTest(of: classifier, extractor: set.extractor)
    }

    /// Calibrated probabilities of all labels and nobody else, for rows of features.
    func labelProbabilities(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try classifier.probabilities(rows, threads: threads).amongFirst(metadata.labels.count)
    }

    private static let metadataKey = "lineup"
    private static let hashesKey = "training.hashes"
    private static let featuresKey = "selftest.features"
    private static let probabilitiesKey = "selftest.probabilities"

    /// The file's bytes.
    public func serialised() throws -> [UInt8] {
        var file = Safetensors()
        file.metadata[Self.metadataKey] = String(decoding: try JSON.encode(metadata), as: UTF8.self)
        try classifier.write(to: &file)
        try unknown?.write(to: &file)
        file.tensors[Self.hashesKey] = Tensor(trainingHashes.flatMap(\.bytes), shape: [trainingHashes.count, 32])
        file.tensors[Self.featuresKey] = Tensor(selfTest.features.values, shape: [selfTest.features.rows, selfTest.features.columns])
        file.tensors[Self.probabilitiesKey] = Tensor(
            selfTest.probabilities.values, shape: [selfTest.probabilities.rows, selfTest.probabilities.columns])
        return file.serialised()
    }

    /// Writes the file: it appears whole under its name or not at all.
    /// - Throws: `RecognitionError.inputOutput` with the system's reason.
    public func write(to url: URL) throws {
        try AtomicFile.write(try serialised(), to: url)
    }

    /// Reads what `serialised()` gave.
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - path: where the bytes come from, for error messages.
    /// - Throws: `RecognitionError.damagedModel` with what is wrong.
    public init(parsing bytes: [UInt8], path: String) throws(RecognitionError) {
        do {
            let file = try Safetensors(parsing: bytes)
            metadata = try ModelFile.metadata(in: file)
            classifier = try CalibratedClassifier(reading: file)
            unknown = try UnknownThreshold.reading(file)
            trainingHashes = try ModelFile.hashes(in: file)
            selfTest = try ModelFile.selfTest(in: file, features: classifier.featureCount, classes: classifier.classCount)
        } catch {
            throw .damagedModel(path: path, reason: (error as? Inconsistency)?.reason ?? "\(error)")
        }
        do {
            try requireConsistency()
        } catch {
            throw .damagedModel(path: path, reason: error.reason)
        }
    }

    private struct Inconsistency: Error {
        var reason: String
    }

    private static func metadata(in file: Safetensors) throws -> ModelMetadata {
        guard let json = file.metadata[metadataKey] else {
            throw Inconsistency(reason: "it has no \(metadataKey) metadata: another program's file")
        }
        struct Schema: Decodable { var schema: Int }
        do {
            let data = Data(json.utf8)
            let schema = try JSONDecoder().decode(Schema.self, from: data).schema
            guard schema <= ModelMetadata.newestSchema else {
                throw Inconsistency(reason: "its schema \(schema) is newer than \(ModelMetadata.newestSchema), the newest known here")
            }
            return try JSONDecoder().decode(ModelMetadata.self, from: data)
        } catch let error as DecodingError {
            throw Inconsistency(reason: "its metadata cannot be read: \(error)")
        }
    }

    private static func hashes(in file: Safetensors) throws -> [DifferenceHash] {
        guard let tensor = file.tensors[hashesKey], tensor.type == .uint8, tensor.shape.count == 2, tensor.shape[1] == 32 else {
            throw Inconsistency(reason: "\(hashesKey) is missing or misshapen")
        }
        return try stride(from: 0, to: tensor.bytes.count, by: 32).map { start in
            guard let hash = DifferenceHash(Hexadecimal.string(tensor.bytes[start..<start + 32])) else {
                throw Inconsistency(reason: "\(hashesKey) holds no hash at byte \(start)")
            }
            return hash
        }
    }

    private static func selfTest(in file: Safetensors, features: Int, classes: Int) throws -> SelfTest {
        let count = SelfTest.crops.count
        guard let vectors = file.tensors[featuresKey], vectors.shape == [count, features], let values = vectors.floats,
            let expected = file.tensors[probabilitiesKey], expected.shape == [count, classes], let probabilities = expected.doubles
        else {
            throw Inconsistency(reason: "the self-test vectors are missing or misshapen")
        }
        return SelfTest(
            features: Matrix(rows: count, columns: features, values: values),
            probabilities: DoubleMatrix(rows: count, columns: classes, values: probabilities))
    }

    /// What must agree between metadata and numbers.
    private func requireConsistency() throws(Inconsistency) {
        let extractor: FeatureExtractor
        do {
            extractor = try FeatureExtractor(settings: metadata.recipe.features)
        } catch {
            throw Inconsistency(reason: "its recipe cannot be followed: \(error)")
        }
        if let finding = metadata.recipe.finding,
            FaceModel.evidenceCount(finding) != FaceModel.evidenceCount(.standard)
        {
            throw Inconsistency(reason: "its faces were found in another way than this version's: clean the photos into another folder")
        }
        let classes = metadata.labels.count + (metadata.bystanders == nil ? 0 : 1)
        guard classes == classifier.classCount, metadata.counts.count == metadata.labels.count else {
            throw Inconsistency(reason: "\(metadata.labels.count) labels for \(classifier.classCount) classes")
        }
        guard Set(metadata.labels.map { Array($0.utf8) }).count == metadata.labels.count else {
            throw Inconsistency(reason: "a label appears twice")
        }
        guard classifier.featureCount == extractor.count else {
            throw Inconsistency(reason: "\(classifier.featureCount) features, its recipe measures \(extractor.count)")
        }
        guard metadata.candidates.indices.contains(metadata.best) else {
            throw Inconsistency(reason: "the best candidate is number \(metadata.best) of \(metadata.candidates.count)")
        }
        let places = metadata.labels.indices
        for entry in metadata.confusion ?? [] {
            guard entry.count == 3, places.contains(entry[0]), places.contains(entry[1]), entry[2] > 0 else {
                throw Inconsistency(reason: "its confusion matrix has the entry \(entry) among \(places.count) labels")
            }
        }
    }
}

extension DifferenceHash {
    /// The 32 bytes that `description` shows as digits.
    var bytes: [UInt8] {
        let digits = Array(description.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
