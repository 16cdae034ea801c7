import ArgumentParser
import Foundation
import Learn
import Recognition

#if ONNX
    import LearnONNX
#endif

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a model for other runtimes.",
        discussion: """
            The ONNX file takes the features that the model's recipe measures (input "features", one row a face) and gives the label
            (output "label") and the calibrated probabilities of all labels (output "probabilities"), in the order that
            lineup info prints. Whether a face is a stranger's is not in the graph: it needs the model file itself.

            EXAMPLES:
              lineup export model.safetensors --onnx model.onnx
            """)

    @Argument(help: "A model file written by train.")
    var model: String

    @Option(help: ArgumentHelp("The ONNX file to write.", valueName: "model.onnx"))
    var onnx: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let file = try Recognizer(contentsOf: fileURL(model), threads: 1).model
        let bytes = try bytes(of: file)
        try AtomicFile.write(bytes, to: fileURL(onnx))
        if json {
            try printJSONLine(
                Line(
                    onnx: onnx, bytes: bytes.count, features: file.classifier.featureCount, labels: file.metadata.labels,
                    unknown: file.unknown))
        } else {
            print("\(onnx): \(bytes.count) bytes, \(file.classifier.featureCount) features, \(file.metadata.labels.count) labels")
        }
    }

    #if ONNX
        private func bytes(of file: ModelFile) throws -> [UInt8] {
            try ONNXExport.bytes(of: file.classifier, labels: file.metadata.labels, hasBackground: file.metadata.bystanders != nil)
        }
    #else
        private func bytes(of file: ModelFile) throws -> [UInt8] { throw MissingTrait(name: "ONNX", use: "writes ONNX files") }
    #endif

    private struct Line: Encodable {
        var onnx: String
        var bytes: Int
        var features: Int
        var labels: [String]
        /// Absent where the model names everybody.
        var unknown: UnknownThreshold?
    }
}
