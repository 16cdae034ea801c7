import ArgumentParser
import Foundation

/// Errors of single photos in a command over many: each is reported, the others go on, and the exit code is the last error's.
struct FailureCount {
    private var code: Int32?

    /// Runs `body` for `photo`; an error of ours is reported and counted, any other is thrown on.
    mutating func collect(_ photo: FileArgument, json: Bool, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            guard let code = Failure.code(of: error), code != Failure.usage else { throw error }
            self.code = code
            let name = photo.description
            let text = "\(error)"
            Failure.say(text.contains(name) ? text : "\(name): \(text)")
            if json { try printJSONLine(["image": name, "error": text]) }
        }
    }

    /// - Throws: the exit code of the last error, where there was one.
    func leave() throws {
        if let code { throw ExitCode(code) }
    }
}
