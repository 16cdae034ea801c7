import ArgumentParser
import Foundation
import Recognition
import Support
import SystemPackage

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Draws a folder of photos or of crops on one page.",
        discussion: """
            Counts for each label and each reason, sizes, blur, light and turn, contact sheets with each label's mean, duplicates side by
            side, and where photos came from under which licence; of crops also a map of all faces and who is taken for whom. The page needs
            no server: open OUT/index.html. A folder with a manifest.jsonl holds crops, any other photos.

            EXAMPLES:
              lineup report faces
              lineup report photos --out photo-report
            """)

    @Argument(help: "A folder of photos or of crops, one folder a label.")
    var folder: String

    @Option(help: ArgumentHelp("Where the page goes.", valueName: "folder"))
    var out = "data-report"

    @OptionGroup var common: CommonOptions

    func run() throws {
        let interrupt = Interrupt()
        let url = fileURL(folder)
        let progress = Progress("look", quiet: common.quiet)
        defer { progress.finish() }
        let hasCrops = (try? FilePath(url.path).appending("manifest.jsonl").stat().type) == .regular
        let report =
            hasCrops
            ? try DataReport(faces: url, threads: common.threads, cancellation: interrupt.cancellation) {
                progress.update(done: $0, total: $1)
            }
            : try DataReport(photos: url, threads: common.threads, cancellation: interrupt.cancellation) {
                progress.update(done: $0, total: $1)
            }
        try report.write(to: fileURL(out))
        progress.finish()
        let page = "\(out)/index.html"
        common.printText("open \(page)")
        try common.printJSON(DoneEvent(["report": page]))
    }
}
