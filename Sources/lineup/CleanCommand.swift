import ArgumentParser
import Foundation
import Imaging
import Recognition
import Support

struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Cuts one face out of every photo of a folder: the person whose name the folder has.",
        discussion: """
            Walks photos/<label>/* and writes faces/<label>/<photo>-n.png for every photo where the person is found who recurs in the
            label's folder (by the classic recipe: where a frontal face with two eyes is found, the first one), and
            faces/manifest.jsonl with a line for every photo: boxes, eyes, hashes, and the reason where there is no crop.
            A damaged or foreign file is reported and skipped. A rerun does only what is missing, and removes the crops of photos that were
            moved, deleted or replaced; crops that you deleted stay deleted, and those that you moved or added stay where you put them.

            EXAMPLES:
              lineup clean photos --into faces
              lineup clean photos --into faces --threads 1 --json
              lineup clean photos --into faces --shard 0/4      one of four tasks; then, when all have ended:
              lineup clean photos --into faces --merge
            """)

    @Argument(help: "The folder of photos, one folder a label.")
    var photos: String

    @Option(help: ArgumentHelp("The folder for crops and manifest.", valueName: "folder"))
    var into = "faces"

    @Option(help: ShardArgument.help("photos"))
    var shard: ShardArgument?

    @Flag(help: "Put together what the shards gave, to what one run over all photos would have given.")
    var merge = false

    @OptionGroup var recipe: RecipeOption
    @OptionGroup var photo: PhotoOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if merge && shard != nil { throw ValidationError("--shard does a share, --merge puts all together: one of them") }
    }

    func run() throws {
        var part = merge ? Cleaner.Part.merge : .whole
        if let shard { part = .shard(try shard.resolved()) }
        let interrupt = Interrupt()
        let summary = try clean(
            photos: fileURL(photos), into: fileURL(into), part: part, recipe: recipe.recipe, limits: photo.limits, common: common,
            cancellation: interrupt.cancellation)
        try common.printJSON(DoneEvent(["summary": summary]))
    }
}

private struct PhotoEvent: Encodable {
    var event = "photo"
    var path: RelativePath
    var kept: Bool
    var reason: String?
    var detail: String?
    var reused: Bool
}

/// Cleans a folder with progress, and prints what was kept and why the rest was not.
func clean(
    photos: URL, into faces: URL, part: Cleaner.Part = .whole, recipe: Recipe, limits: ImageLimits = .standard, common: CommonOptions,
    cancellation: Cancellation
) throws -> Cleaner.Summary {
    let progress = Progress("clean", quiet: common.quiet)
    defer { progress.finish() }
    let cleaner = Cleaner(recipe: recipe, limits: limits, threads: common.threads)
    let summary = try cleaner.clean(photos, into: faces, part: part, cancellation: cancellation) { step in
        progress.update(done: step.done, total: step.total)
        if common.json {
            let record = step.record
            try printJSONLine(
                PhotoEvent(
                    path: record.path, kept: record.kept, reason: record.reason?.rawValue, detail: record.detail, reused: step.reused))
        }
    }
    progress.finish()
    if case .shard(let shard) = part {
        // Which faces are kept is decided when all shares are merged.
        common.printText(
            String(
                format: "share %@: %d photos in %.1f s; %d were done before", shard.description, summary.photos,
                summary.duration / .seconds(1), summary.reused))
        return summary
    }
    common.printText(
        String(
            format: "%d photos, %d kept (%d different pictures), in %.1f s; %d were done before", summary.photos, summary.kept,
            summary.groups, summary.duration / .seconds(1), summary.reused))
    for (reason, count) in summary.reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        common.printText("  \(count) \(reason)")
    }
    if summary.removed > 0 { common.printText("  \(summary.removed) crops removed whose photo was moved, deleted or replaced") }
    for stray in summary.strays { Failure.say("\(stray): not inside a label's folder, passed over") }
    for label in summary.unlisted { Failure.say("\(label.reason); passed over") }
    for label in summary.labelsWithoutCrops { Failure.say("\(label): no photo gave a crop, so nobody by that name can be learned") }
    return summary
}
