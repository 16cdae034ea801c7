import Crypto
import Foundation
import HTTPTypes

/// The keys with which programs may send photos; without any, everybody may.
///
/// A key file has a line for each: its label, the key, and if wanted its requests a second, with blanks between them. Lines that begin
/// with `#` are comments. Only SHA-256 digests are kept in memory.
public struct APIKeys: Sendable, Equatable {
    /// The shortest key accepted, in characters.
    public static let minimumLength = 16

    package struct Entry: Sendable, Equatable {
        /// Shown in logs and metrics in place of the key.
        package var label: String
        package var rate: Double
        fileprivate var digest: [UInt8]
    }

    package let entries: [Entry]

    /// No keys: everybody may send photos.
    public static let none = APIKeys(entries: [])

    private init(entries: [Entry]) { self.entries = entries }

    /// Reads a key file's text.
    /// - Throws: `SettingError` naming the first line that is no key.
    public init(parsing text: String, path: String) throws(SettingError) {
        var entries: [Entry] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            let place = "\(path), line \(number + 1)"
            let rate = words.count > 2 ? Double(words[2]) : 0
            guard (2...3).contains(words.count), let rate, rate >= 0, rate.isFinite else {
                throw SettingError(name: place, value: "\(words.count) words", expected: "LABEL KEY [REQUESTS-PER-SECOND]")
            }
            guard words[1].count >= Self.minimumLength else {
                throw SettingError(name: place, value: "a key of \(words[1].count) characters", expected: "at least \(Self.minimumLength)")
            }
            guard !entries.contains(where: { $0.label == words[0] }) else {
                throw SettingError(name: place, value: "a second key of \(words[0])", expected: "a label of its own for each key")
            }
            entries.append(Entry(label: String(words[0]), rate: rate, digest: Self.digest(words[1])))
        }
        guard !entries.isEmpty else { throw SettingError(name: path, value: "without any key", expected: "a line LABEL KEY for each") }
        self.entries = entries
    }

    /// The entry of the key in `Authorization: Bearer KEY` or `X-API-Key: KEY`; nil where no keys are required.
    /// - Throws: `RequestError.noKey`, `RequestError.unknownKey`.
    /// - Complexity: O(keys), in a time that does not depend on how much of a key is right.
    package func entry(for headers: HTTPFields) throws(RequestError) -> Entry? {
        guard !entries.isEmpty else { return nil }
        let bearer = headers[.authorization].flatMap { $0.lowercased().hasPrefix("bearer ") ? String($0.dropFirst(7)).trimmed : nil }
        guard let key = bearer ?? headers[.apiKey] else { throw .noKey }
        let digest = Self.digest(key)
        var found: Entry?
        for entry in entries {
            let difference = zip(entry.digest, digest).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) }
            if difference == 0 { found = entry }
        }
        guard let found else { throw .unknownKey }
        return found
    }

    private static func digest(_ key: some StringProtocol) -> [UInt8] { Array(SHA256.hash(data: Data(key.utf8))) }
}

extension HTTPField.Name {
    static let apiKey = HTTPField.Name("X-API-Key")!
}
