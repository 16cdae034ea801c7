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

/// What an operator may set of a server besides its limits and times.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Read limits and times from this file of NAME=VALUE lines, as --print-config prints.", valueName: "file"))
    var config: String?

    @Flag(help: "Print all limits and times as a configuration file, and end.")
    var printConfig = false

    @Option(help: ArgumentHelp("Photos that the page offers to try: <label>/<name> or <name> alone.", valueName: "folder"))
    var samples: String?

    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "A proxy, or a network of them as 10.0.0.0/8, whose X-Forwarded-For names the client; may be given again.", valueName: "address"
        ))
    var trustedProxies: [String] = []

    @Option(
        help: ArgumentHelp("Accept photos with a key alone: a file with LABEL KEY [REQUESTS-PER-SECOND] on each line.", valueName: "file"))
    var keys: String?

    @Option(help: ArgumentHelp("Let web pages of this origin use the API, as https://example.org; * lets all.", valueName: "origin"))
    var allowOrigin: String?

    @Option(help: "Answer health and metrics at this port, and metrics nowhere else; for operators and their tools.")
    var adminPort: Int?

    @Option(
        help: ArgumentHelp(
            "Let visitors say who a face really is, and keep the face and their word in this folder; without it nothing is kept.",
            valueName: "folder"))
    var feedback: String?

    @Flag(help: "Write the log as one JSON object a line.")
    var logJson = false

    @Option(help: "Least severe log line to write: trace, debug, info, notice, warning, error, critical.")
    var logLevel: Logger.Level = .info

    @OptionGroup(title: "Limits and times (also as variables, LINEUP_MAX_BYTES and so on)")
    var settings: ServeSettingOptions

    func validate() throws {
        if let adminPort, !(1...65535).contains(adminPort) {
            throw ValidationError("--admin-port takes a number from 1 to 65535, not \(adminPort)")
        }
    }

    /// The configuration of all that is given.
    /// - Throws: `SettingError` for what is not accepted.
    func configuration() async throws -> ServeConfiguration {
        var configuration = ServeConfiguration(logLevel: logLevel, version: Lineup.configuration.version)
        configuration.trustedProxies = try trustedProxies.map { text in
            guard let range = AddressRange(text) else {
                throw SettingError(name: "--trusted-proxy", value: text, expected: "an IP address or a network such as 10.0.0.0/8")
            }
            return range
        }
        configuration.allowedOrigin = allowOrigin
        if let keys {
            let bytes = try FileBytes.read(fileURL(keys))
            configuration.keys = try APIKeys(parsing: String(decoding: bytes, as: UTF8.self), path: keys)
        }
        try await settings.apply(to: &configuration, file: config)
        configuration.adminPort = adminPort
        if let feedback, !printConfig {
            configuration.feedback = try FeedbackFolder(fileURL(feedback), maximum: configuration.limits.feedback)
        }
        return configuration
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// Serves until SIGTERM or Ctrl-C, then answers what is under way and returns.
///
/// - Parameter makeService: Makes the service of a configuration and of what is to happen once it listens.
func serve(
    configuration: ServeConfiguration, address: AddressOptions, logsJSON: Bool = false,
    makeService: (ServeConfiguration, @escaping @Sendable (ServerAddress) async -> Void) throws -> LineupService
) async throws {
    LoggingSystem.bootstrap { label in
        let handler: any LogHandler = logsJSON ? JSONLogHandler(label: label) : StreamLogHandler.standardError(label: label)
        return handler
    }
    var configuration = configuration
    (configuration.host, configuration.port) = (address.host, address.port)
    let portFile = address.portFile
    let service = try makeService(configuration) { bound in
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
