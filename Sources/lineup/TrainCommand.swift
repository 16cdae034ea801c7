import ArgumentParser
import Foundation
import Learn
import Recognition
import Support

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
              lineup train faces --out model.safetensors --grid classic
              lineup train faces --json --quiet | tail -n 1
              lineup train faces --grid wide --search-shard 0/4      one of four tasks; then, when all have ended:
              lineup train faces --grid wide --merge
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

    @Option(help: ArgumentHelp("How often cross-validation splits the crops anew.", valueName: "R"))
    var repeats = 1

    @Option(help: ArgumentHelp("The seed of everything random: the same seed, the same model.", valueName: "S"))
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp("What is searched: classic (the tutorial's), best, or wide; the recipe's own by default.", valueName: "grid"))
    var grid: GridName?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Keep near-duplicate photos on one side of every split that chooses. On by default; off for the classic recipe, which then prints the grouped score beside."
    )
    var groupDuplicates: Bool?

    @Option(
        help: ArgumentHelp(
            "The share of strangers that may get a known person's name, for example 0.1: fits the threshold under which a face is unknown, by leaving each of three or more people out. Default: the best recipe lets one known person in twenty lose the name, the classic one names everybody.",
            valueName: "R"))
    var falseAcceptRate: Double?

    @Option(
        help: ArgumentHelp(
            "Bounds the memory that training takes: of many crops all of it, of fewer what it keeps beside their features: bytes, or with K, M or G.",
            valueName: "bytes"))
    var memory = MemorySize(megabytes: Trainer.Settings.standardMemory)

    @Option(help: ShardArgument.help("search"))
    var searchShard: ShardArgument?

    @Flag(help: "Take over what the shards of the search found out, do what is missing, and train.")
    var merge = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if merge && searchShard != nil { throw ValidationError("--search-shard does a share, --merge trains with all: one of them") }
        guard memory.megabytes >= 64 else { throw ValidationError("--memory takes 64M or more, not \(memory)") }
        guard (2...1000).contains(folds) else { throw ValidationError("--folds takes a number from 2 to 1000, not \(folds)") }
        guard (1...1000).contains(repeats) else { throw ValidationError("--repeats takes a number from 1 to 1000, not \(repeats)") }
        if let falseAcceptRate, !(0...1).contains(falseAcceptRate) {
            throw ValidationError("--false-accept-rate takes a share from 0 to 1, not \(falseAcceptRate)")
        }
    }

    func run() throws {
        let shard = try searchShard?.resolved()
        let interrupt = Interrupt()
        let settings = Trainer.Settings(
            grid: grid.map(\.grid), seed: seed, folds: folds, repeats: repeats, groupDuplicates: groupDuplicates,
            falseAcceptRate: falseAcceptRate,
            threads: common.threads, memoryMegabytes: memory.megabytes)
        var training = TrainingRun(
            faces: fileURL(faces), model: fileURL(out), report: fileURL(report), recipe: recipe.recipe, settings: settings)
        training.mergesShards = merge
        if let shard {
            try search(shard, of: training, common: common, cancellation: interrupt.cancellation)
        } else {
            try train(training, common: common, cancellation: interrupt.cancellation)
        }
    }

    /// `--grid NAME`.
    enum GridName: String, ExpressibleByArgument, CaseIterable {
        case classic, best, wide

        var grid: SearchGrid {
            switch self {
            case .classic: .classic
            case .best: .best
            case .wide: .wide
            }
        }
    }
}

/// Trains with progress, and prints the table.
func train(_ run: TrainingRun, common: CommonOptions, cancellation: Cancellation) throws {
    let progress = Progress(TrainingRun.Stage.measure.rawValue, quiet: common.quiet)
    defer { progress.finish() }
    let result = try run.run(cancellation: cancellation) { progress.update($0.rawValue, done: $1, total: $2) }
    progress.finish()
    warn(of: result.skipped)
    for warning in result.warnings { Failure.say(warning) }
    printTable(result, common: common)
    try common.printJSON(DoneEvent(result))
}

/// Does one share of a training's search, with progress.
private func search(_ shard: Shard, of run: TrainingRun, common: CommonOptions, cancellation: Cancellation) throws {
    let progress = Progress(TrainingRun.Stage.measure.rawValue, quiet: common.quiet)
    defer { progress.finish() }
    let result = try run.search(shard, cancellation: cancellation) { progress.update($0.rawValue, done: $1, total: $2) }
    progress.finish()
    common.printText("share \(shard) of the search: \(result.path)")
    try common.printJSON(DoneEvent(["shard": shard.description, "result": result.path]))
}

/// Files among crops that were passed over.
func warn(of skipped: [TrainingSet.Skipped]) {
    for file in skipped { Failure.say("\(file.path): \(file.reason); passed over") }
}

private func printTable(_ result: TrainingResult, common: CommonOptions) {
    let summary = result.summary
    common.printText("\(result.crops) crops of \(summary.labels.count) people, \(result.pictures) different pictures")
    for candidate in summary.candidates { common.printText("\(candidate == summary.best ? "* " : "  ")\(describe(candidate))") }
    if let groupedMean = summary.groupedMean {
        common.printText(String(format: "best, with near-duplicate photos on one side of every split: %.4f", groupedMean))
    }
    if let unknown = summary.unknown { common.printText(describe(unknown)) }
    common.printText(String(format: "model: %@ after %.1f s", result.model.path, result.duration / .seconds(1)))
    common.printText("report: \(result.report.path)")
}
