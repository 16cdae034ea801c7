import ArgumentParser
import Foundation
import Recognition
import Support
import SystemPackage

struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Takes photos from a folder of this machine into photos/<label>/, and writes down where each came from.",
        discussion: """
            SOURCE has a folder for each label, or, with --label, the photos of one. What a file is, its bytes say; what is no photo is
            refused with its reason. Names become such that every file system takes them. The same photo twice under one label is a hard
            link; nearly the same pictures are noted. photos/.collected.jsonl has a line for each file. A rerun takes only what is new.

            With --watch the folder is an inbox, as browser extensions for bulk downloads fill: files are taken as they are finished, until
            Ctrl-C. Labels that lineup forget erased are left out unless --again.

            EXAMPLES:
              lineup collect holiday-pictures --into photos
              lineup collect ~/Downloads/ann --label ann --into photos --watch
            """)

    @Argument(help: "A folder.")
    var source: String

    @Option(help: ArgumentHelp("The folder of photos.", valueName: "folder"))
    var into = "photos"

    @Option(help: ArgumentHelp("The label of all photos that lie in SOURCE itself.", valueName: "name"))
    var label: FileArgument?

    @Flag(help: "Hard-link the files where the file system can, instead of copying them.")
    var link = false

    @Flag(help: "Go on taking what comes, until Ctrl-C.")
    var watch = false

    @Flag(help: "Take in labels that were forgotten.")
    var again = false

    @Flag(help: "Print one JSON object per line on standard output, and nothing else there.")
    var json = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() throws {
        let interrupt = Interrupt()
        let label = try label.map { argument in
            guard let label = RelativePath(label: argument.bytes) else {
                throw ValidationError("\(argument) is no label: name the folder alone")
            }
            return label
        }
        let collector = Collector(into: fileURL(into), links: link, readmits: again)
        var summary = Collector.Summary()
        var sizes: [FilePath: Int64] = [:]
        repeat {
            if watch { Thread.sleep(forTimeInterval: 1) }
            do {
                let next = try collect(collector, label, interrupt.cancellation) { path in
                    guard watch else { return true }
                    // A file that has grown since the last look is still being written.
                    let size = (try? path.stat().size).map { Int64($0) }
                    defer { sizes[path] = size }
                    return size != nil && sizes[path] == size
                }
                summary.add(next)
                (summary.known, summary.forgotten) = (next.known, next.forgotten)
            } catch RecognitionError.cancelled where watch {
                break
            }
        } while watch
        if !json {
            print(
                "\(summary.stored) photos stored, \(summary.linked) linked to the same bytes, \(summary.near) nearly the same as another, \(summary.refused) refused, \(summary.known) known before"
            )
        }
        if summary.forgotten > 0 { Failure.say("\(summary.forgotten) files of forgotten labels were left out; --again takes them in") }
        if json { try printJSONLine(DoneEvent(["summary": summary])) }
    }

    private func collect(
        _ collector: Collector, _ label: RelativePath?, _ cancellation: Cancellation, isReady: (FilePath) -> Bool
    ) throws -> Collector.Summary {
        let progress = Progress("collect", quiet: quiet || watch)
        defer { progress.finish() }
        return try collector.collect(fileURL(source), label: label, cancellation: cancellation, isReady: isReady) { done, total, item in
            progress.update(done: done, total: total)
            guard let item else { return }
            if json { try printJSONLine(item) } else if let error = item.error { Failure.say("\(item.source): \(error); passed over") }
        }
    }
}
