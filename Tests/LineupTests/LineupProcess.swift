import Foundation

/// The built tool, run as a user runs it.
struct LineupProcess {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of standard output.
    var lines: [Substring] { output.split(separator: "\n") }

    /// Runs `lineup` with `arguments` in `folder` and waits for its end.
    init(_ arguments: [String], in folder: URL) throws {
        let running = try Self.start(arguments, in: folder)
        status = running.waitForEnd()
        (output, errors) = try running.texts()
    }

    /// Starts `lineup` and does not wait.
    static func start(_ arguments: [String], in folder: URL) throws -> Running { try Running(tool, arguments, in: folder) }

    /// A program under way.
    final class Running {
        private let process = Process()
        private let output: URL
        private let errors: URL

        init(_ program: URL, _ arguments: [String], in folder: URL) throws {
            // Files, not pipes: whatever is printed, nobody has to read along.
            output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
            errors = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
            for file in [output, errors] { try Data().write(to: file) }
            process.executableURL = program
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: errors)
            try process.run()
        }

        deinit {
            for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
        }

        /// What it has printed so far.
        func texts() throws -> (output: String, errors: String) {
            (String(decoding: try Data(contentsOf: output), as: UTF8.self), String(decoding: try Data(contentsOf: errors), as: UTF8.self))
        }

        /// Sends SIGINT, as Ctrl-C does.
        func interrupt() { process.interrupt() }
        /// Sends SIGTERM.
        func terminate() { process.terminate() }
        /// Ends it at once where it still runs.
        func kill() { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }

        /// The exit code, or the signal that ended it.
        func waitForEnd() -> Int32 {
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    /// `lineup` beside the test program.
    static var tool: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("lineup")
    }
}
