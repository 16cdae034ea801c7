import ArgumentParser
import Foundation
import Imaging
import Support

/// Options that every long command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many threads to use; all cores by default.", valueName: "N"))
    var threads: Int = .allCores

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

/// One JSON object on a line of standard output.
func printJSONLine(_ value: some Encodable) throws {
    FileHandle.standardOutput.write(try JSON.line(value))
}

/// "640x480" as an option's value.
extension Size: ExpressibleByArgument {}

/// The last line of a long command's `--json`: the members of what it gave, and `"event":"done"`.
struct DoneEvent<Content: Encodable>: Encodable {
    var content: Content

    private enum CodingKeys: CodingKey {
        case event
    }

    init(_ content: Content) { self.content = content }

    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode("done", forKey: .event)
    }
}
