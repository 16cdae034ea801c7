import Collecting
import Foundation
import Recognition
import Support
import SystemPackage

extension CollectCommand {
    /// - Parameter origin: the archive that was unpacked into the folder.
    func collectFolder(_ folder: URL, as origin: URL?, label: RelativePath?) throws {
        let interrupt = Interrupt()
        let collector = Collector(into: fileURL(into), links: link, readmits: again)
        var summary = Collector.Summary()
        var looks = InboxLooks()
        repeat {
            if watch { Thread.sleep(forTimeInterval: 1) }
            do {
                let isReady: (FilePath) -> Bool = { [watch] path in !watch || looks.isReady(path) }
                summary.add(try take(folder, as: origin, label, by: collector, interrupt.cancellation, isReady: isReady))
            } catch RecognitionError.cancelled where watch {
                break
            }
        } while watch && !interrupt.cancellation.isRequested
        if json { try printJSONLine(DoneEvent(["summary": summary])) } else { print(text(of: summary)) }
        printForgotten(summary)
        if summary.isInVain, !watch { throw CollectingError.nothingTaken(path: source ?? folder.path, refused: summary.refused) }
    }

    private func take(
        _ folder: URL, as origin: URL?, _ label: RelativePath?, by collector: Collector, _ cancellation: Cancellation,
        isReady: (FilePath) -> Bool
    ) throws -> Collector.Summary {
        let progress = Progress("collect", quiet: quiet || watch)
        defer { progress.finish() }
        return try collector.collect(folder, as: origin, label: label, cancellation: cancellation, isReady: isReady) { done, total, item in
            progress.update(done: done, total: total)
            if let item { try printItem(item) }
        }
    }

    /// One line for people, or for programs.
    func printItem(_ item: CollectedItem) throws {
        if json { try printJSONLine(item) } else if let error = item.error { Failure.say("\(item.source): \(error); passed over") }
    }

    func text(of summary: Collector.Summary) -> String {
        "\(summary.stored) photos stored, \(summary.linked) linked to the same bytes, \(summary.near) nearly the same as another, "
            + "\(summary.refused) refused, \(summary.known) known before"
    }

    func printForgotten(_ summary: Collector.Summary) {
        if summary.forgotten > 0 { Failure.say("\(summary.forgotten) items of forgotten labels were left out; --again takes them in") }
    }
}
