import ArgumentParser
import Foundation
import Logging
import Recognition
import Serve
import Support

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Goes through the crops of a folder, those first that show another person or nobody.",
        discussion: """
            A crop is suspicious where its face is unlike its label's other faces, where the photo has several faces, where picking was
            unsure, and where the same face stands under two labels. The page that opens, on this machine alone, shows each with its photo
            and the reasons; k keeps, r rejects, m moves, f takes another face, u undoes, n goes on, g shows all in a grid. It opens at once,
            in the order of names until all crops are measured. Ctrl-C ends it.

            --list tells the ranking with its reasons. --auto puts aside the
            crops that are beyond a stated confidence, into faces/.rejected, and tells which; --undo-auto brings them all back. What was
            decided is in faces/.review.jsonl; clean respects it.

            EXAMPLES:
              lineup review faces
              lineup review faces --feedback feedback
              lineup review faces --list | head -n 40
              lineup review faces --auto --confidence 0.95
              lineup review faces --undo-auto
            """)

    @Argument(help: "A folder of crops written by clean, one folder a label.")
    var faces: String

    @Flag(help: "Print the crops, the most suspicious first.")
    var list = false

    @Flag(help: "Put aside every crop that is at least as suspicious as --confidence and of which nobody decided anything.")
    var auto = false

    @Option(help: ArgumentHelp("How suspicious a crop must be for --auto, 0.5 to 1.", valueName: "C"))
    var confidence = 0.95

    @Flag(help: "Bring back everything that --auto put aside.")
    var undoAuto = false

    @Option(help: ArgumentHelp("Ask first about the faces that serve --feedback kept in this folder.", valueName: "folder"))
    var feedback: String?

    @Option(help: "The port of the page; 0 lets the system choose.")
    var port = 0

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard [list, auto, undoAuto].count(where: { $0 }) <= 1 else {
            throw ValidationError("review takes one of --list, --auto and --undo-auto")
        }
        guard feedback == nil || !(list || auto || undoAuto) else { throw ValidationError("--feedback goes with the page alone") }
        guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535, not \(port)") }
        guard (0.5...1).contains(confidence) else { throw ValidationError("--confidence takes a number from 0.5 to 1, not \(confidence)") }
    }

    func run() async throws {
        let folder = fileURL(faces)
        if undoAuto { return try bringBack(CropReview(faces: folder).undoAutomatic()) }
        if !(list || auto) { return try await showPage(of: folder) }
        // Finishes what a killed review began, before crops are measured where they lie.
        if auto { _ = try CropReview(faces: folder) }
        let interrupt = Interrupt()
        let measured = try measure(folder, common: common, cancellation: interrupt.cancellation)
        let ranking = try SuspicionRanking(of: measured, threads: common.threads)
        if list { return try printCrops(ranking.crops) }
        let rejected = try CropReview(faces: folder).rejectAutomatically(ranking, of: measured, confidence: confidence)
        try printCrops(rejected)
        common.printText("\(rejected.count) of \(ranking.crops.count) crops put aside; lineup review \(faces) --undo-auto brings them back")
        try common.printJSON(DoneEvent(["rejected": rejected.count, "crops": ranking.crops.count]))
    }

    /// Serves the page until Ctrl-C.
    private func showPage(of folder: URL) async throws {
        let sent = try feedback.map { try FeedbackFace.all(in: fileURL($0)) } ?? []
        let session = try ReviewSession(faces: folder, feedback: sent, threads: common.threads)
        var logger = Logger(label: "lineup.review") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let common = common
        try await ReviewService(session: session, port: port, logger: logger) { address in
            let line = common.json ? "{\"event\":\"open\",\"url\":\"\(address)\"}" : "open \(address)"
            FileHandle.standardOutput.write(Data("\(line)\n".utf8))  // at once, also into a pipe
            // Ends with the process, at the latest.
            Task { await Self.rank(session, quiet: common.quiet) }
        }.runUntilSignalled()
    }

    /// Ranks while the page is looked at, which tells of an error too.
    private static func rank(_ session: ReviewSession, quiet: Bool) async {
        let progress = Progress("measure", quiet: quiet)
        do {
            let skipped = try await session.rank { progress.update(done: $0, total: $1) }
            progress.finish()
            warn(of: skipped)
        } catch {
            progress.finish()
            Failure.say(Failure.sentence(of: error))
        }
    }

    private func printCrops(_ crops: [SuspectCrop]) throws {
        for crop in crops {
            if common.json { try printJSONLine(crop) }
            common.printText(String(format: "%.3f  %@  %@", crop.suspicion, crop.file.text, crop.why.joined(separator: "; ")))
        }
    }

    private func bringBack(_ decisions: [ReviewDecision]) throws {
        for decision in decisions { common.printText("\(decision.file)") }
        common.printText("\(decisions.count) crops brought back")
        try common.printJSON(DoneEvent(["undone": decisions.count]))
    }
}

/// Measures crops with progress, and tells what was passed over.
func measure(_ folder: URL, common: CommonOptions, cancellation: Cancellation) throws -> MeasuredCrops {
    let progress = Progress("measure", quiet: common.quiet)
    defer { progress.finish() }
    let measured = try MeasuredCrops(folder: folder, threads: common.threads, cancellation: cancellation) {
        progress.update(done: $0, total: $1)
    }
    progress.finish()
    warn(of: measured.skipped)
    return measured
}
