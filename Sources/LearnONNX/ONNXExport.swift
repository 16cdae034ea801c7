import Foundation
import Learn
import SwiftProtobuf

/// Models as ONNX files (https://onnx.ai): IR version 8, operator sets ai.onnx 17 and ai.onnx.ml 3.
///
/// The graph contains everything from raw features to the label: preprocessing, model, calibration. It computes in double
/// precision and rounds where Learn rounds, so that a runtime finds the same labels, and probabilities within 1e-5.
///
/// | name | type | |
/// |---|---|---|
/// | input `features` | float [rows, columns] | rows before preprocessing |
/// | output `label` | string [rows], int64 without label names | the predicted class |
/// | output `probabilities` | float [rows, classes] | in the order of the labels, each row summing to 1 |
/// | output `scores` | float [rows, classes] | of a ``Pipeline`` only: ``Classifier/scores(_:threads:)`` |
public enum ONNXExport {
    static let machineLearningDomain = "ai.onnx.ml"

    /// A calibrated classifier; `label` is the most probable class.
    /// - Parameters:
    ///   - classifier: the model.
    ///   - labels: names of the classes; nil makes `label` the class numbers.
    ///   - hasBackground: whether the last class is the background's, which has no name and is left out of the answers: the probabilities
    ///     of the others are divided by their sum.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` unless there is one name a class,
    ///   ``LearnError/memoryLimit(neededBytes:allowedBytes:)`` for a model above 2 GiB, which the format cannot hold,
    ///   ``LearnError/notStorable(model:)`` for a model of a method from outside Learn.
    /// - Complexity: O(size of the model).
    public static func bytes(
        of classifier: CalibratedClassifier, labels: [String]? = nil, hasBackground: Bool = false
    ) throws(LearnError) -> [UInt8] {
        var graph = ONNXGraph()
        let answer = try emit(classifier.pipeline, into: &graph)
        var probabilities = graph.emit(classifier.calibration, on: answer.scores, classCount: classifier.classCount)
        let answered = classifier.classCount - (hasBackground ? 1 : 0)
        if hasBackground { probabilities = graph.amongFirst(answered, of: probabilities) }
        try finish(&graph, deciding: probabilities, probabilities: probabilities, labels: labels, classCount: answered)
        return try serialised(graph)
    }

    /// A pipeline as it was learned; `label` follows the estimator's own decision rule, and `probabilities` are the model's own:
    /// the output is missing for support vector machines, which have none.
    /// - Parameters:
    ///   - pipeline: preprocessing and model, without calibration.
    ///   - labels: names of the classes; nil makes `label` the class numbers.
    /// - Throws: as ``bytes(of:labels:hasBackground:)``.
    /// - Complexity: O(size of the model).
    public static func bytes(of pipeline: Pipeline, labels: [String]? = nil) throws(LearnError) -> [UInt8] {
        var graph = ONNXGraph()
        let answer = try emit(pipeline, into: &graph)
        try finish(
            &graph, deciding: answer.deciding, probabilities: answer.probabilities, labels: labels, classCount: pipeline.classCount)
        graph.output(
            graph.cast(answer.scores, to: .float), as: "scores", type: .float, columns: pipeline.classCount,
            explanation: "One number a class, larger for more likely classes.")
        return try serialised(graph)
    }

    private static func emit(_ pipeline: Pipeline, into graph: inout ONNXGraph) throws(LearnError) -> ONNXGraph.Answer {
        graph.setName("lineup")
        let features = graph.input("features", type: .float, columns: pipeline.featureCount, explanation: "One sample a row.")
        var rows = graph.widened(features)
        for step in pipeline.steps { rows = graph.emit(step, on: rows) }
        return try graph.emit(pipeline.model, on: rows)
    }

    private static func finish(
        _ graph: inout ONNXGraph, deciding: ONNXGraph.Value, probabilities: ONNXGraph.Value?, labels: [String]?, classCount: Int
    ) throws(LearnError) {
        let winner = graph.argmax(deciding)
        if let labels {
            guard labels.count == classCount else {
                throw LearnError.invalidParameter(name: "labels", value: "\(labels.count)", allowed: "one name a class, \(classCount)")
            }
            graph.output(
                graph.add("Gather", graph.constant(labels), winner, attributes: [.onnx("axis", 0)]), as: "label", type: .string,
                columns: nil, explanation: "The name of the predicted class.")
        } else {
            graph.output(winner, as: "label", type: .int64, columns: nil, explanation: "The number of the predicted class.")
        }
        guard let probabilities else { return }
        graph.output(
            graph.cast(probabilities, to: .float), as: "probabilities", type: .float, columns: classCount,
            explanation: "One number a class in the order of the labels; each row sums to 1.")
    }

    private static func serialised(_ graph: ONNXGraph) throws(LearnError) -> [UInt8] {
        var model = Onnx_ModelProto()
        model.irVersion = 8
        model.producerName = "Lineup"
        model.graph = graph.proto
        model.opsetImport = [operators("", version: 17), operators(machineLearningDomain, version: 3)]
        do {
            return try model.serializedBytes()
        } catch {
            // Nothing is required in these messages: size alone can stand in the way.
            throw LearnError.memoryLimit(neededBytes: graph.proto.estimatedBytes, allowedBytes: Int(Int32.max))
        }
    }

    private static func operators(_ domain: String, version: Int64) -> Onnx_OperatorSetIdProto {
        var operators = Onnx_OperatorSetIdProto()
        operators.domain = domain
        operators.version = version
        return operators
    }
}
