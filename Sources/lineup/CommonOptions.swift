import ArgumentParser
import Foundation
import Imaging

/// Options that every long command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many threads to use; all cores by default.", valueName: "N"))
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON object per line on standard output, and nothing else there.")
    var json = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func validate() throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads takes a number from 1 to 1024, not \(threads)") }
    }

    /// A line for people on standard output; silent with `--json`.
    func printText(_ line: String) {
        if !json { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }  // at once, also into a pipe
    }

    /// A JSON line on standard output; silent without `--json`.
    func printJSON(_ value: some Encodable) throws {
        guard json else { return }
        try printJSONLine(value)
    }
}

func printJSONLine(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
}

/// "640x480" as an option's value.
extension Size: ExpressibleByArgument {}

func fileURL(_ path: String) -> URL { URL(fileURLWithPath: path) }
