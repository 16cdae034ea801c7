import Foundation
import Logging
import Support

/// Writes each log line as a JSON object to standard error: time, level, label, message, and the line's metadata beside them.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    private let label: String

    init(label: String) { self.label = label }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields: [String: String] = [:]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, own in own }) { fields[key] = "\(value)" }
        fields["time"] = Date.now.ISO8601Format(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        fields["level"] = event.level.rawValue
        fields["label"] = label
        fields["message"] = "\(event.message)"
        do {
            FileHandle.standardError.write(try JSON.line(fields))
        } catch {
            FileHandle.standardError.write(Data("\(event.level) \(label): \(event.message) (\(error))\n".utf8))
        }
    }
}
