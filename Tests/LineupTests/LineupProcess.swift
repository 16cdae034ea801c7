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
        let process = Process()
        process.executableURL = LineupProcess.tool
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Files, not pipes: whatever is printed, nobody has to read along.
        let output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
        let errors = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = try String(contentsOf: output, encoding: .utf8)
        self.errors = try String(contentsOf: errors, encoding: .utf8)
        for file in [output, errors] { try FileManager.default.removeItem(at: file) }
    }

    /// `lineup` beside the test program.
    private static var tool: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("lineup")
    }
}
