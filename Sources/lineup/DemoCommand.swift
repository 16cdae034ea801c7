import ArgumentParser
import Foundation
import Imaging
import Portraits
import Recognition
import Serve

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

    @Flag(inversion: .prefixedNo, help: "Serve the page at the end.")
    var serve = true

    @OptionGroup var address: AddressOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let plan = PortraitStudio(seed: seed).plan()
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
        try common.printJSON(DoneEvent(accuracy: accuracy, model: folder.model.path))
        guard serve else { return }
        let recognizer = try Recognizer(contentsOf: folder.model, threads: 1)
        try await lineup.serve(recognizer, samples: try samples(of: plan, in: folder), address: address, options: ServerOptions.parse([]))
    }

    /// Cleans, trains by both recipes, and evaluates each on the portraits kept aside; the accuracy of the best recipe, which is served.
    private func learn(_ folder: DemoFolder, cancellation: Cancellation) throws -> Double {
        _ = try clean(photos: folder.photos, into: folder.faces, recipe: .best, common: common, cancellation: cancellation)
        _ = try clean(photos: folder.keptAside, into: folder.keptAsideFaces, recipe: .best, common: common, cancellation: cancellation)
        let classic = try accuracy(of: .classic, model: folder.classicModel, folder, cancellation: cancellation)
        let best = try accuracy(of: .best, model: folder.model, folder, cancellation: cancellation)
        common.printText(
            String(format: "accuracy on portraits kept aside: %.4f by the classic recipe, %.4f by the best, which is served", classic, best)
        )
        return best
    }

    private func accuracy(of recipe: Recipe, model: URL, _ folder: DemoFolder, cancellation: Cancellation) throws -> Double {
        common.printText("== recipe \(recipe.name)")
        try train(
            TrainingRequest(
                faces: folder.faces, model: model, report: folder.report(of: recipe), recipe: recipe,
                groupDuplicates: recipe != .classic),
            common: common, cancellation: cancellation)
        let evaluation = try evaluate(
            model: model, faces: folder.keptAsideFaces, report: folder.evaluation(of: recipe), common: common,
            cancellation: cancellation)
        return evaluation.figures.accuracy
    }

    private func draw(_ portraits: [PlannedPortrait], into folder: URL, title: String, cancellation: Cancellation) throws {
        let progress = Progress(title, quiet: common.quiet)
        defer { progress.finish() }
        try DemoFolder.draw(portraits, into: folder, threads: common.threads, cancellation: cancellation, progress: progress.update)
    }

    /// The first frontal portraits kept aside of each athlete, and one of each kind that is refused.
    private func samples(of plan: PortraitPlan, in folder: DemoFolder) throws -> [SamplePhoto] {
        var chosen: [PlannedPortrait] = []
        for kind in PortraitKind.allCases {
            for label in Set(plan.keptAside.map(\.label)).sorted() {
                let limit = kind == .frontal ? 2 : (chosen.contains { $0.kind == kind } ? 0 : 1)
                chosen += plan.keptAside.filter { $0.label == label && $0.kind == kind }.prefix(limit)
            }
        }
        return try chosen.map { portrait in
            let file = folder.keptAside.appendingPathComponent(portrait.label).appendingPathComponent(portrait.fileName)
            return SamplePhoto(name: portrait.fileName, label: portrait.label, bytes: try FileBytes.read(file), contentType: "image/png")
        }
    }

    private struct DoneEvent: Encodable {
        var event = "done"
        var accuracy: Double
        var model: String
    }
}
