import Foundation

/// The built tool, run as a user runs it.
struct LineupProcess {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of standard output.
    var lines: [Substring] { output.split(separator: "\n") }

    /// Runs `lineup`, or another program of the build, with `arguments` in `folder` and waits for its end.
    init(_ arguments: [String], of program: String = "lineup", in folder: URL) throws {
        let running = try Self.start(arguments, of: program, in: folder)
        status = running.waitForEnd()
        (output, errors) = try running.texts()
    }

    /// Starts a program and does not wait.
    static func start(_ arguments: [String], of program: String = "lineup", in folder: URL) throws -> Running {
        try Running(tool(program), arguments, in: folder)
    }

    /// A program under way.
    final class Running {
        private let process = Process()
        private let output: URL
        private let errors: URL
        private let ended = DispatchSemaphore(value: 0)

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
            process.terminationHandler = { [ended] _ in ended.signal() }
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
        /// Sends SIGHUP.
        func hangUp() { Foundation.kill(process.processIdentifier, SIGHUP) }
        /// Ends it at once where it still runs.
        func kill() { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }

        /// The exit code, or the signal that ended it; it is killed after ten minutes.
        func waitForEnd() -> Int32 {
            if ended.wait(timeout: .now() + .seconds(600)) == .timedOut { kill() }
            ended.signal()
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    /// A program beside the test program.
    static func tool(_ name: String = "lineup") -> URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name)
    }
}
