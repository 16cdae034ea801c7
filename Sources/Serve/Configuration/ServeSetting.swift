/// A limit or a time of the server that an operator may set: as an option (`--max-bytes`), an environment variable
/// (`LINEUP_MAX_BYTES`), or a line of a configuration file (`LINEUP_MAX_BYTES=20000000`).
///
/// The list is the one source of their names, meanings and ranges: options, `--print-config` and the table in docs/http.md are
/// made from it.
public struct ServeSetting: Sendable {
    /// As the option is called, without its hyphens at the front.
    public let name: String
    /// What it sets, without a full stop.
    public let meaning: String
    /// What the number counts.
    public let unit: Unit
    /// The values that are accepted.
    public let range: ClosedRange<Double>
    private let get: @Sendable (ServeConfiguration) -> Double
    private let set: @Sendable (inout ServeConfiguration, Double) -> Void

    /// What a setting's number counts.
    public enum Unit: String, Sendable {
        /// Things, such as requests.
        case count = ""
        /// Bytes.
        case bytes
        /// Width times height.
        case pixels
        /// Seconds, fractions allowed.
        case seconds
        /// Bytes a second.
        case rate = "bytes/s"
        /// Requests a second, fractions allowed.
        case frequency = "requests/s"
    }

    /// The environment variable, which is also the name in a configuration file.
    public var variable: String { "LINEUP_" + name.uppercased().replacing("-", with: "_") }

    /// The setting's value in `configuration`, without a fraction where it is whole.
    public func text(in configuration: ServeConfiguration) -> String { Self.text(get(configuration)) }

    /// - Throws: `SettingError` for a value outside `range`, or with a fraction where whole numbers are counted.
    public func apply(_ value: Double, to configuration: inout ServeConfiguration) throws(SettingError) {
        guard range.contains(value), allowsFractions || value == value.rounded() else {
            throw SettingError(name: name, value: Self.text(value), expected: expected)
        }
        set(&configuration, value)
    }

    /// The same from a variable's text.
    public func apply(_ text: String, to configuration: inout ServeConfiguration) throws(SettingError) {
        guard let value = Double(text) else { throw SettingError(name: name, value: text, expected: expected) }
        try apply(value, to: &configuration)
    }

    private var allowsFractions: Bool { unit == .seconds || unit == .frequency }

    private var expected: String {
        "a \(allowsFractions ? "number" : "whole number") from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
    }

    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    private init(
        _ name: String, _ unit: Unit, _ range: ClosedRange<Double>, _ meaning: String,
        _ get: @escaping @Sendable (ServeConfiguration) -> Double, _ set: @escaping @Sendable (inout ServeConfiguration, Double) -> Void
    ) {
        self.name = name
        self.unit = unit
        self.range = range
        self.meaning = meaning
        self.get = get
        self.set = set
    }

    /// A setting that is a whole number.
    private static func whole(
        _ name: String, _ unit: Unit, _ range: ClosedRange<Double>, _ meaning: String,
        _ path: any WritableKeyPath<ServeConfiguration, Int> & Sendable
    ) -> ServeSetting {
        ServeSetting(name, unit, range, meaning) {
            Double($0[keyPath: path])
        } _: {
            $0[keyPath: path] = Int($1)
        }
    }

    private static func number(
        _ name: String, _ unit: Unit, _ range: ClosedRange<Double>, _ meaning: String,
        _ path: any WritableKeyPath<ServeConfiguration, Double> & Sendable
    ) -> ServeSetting {
        ServeSetting(name, unit, range, meaning) {
            $0[keyPath: path]
        } _: {
            $0[keyPath: path] = $1
        }
    }

    /// All settings, in the order in which they are shown.
    public static let all: [ServeSetting] = [
        whole("threads", .count, 1...1024, "requests being worked on at one time; all cores by default", \.workers),
        whole("threads-per-client", .count, 0...1024, "of these, those of one client; 0 is half, rounded up", \.workersPerClient),
        whole("queue", .count, 0...100_000, "requests that wait for a worker; one client has half of the places", \.queue),
        number("work-time", .seconds, 0.001...3600, "work on the photos of one request, all together, of a processor", \.timeouts.work),
        number("wait-time", .seconds, 0.001...3600, "wait of a request for a worker", \.timeouts.wait),
        number("turn-time", .seconds, 0...3600, "work on a request before others that wait go first", \.timeouts.turn),
        whole("max-bytes", .bytes, 1...2e9, "one photo", \.limits.bytes),
        whole("max-pixels", .pixels, 1...1e9, "width times height of one photo", \.limits.pixels),
        whole("max-photos", .count, 1...10_000, "photos in one request", \.limits.photos),
        whole("max-parts", .count, 1...100_000, "parts, fields or JSON members in one request", \.limits.parts),
        whole("max-faces", .count, 1...100_000, "faces named in one photo, the largest first", \.limits.faces),
        whole("max-hits", .count, 1...1e8, "windows that pass a cascade of /api/detect before they are grouped", \.limits.hits),
        whole("max-feedback", .count, 1...1e9, "corrections kept in the folder of --feedback", \.limits.feedback),
        whole(
            "max-bytes-in-flight", .bytes, 1...1e12, "all bodies being received or worked on; one client has half", \.limits.bytesInFlight),
        number("max-rate", .frequency, 0...1e6, "requests with photos of one client; 0 is no limit", \.limits.requestsPerSecond),
        whole("max-connections", .count, 1...1e6, "connections; when all are open, the one idle longest is closed", \.limits.connections),
        whole("max-connections-per-address", .count, 1...1e6, "connections of one address", \.limits.connectionsPerAddress),
        whole("connection-reserve", .count, 0...1e6, "connections beyond, for health and metrics alone", \.limits.connectionReserve),
        number("idle-time", .seconds, 0.001...86_400, "head of a request, and an idle connection", \.timeouts.idle),
        number("body-time", .seconds, 0.001...86_400, "body, and 1 s more for each min-rate bytes received", \.timeouts.body),
        number("min-rate", .rate, 1...1e9, "slowest rate of a body after body-time", \.timeouts.minimumRate),
        number("write-time", .seconds, 0.001...86_400, "time in which a client takes nothing of its response", \.timeouts.write),
        number("linger-time", .seconds, 0...3600, "rest of a refused body, read and thrown away", \.timeouts.linger),
        number("watch-time", .seconds, 0...86_400, "between two looks for changed model files; 0 at SIGHUP alone", \.timeouts.watch),
        number("shutdown-time", .seconds, 0.1...3600, "requests under way after SIGTERM or SIGINT", \.timeouts.shutdown),
    ]

    /// The settings of `configuration` as a Markdown table.
    public static func table(of configuration: ServeConfiguration) -> String {
        let rows = all.map { setting in
            let value = setting.name == "threads" ? "cores" : setting.text(in: configuration)
            return "| `--\(setting.name)` | `\(setting.variable)` | \(value) | \(setting.unit.rawValue) | \(setting.meaning) |"
        }
        return (["| option | variable | default | unit | limits |", "|---|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}

/// A setting that is not accepted.
public struct SettingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The setting, or what stands in its place.
    public var name: String
    /// What was found.
    public var value: String
    /// What would have been accepted.
    public var expected: String

    /// A setting and what was wrong with it.
    public init(name: String, value: String, expected: String) {
        self.name = name
        self.value = value
        self.expected = expected
    }

    /// One line that names all three.
    public var description: String { "\(name) is \(value): expected \(expected)" }
}
