import Foundation
import Imaging

/// Why a cascade file was refused, a standard cascade not found, a parameter not accepted, or a search given up; each case carries its
/// evidence.
public enum CascadeError: LocalizedError, Equatable, Sendable, CustomStringConvertible {
    /// The file cannot be opened or read.
    case unreadable(path: String, reason: String)
    /// The file is larger than any cascade we accept, in bytes. It was not read.
    case tooLarge(path: String, bytes: Int, limit: Int)
    /// No folder of the search order holds the standard cascade.
    case notFound(name: String, searched: [String])
    /// The bytes are not well-formed XML of the plain kind that cascades use.
    case malformedXML(at: SourcePosition, String)
    /// The XML is well formed, but it is not a cascade as the format describes it. `element` is the path of element names.
    case invalid(element: String, at: SourcePosition, found: String, expected: String)
    /// A cascade of a kind that is refused: HOG features, stages that are not boosted, …
    case unsupported(element: String, at: SourcePosition, found: String, supported: String)
    /// A parameter outside its range.
    case invalidParameter(name: String, value: String, allowed: String)
    /// The search would look at more windows than its limit allows. It was not started.
    case tooManyWindows(windows: Int, limit: Int)
    /// More windows passed all stages than the search's limit allows. It was given up.
    case tooManyHits(limit: Int)
    /// The search's deadline passed before it was done.
    case outOfTime
    /// The search's budget was cancelled: nobody waits for the result any more.
    case cancelled

    /// One sentence for a person: what, where, and what was expected.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .tooLarge(let path, let bytes, let limit): "\(path): \(bytes) bytes; a cascade file has at most \(limit)"
        case .notFound(let name, let searched):
            "\(name).xml: not found in \(searched.joined(separator: ", ")); set LINEUP_CASCADES to the folder that holds it"
        case .malformedXML(let position, let message): "\(position): \(message)"
        case .invalid(let element, let position, let found, let expected):
            "\(position): <\(element)>: found \(found), expected \(expected)"
        case .unsupported(let element, let position, let found, let supported):
            "\(position): <\(element)>: \(found) is not supported, only \(supported)"
        case .invalidParameter(let name, let value, let allowed): "\(name) is \(value), expected \(allowed)"
        case .tooManyWindows(let windows, let limit): "the search has \(windows) windows; the limit is \(limit)"
        case .tooManyHits(let limit): "more than \(limit) windows passed all stages, the limit of the search"
        case .outOfTime: "the search was given up at its deadline"
        case .cancelled: "the search was cancelled"
        }
    }

    /// The same sentence, which `localizedDescription` gives.
    public var errorDescription: String? { description }

    static func check(_ name: String, _ value: Int, in allowed: ClosedRange<Int>) throws(CascadeError) {
        guard allowed.contains(value) else {
            throw .invalidParameter(name: name, value: "\(value)", allowed: "\(allowed.lowerBound) to \(allowed.upperBound)")
        }
    }
}

/// A place in a file: byte offset from 0, line from 1.
public struct SourcePosition: Hashable, Sendable, CustomStringConvertible {
    /// Bytes before the place.
    public var offset: Int
    /// Lines before the place, and 1.
    public var line: Int

    /// A place.
    public init(offset: Int, line: Int) {
        self.offset = offset
        self.line = line
    }

    /// `line 12, byte 345`.
    public var description: String { "line \(line), byte \(offset)" }
}
