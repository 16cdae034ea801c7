import ArgumentParser
import Foundation
import Learn
import Recognition

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tells what is in a model file.",
        discussion: """
            Reads the file, checks it against itself, and reproduces its self-test vectors.

            EXAMPLES:
              lineup info model.safetensors
              lineup info model.safetensors --json
            """)

    @Argument(help: "A model file written by train.")
    var model: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let recognizer = try Recognizer(contentsOf: fileURL(model), threads: 1)
        let summary = recognizer.summary
        if json {
            try printJSONLine(summary)
            return
        }
        print("model       \(summary.identity.id), trained \(summary.trainedAt)")
        print("recipe      \(summary.recipe)")
        print("labels      " + zip(summary.labels, summary.counts).map { "\($0) (\($1))" }.joined(separator: ", "))
        print("data        SHA-256 \(summary.dataHash)")
        print("best        \(describe(summary.best))")
        if let grouped = summary.groupedMean {
            print(String(format: "grouped     %.4f with near-duplicate photos on one side of every split", grouped))
        }
        if let unknown = summary.unknown { print("strangers   \(describe(unknown))") }
        print("self-test   reproduced")
        print("candidates")
        for candidate in summary.candidates { print("  \(describe(candidate))") }
    }
}

/// For example "svm C=10 gamma=auto kernel=rbf: 0.7793 ± 0.1323".
func describe(_ candidate: ModelSummary.Candidate) -> String {
    let parameters = candidate.parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    if candidate.foldAccuracies.isEmpty { return "\(candidate.estimator)\(parameters): failed" }
    let verdict = candidate.tiesWithBest == false ? ", worse than the best beyond chance" : ""
    return "\(candidate.estimator)\(parameters): " + String(format: "%.4f ± %.4f", candidate.mean, candidate.standardDeviation) + verdict
}

/// What a threshold for strangers promises.
func describe(_ unknown: UnknownThreshold) -> String {
    String(
        format: "%.1f %% of strangers get a name (%.1f %% allowed), %.1f %% of known people get none; by leaving each person out",
        100 * unknown.falseAcceptRate, 100 * unknown.statedFalseAcceptRate, 100 * unknown.falseRejectRate)
}
