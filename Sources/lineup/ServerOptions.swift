import ArgumentParser
import Foundation
import Logging
import Recognition
import Serve

/// Where a server listens.
struct AddressOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port = 8080

    @Option(help: ArgumentHelp("Write the port to this file once the server listens.", valueName: "file"))
    var portFile: String?

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535, not \(port)") }
    }
}

/// What an operator may set of a server.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Threads that decode and name photos; all cores by default.", valueName: "N"))
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: ArgumentHelp("Photos that may wait for a thread; one more is answered 503.", valueName: "N"))
    var queue = 64

    @Option(help: ArgumentHelp("Largest photo file, in bytes.", valueName: "bytes"))
    var maxBytes = RequestLimits().bytes

    @Option(help: ArgumentHelp("Largest photo, width times height.", valueName: "pixels"))
    var maxPixels = RequestLimits().pixels

    @Option(help: "Least severe log line to write: trace, debug, info, notice, warning, error, critical.")
    var logLevel: Logger.Level = .info

    func validate() throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads takes a number from 1 to 1024, not \(threads)") }
        guard (0...100_000).contains(queue) else { throw ValidationError("--queue takes a number from 0 to 100000, not \(queue)") }
        guard maxBytes > 0 else { throw ValidationError("--max-bytes takes a number above 0, not \(maxBytes)") }
        guard maxPixels > 0 else { throw ValidationError("--max-pixels takes a number above 0, not \(maxPixels)") }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// Serves until SIGTERM or Ctrl-C, then answers what is under way and returns.
func serve(_ recognizer: Recognizer, samples: [SamplePhoto], address: AddressOptions, options: ServerOptions) async throws {
    LoggingSystem.bootstrap(StreamLogHandler.standardError)
    let configuration = ServeConfiguration(
        host: address.host, port: address.port, limits: RequestLimits(bytes: options.maxBytes, pixels: options.maxPixels),
        workers: options.threads, queue: options.queue, samples: samples, logLevel: options.logLevel,
        version: Lineup.configuration.version)
    let portFile = address.portFile
    let service = LineupService(naming: recognizer, configuration: configuration) { bound in
        if let portFile {
            do {
                try AtomicFile.write(Array("\(bound.port)\n".utf8), to: fileURL(portFile))
            } catch {
                Failure.say("\(error)")
            }
        }
        FileHandle.standardOutput.write(Data("open \(bound.url)\n".utf8))  // at once, also into a pipe
    }
    try await service.runUntilSignalled()
}
