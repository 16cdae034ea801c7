import Foundation
import Recognition

extension ClassifyCommand {
    /// Sorts a folder with progress, and prints how many photos of each person there are.
    func sort(_ archive: FileArgument, into output: FileArgument) throws {
        let common = common
        let interrupt = Interrupt()
        let progress = Progress("sort", quiet: common.quiet)
        defer { progress.finish() }
        // A thread a photo: an archive has enough of them.
        let recognizer = try Recognizer(contentsOf: fileURL(model), threads: 1)
        let sorter = ArchiveSorter(recognizer: recognizer, mode: copies ? .copy : .link, threads: common.threads)
        let summary = try sorter.sort(archive.path, into: output.path, cancellation: interrupt.cancellation) {
            step in
            progress.update(done: step.done, total: step.total)
            guard let photo = step.photo else { return }
            if let error = photo.error {
                progress.finish()
                Failure.say(error.contains(photo.path.text) ? error : "\(photo.path): \(error)")
            }
            try common.printJSON(SortedEvent(photo: photo, reused: step.reused))
        }
        progress.finish()
        for line in Self.words(of: summary) { common.printText(line) }
        for entry in summary.occupied { Failure.say("\(entry): something else lies there; move it away and run again") }
        for folder in summary.unlisted { Failure.say("\(folder.reason); passed over") }
        try common.printJSON(DoneEvent(["summary": summary]))
    }

    /// The summary for people.
    private static func words(of summary: SortingSummary) -> [String] {
        let first = String(
            format: "%d photos sorted in %.1f s; %d were done before", summary.photos, summary.seconds, summary.reused)
        var lines = [first] + summary.people.map { "  \($0.photos) of \($0.label)" }
        lines.append("  \(summary.unknown) of unknown people")
        lines.append("  \(summary.noFace) without a face")
        if summary.unreadable > 0 { lines.append("  \(summary.unreadable) could not be read") }
        if summary.notPhotos > 0 { lines.append("  \(summary.notPhotos) files are no photos; passed over") }
        if summary.removed > 0 { lines.append("  \(summary.removed) former entries removed") }
        return lines
    }
}

/// A line of `answers.jsonl` as it comes to be.
private struct SortedEvent: Encodable {
    var photo: SortedPhoto
    var reused: Bool

    private enum CodingKeys: CodingKey {
        case event, reused
    }

    func encode(to encoder: any Encoder) throws {
        try photo.encode(to: encoder)
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode("photo", forKey: .event)
        try object.encode(reused, forKey: .reused)
    }
}
