import Foundation

/// What a site's robots.txt allows (RFC 9309): the rules of the group that names us, else of the group for all.
package struct RobotsRules: Sendable, Equatable {
    private struct Rule: Sendable, Equatable {
        var pattern: [UInt8]
        var allows: Bool
    }

    /// The longest part of the file that is read.
    static let longest = 500 * 1024
    /// Whom groups may name.
    static let product = "lineup"

    private var rules: [Rule] = []
    /// How long to wait between two requests, where the file asks for it: not of the RFC, but common.
    package private(set) var delay: Duration?

    /// Everything is allowed: there is no file.
    package static let open = RobotsRules()

    private init() {}

    /// The rules for `product` in a file's text.
    package init(_ text: String) {
        var ours = RobotsRules()
        var everybodys = RobotsRules()
        var hasOurs = false
        // Whom the group at hand is for; a rule ends the list of its names.
        var names: Set<String> = []
        var sawRule = false
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.prefix { $0 != "#" }.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let key = parts[0].trimmingCharacters(in: .whitespaces).lowercased()
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            if key == "user-agent" {
                if sawRule { names = [] }
                sawRule = false
                names.insert(Self.productToken(value))
                if Self.productToken(value) == Self.product { hasOurs = true }
                continue
            }
            guard key == "allow" || key == "disallow" || key == "crawl-delay" else { continue }
            sawRule = true
            if names.contains(Self.product) { ours.take(key, value) }
            if names.contains("*") { everybodys.take(key, value) }
        }
        self = hasOurs ? ours : everybodys
    }

    private static func productToken(_ value: String) -> String {
        value == "*" ? "*" : String(value.prefix { $0.isLetter || $0 == "-" || $0 == "_" }).lowercased()
    }

    private mutating func take(_ key: String, _ value: String) {
        if key == "crawl-delay" {
            if let seconds = Double(value), seconds >= 0, seconds.isFinite { delay = .seconds(min(seconds, 60)) }
        } else if !value.isEmpty {
            rules.append(Rule(pattern: Self.canonical(value), allows: key == "allow"))
        }
    }

    /// Percent-encoding is undone so that both sides are written alike; an encoded slash, star and dollar sign stay what they are.
    private static func canonical(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16), !Array("/*$".utf8).contains(value) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Whether a path with its query may be asked for: the longest pattern that matches decides, of equals the one that allows.
    /// - Complexity: O(rules x path).
    package func allow(_ pathAndQuery: String) -> Bool {
        let path = Self.canonical(pathAndQuery)
        let matching = rules.filter { Self.matches(path, $0.pattern) }
        guard let longest = matching.map(\.pattern.count).max() else { return true }
        return matching.contains { $0.pattern.count == longest && $0.allows }
    }

    /// A star stands for anything, a dollar sign at the end for the end. A star first takes nothing, and one byte more whenever what is
    /// behind it does not fit; only the last star can be to blame for that.
    /// - Complexity: O(path x pattern), in constant memory: a site's file may be half a megabyte of stars.
    private static func matches(_ path: [UInt8], _ pattern: [UInt8]) -> Bool {
        let star = UInt8(ascii: "*")
        let pattern = pattern.last == UInt8(ascii: "$") ? Array(pattern.dropLast()) : pattern + [star]
        var (place, next) = (0, 0)
        var lastStar: (next: Int, place: Int)?
        while place < path.count {
            if next < pattern.count, pattern[next] == star {
                next += 1
                lastStar = (next, place)
            } else if next < pattern.count, pattern[next] == path[place] {
                place += 1
                next += 1
            } else if let star = lastStar {
                lastStar = (star.next, star.place + 1)
                (next, place) = (star.next, star.place + 1)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == star }
    }
}
