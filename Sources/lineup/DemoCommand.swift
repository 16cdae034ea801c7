import ArgumentParser
import Foundation
import Imaging
import Portraits
import Recognition
import Serve
import Support

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows everything without any data: draws portraits, cleans, trains, evaluates, serves.",
        discussion: """
            Draws a few hundred portraits of five invented athletes, learns from most of them by the classic and by the best recipe,
            measures both on those kept aside, and serves the page with some of these to try. Nothing is downloaded.

            EXAMPLES:
              lineup demo
              lineup demo --port 9000 --into /tmp/lineup-demo
              lineup demo --no-serve
            """)

    @Option(help: ArgumentHelp("The folder for portraits, crops, model and reports.", valueName: "folder"))
    var into = "lineup-demo"

    @Option(help: ArgumentHelp("The seed of the portraits: the same seed, the same pictures.", valueName: "S"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp("How many portraits of each athlete are learned from; one of six is one that cleaning refuses.", valueName: "N"))
    var portraits = 60

    @Option(help: ArgumentHelp("How many more of each are kept aside to test with.", valueName: "N"))
    var keptAside = 24

    @Flag(inversion: .prefixedNo, help: "Serve the page at the end.")
    var serve = true

    @OptionGroup var address: AddressOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (12...10_000).contains(portraits) else {
            throw ValidationError("--portraits takes a number from 12 to 10000, not \(portraits)")
        }
        guard (1...10_000).contains(keptAside) else {
            throw ValidationError("--kept-aside takes a number from 1 to 10000, not \(keptAside)")
        }
    }

    func run() async throws {
        let plan = PortraitStudio(seed: seed).plan(training: portraits, keptAside: keptAside)
        let folder = DemoFolder(root: fileURL(into))
        let accuracy: Double
        do {
            // Ctrl-C means "stop the work" until here, and "shut the server down" afterwards.
            let interrupt = Interrupt()
            defer { interrupt.release() }
            try draw(plan.training, into: folder.photos, title: "draw", cancellation: interrupt.cancellation)
            try draw(plan.keptAside, into: folder.keptAside, title: "draw those kept aside", cancellation: interrupt.cancellation)
            accuracy = try learn(folder, cancellation: interrupt.cancellation)
        }
        try common.printJSON(DoneEvent(Result(accuracy: accuracy, model: folder.model.path)))
        guard serve else { return }
        let recognizer = try Recognizer(contentsOf: folder.model, threads: 1, checksSelfTest: false)
        let configuration = ServeConfiguration(samples: try samples(of: plan, in: folder), version: Lineup.configuration.version)
        try await lineup.serve(configuration: configuration, address: address) {
            LineupService(naming: recognizer, configuration: $0, onListening: $1)
        }
    }

    /// Cleans, trains by both recipes, and evaluates each on the portraits kept aside; the accuracy of the best recipe, which is served.
    private func learn(_ folder: DemoFolder, cancellation: Cancellation) throws -> Double {
        let classic = try accuracy(of: .classic, model: folder.classicModel, folder, cancellation: cancellation)
        let best = try accuracy(of: .best, model: folder.model, folder, cancellation: cancellation)
        common.printText(
            String(format: "accuracy on portraits kept aside: %.4f by the classic recipe, %.4f by the best, which is served", classic, best)
        )
        return best
    }

    private func accuracy(of recipe: Recipe, model: URL, _ folder: DemoFolder, cancellation: Cancellation) throws -> Double {
        common.printText("== recipe \(recipe.name)")
        let (faces, keptAside) = (folder.faces(of: recipe), folder.keptAsideFaces(of: recipe))
        _ = try clean(photos: folder.photos, into: faces, recipe: recipe, common: common, cancellation: cancellation)
        _ = try clean(photos: folder.keptAside, into: keptAside, recipe: recipe, common: common, cancellation: cancellation)
        try train(
            TrainingRun(
                faces: faces, model: model, report: folder.report(of: recipe), recipe: recipe,
                settings: Trainer.Settings(threads: common.threads)),
            common: common, cancellation: cancellation)
        let run = EvaluationRun(
            model: model, faces: keptAside, report: folder.evaluation(of: recipe), threads: common.threads)
        return try evaluate(run, common: common, cancellation: cancellation).evaluation.accuracy
    }

    private func draw(_ portraits: [PlannedPortrait], into folder: URL, title: String, cancellation: Cancellation) throws {
        let progress = Progress(title, quiet: common.quiet)
        defer { progress.finish() }
        try DemoFolder.draw(portraits, into: folder, threads: common.threads, cancellation: cancellation) {
            progress.update(done: $0, total: $1)
        }
    }

    private func samples(of plan: PortraitPlan, in folder: DemoFolder) throws -> [SamplePhoto] {
        try plan.showcase.map { portrait in
            let file = folder.keptAside.appendingPathComponent(portrait.label).appendingPathComponent(portrait.fileName)
            return SamplePhoto(name: portrait.fileName, label: portrait.label, bytes: try FileBytes.read(file), contentType: "image/png")
        }
    }

    private struct Result: Encodable {
        var accuracy: Double
        var model: String
    }
}
