import ArgumentParser
import Foundation
import Learn
import Recognition

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learns a model from a folder of crops.",
        discussion: """
            Measures every crop, searches the grid by cross-validation on all cores, refits the best candidate, calibrates its
            scores, and writes the model and an HTML report. A stopped or killed run goes on where it stopped.

            EXAMPLES:
              lineup train faces --out model.safetensors
              lineup train faces --out model.safetensors --recipe classic --folds 10
              lineup train faces --json --quiet | tail -n 1
            """)

    @Argument(help: "A folder of crops written by clean, one folder a label.")
    var faces: String

    @Option(help: ArgumentHelp("The model file to write.", valueName: "file"))
    var out = "model.safetensors"

    @Option(help: ArgumentHelp("The folder for the report.", valueName: "folder"))
    var report = "report"

    @OptionGroup var recipe: RecipeOption

    @Option(help: ArgumentHelp("How many parts cross-validation splits the crops into.", valueName: "K"))
    var folds = 5

    @Option(help: ArgumentHelp("The seed of everything random: the same seed, the same model.", valueName: "S"))
    var seed: UInt64 = 0

    @Flag(
        inversion: .prefixedNo,
        help:
            "Keep near-duplicate photos on one side of every split that chooses. On by default; off for the classic recipe, which then prints the grouped score beside."
    )
    var groupDuplicates: Bool?

    @Option(
        help: ArgumentHelp(
            "The share of strangers that may get a known person's name, for example 0.1: fits the threshold under which a face is nobody known, by leaving each of three or more people out. Everybody gets a name by default.",
            valueName: "R"))
    var falseAcceptRate: Double?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (2...1000).contains(folds) else { throw ValidationError("--folds takes a number from 2 to 1000, not \(folds)") }
        if let falseAcceptRate, !(0...1).contains(falseAcceptRate) {
            throw ValidationError("--false-accept-rate takes a share from 0 to 1, not \(falseAcceptRate)")
        }
    }

    func run() throws {
        let interrupt = Interrupt()
        let training = TrainingRequest(
            faces: fileURL(faces), model: fileURL(out), report: fileURL(report), recipe: recipe.recipe, folds: folds, seed: seed,
            groupDuplicates: groupDuplicates ?? (recipe.recipe.name != Recipe.classic.name), falseAcceptRate: falseAcceptRate)
        try train(training, common: common, cancellation: interrupt.cancellation)
    }
}

/// Everything that `train` and the demo ask for.
struct TrainingRequest {
    var faces: URL
    var model: URL
    var report: URL
    var recipe: Recipe
    var folds = 5
    var seed: UInt64 = 0
    var groupDuplicates: Bool
    var falseAcceptRate: Double?
}

/// Trains with progress, writes model and report, and tells the table.
@discardableResult
func train(_ request: TrainingRequest, common: CommonOptions, cancellation: Cancellation) throws -> ModelFile {
    let clock = ContinuousClock()
    let start = clock.now
    let measuring = Progress("measure", quiet: common.quiet)
    defer { measuring.finish() }
    let set = try TrainingSet(
        folder: request.faces, recipe: request.recipe, threads: common.threads, cancellation: cancellation, progress: measuring.update)
    measuring.finish()
    for file in set.skipped { Failure.say("\(file.path): \(file.reason); passed over") }

    let searching = Progress("search", quiet: common.quiet)
    defer { searching.finish() }
    let journal = request.model.deletingLastPathComponent().appendingPathComponent(".\(request.model.lastPathComponent).journal")
    let trainer = Trainer(
        recipe: request.recipe,
        settings: Trainer.Settings(
            seed: request.seed, folds: request.folds, groupDuplicates: request.groupDuplicates,
            falseAcceptRate: request.falseAcceptRate, threads: common.threads,
            journal: journal))
    let outcome = try trainer.train(set, cancellation: cancellation, progress: searching.update)
    searching.finish()
    try AtomicFile.write(try outcome.model.serialised(), to: request.model)
    let seconds = (clock.now - start) / .seconds(1)
    try Report(training: outcome, set: set, seconds: seconds).write(to: request.report)
    printTable(outcome.model, request: request, set: set, seconds: seconds, common: common)
    try common.printJSON(TrainingEvent(path: request.model, model: outcome.model, seconds: seconds))
    return outcome.model
}

private func printTable(_ model: ModelFile, request: TrainingRequest, set: TrainingSet, seconds: Double, common: CommonOptions) {
    let metadata = model.metadata
    common.printText("\(set.rows.count) crops of \(set.labels.count) people, \(Set(set.groups).count) different pictures")
    for (index, candidate) in metadata.candidates.enumerated() {
        common.printText("\(index == metadata.best ? "* " : "  ")\(describe(candidate))")
    }
    common.printText(String(format: "best, with near-duplicate photos on one side of every split: %.4f", metadata.groupedMean))
    if let unknown = model.unknown { common.printText(describe(unknown)) }
    common.printText(String(format: "model: %@ after %.1f s", request.model.path, seconds))
    common.printText("report: \(request.report.appendingPathComponent("index.html").path)")
}

/// The last line of `train --json`.
private struct TrainingEvent: Encodable {
    struct Candidate: Encodable {
        var estimator: String
        var parameters: [String: Parameter]
        var cvMean: Double
        var cvStd: Double
        var foldAccuracies: [Double]
        var tiesWithBest: Bool?

        enum CodingKeys: String, CodingKey {
            case estimator, parameters
            case cvMean = "cv_mean"
            case cvStd = "cv_std"
            case foldAccuracies = "fold_accuracies"
            case tiesWithBest = "ties_with_best"
        }

        init(_ candidate: ModelSummary.Candidate) {
            estimator = candidate.estimator
            parameters = candidate.parameters.mapValues(Parameter.init)
            cvMean = candidate.mean
            cvStd = candidate.standardDeviation
            foldAccuracies = candidate.foldAccuracies
            tiesWithBest = candidate.tiesWithBest
        }
    }

    /// A number where the text is one.
    struct Parameter: Encodable {
        var text: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if let number = Double(text) { try container.encode(number) } else { try container.encode(text) }
        }
    }

    var event = "done"
    var model: String
    var best: Candidate
    var groupedMean: Double
    var candidates: [Candidate]
    /// Absent where it was not asked for.
    var unknown: UnknownThreshold?
    var seconds: Double

    enum CodingKeys: String, CodingKey {
        case event, model, best, candidates, unknown, seconds
        case groupedMean = "grouped_mean"
    }

    init(path: URL, model file: ModelFile, seconds: Double) {
        let metadata = file.metadata
        model = path.path
        unknown = file.unknown
        best = Candidate(metadata.candidates[metadata.best])
        groupedMean = metadata.groupedMean
        candidates = metadata.candidates.map(Candidate.init)
        self.seconds = seconds
    }
}
