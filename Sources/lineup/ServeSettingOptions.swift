import ArgumentParser
import Configuration
import Foundation
import Serve
import SystemPackage

/// Every limit and time of the server; `ServeSetting` says what each means and which values it takes.
struct ServeSettingOptions: ParsableArguments {
    @Option(help: Self.help("threads")) var threads: Double?
    @Option(help: Self.help("threads-per-client")) var threadsPerClient: Double?
    @Option(help: Self.help("queue")) var queue: Double?
    @Option(help: Self.help("work-time")) var workTime: Double?
    @Option(help: Self.help("wait-time")) var waitTime: Double?
    @Option(help: Self.help("turn-time")) var turnTime: Double?
    @Option(help: Self.help("max-bytes")) var maxBytes: Double?
    @Option(help: Self.help("max-pixels")) var maxPixels: Double?
    @Option(help: Self.help("max-photos")) var maxPhotos: Double?
    @Option(help: Self.help("max-parts")) var maxParts: Double?
    @Option(help: Self.help("max-faces")) var maxFaces: Double?
    @Option(help: Self.help("max-hits")) var maxHits: Double?
    @Option(help: Self.help("max-feedback")) var maxFeedback: Double?
    @Option(help: Self.help("max-bytes-in-flight")) var maxBytesInFlight: Double?
    @Option(help: Self.help("max-rate")) var maxRate: Double?
    @Option(help: Self.help("max-connections")) var maxConnections: Double?
    @Option(help: Self.help("max-connections-per-address")) var maxConnectionsPerAddress: Double?
    @Option(help: Self.help("connection-reserve")) var connectionReserve: Double?
    @Option(help: Self.help("idle-time")) var idleTime: Double?
    @Option(help: Self.help("body-time")) var bodyTime: Double?
    @Option(help: Self.help("min-rate")) var minRate: Double?
    @Option(help: Self.help("write-time")) var writeTime: Double?
    @Option(help: Self.help("linger-time")) var lingerTime: Double?
    @Option(help: Self.help("watch-time")) var watchTime: Double?
    @Option(help: Self.help("shutdown-time")) var shutdownTime: Double?

    private var given: [String: Double?] {
        [
            "threads": threads, "threads-per-client": threadsPerClient, "queue": queue, "work-time": workTime, "wait-time": waitTime,
            "turn-time": turnTime, "max-bytes": maxBytes, "max-pixels": maxPixels, "max-photos": maxPhotos, "max-parts": maxParts,
            "max-faces": maxFaces, "max-hits": maxHits, "max-feedback": maxFeedback, "max-bytes-in-flight": maxBytesInFlight,
            "max-rate": maxRate,
            "max-connections": maxConnections,
            "max-connections-per-address": maxConnectionsPerAddress, "connection-reserve": connectionReserve, "idle-time": idleTime,
            "body-time": bodyTime, "min-rate": minRate, "write-time": writeTime, "linger-time": lingerTime,
            "watch-time": watchTime, "shutdown-time": shutdownTime,
        ]
    }

    func validate() throws {
        var configuration = ServeConfiguration()
        for setting in ServeSetting.all {
            guard let value = given[setting.name] ?? nil else { continue }
            do {
                try setting.apply(value, to: &configuration)
            } catch {
                throw ValidationError("--\(error)")
            }
        }
    }

    /// Sets what is given: by an option, else by the environment, else by the configuration file.
    /// - Throws: `SettingError` for a value that is not accepted, or a name in the file that is none.
    func apply(to configuration: inout ServeConfiguration, file: String?) async throws {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
        if let file {
            try Self.checkNames(in: file)
            providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file)))
        }
        let reader = ConfigReader(providers: providers).scoped(to: "lineup")
        for setting in ServeSetting.all {
            if let value = given[setting.name] ?? nil {
                try setting.apply(value, to: &configuration)
            } else if let text = reader.string(forKey: ConfigKey([setting.name])) {
                try setting.apply(text, to: &configuration)
            }
        }
    }

    /// A misspelt name in a file would otherwise leave a limit at its default without a word.
    private static func checkNames(in file: String) throws {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw SettingError(name: "--config", value: file, expected: "a file that can be read, in UTF-8")
        }
        let known = Set(ServeSetting.all.map(\.variable))
        for line in text.split(whereSeparator: \.isNewline) where !line.drop(while: \.isWhitespace).isEmpty {
            guard line.drop(while: \.isWhitespace).first != "#" else { continue }
            let name = line.prefix { $0 != "=" }.trimmingCharacters(in: .whitespaces)
            guard known.contains(name) else {
                throw SettingError(name: "\(file)", value: "about \(name)", expected: "the names that --print-config prints")
            }
        }
    }

    /// A configuration file with every setting at its value.
    static func printed(_ configuration: ServeConfiguration) -> String {
        ServeSetting.all.map { setting in
            let unit = setting.unit.rawValue.isEmpty ? "" : ", in \(setting.unit.rawValue)"
            return "# --\(setting.name): \(setting.meaning)\(unit)\n\(setting.variable)=\(setting.text(in: configuration))\n"
        }.joined()
    }

    private static func help(_ name: String) -> ArgumentHelp {
        guard let setting = ServeSetting.all.first(where: { $0.name == name }) else { return "" }
        let value = name == "threads" ? "cores" : setting.text(in: ServeConfiguration())
        return ArgumentHelp(
            "\(setting.meaning.prefix(1).uppercased())\(setting.meaning.dropFirst()) (default: \(value)).",
            valueName: setting.unit.rawValue.isEmpty ? "N" : setting.unit.rawValue)
    }
}
