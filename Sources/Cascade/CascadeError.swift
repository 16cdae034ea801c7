import Imaging

/// Why a cascade file was refused, a standard cascade not found, or a parameter not accepted; each case carries its evidence.
public enum CascadeError: Error, Equatable, Sendable, CustomStringConvertible {
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
    /// A detection parameter outside its range.
    case badParameter(name: String, found: String, expected: String)
    /// The search would look at more windows than its limit allows. It was not started.
    case tooManyWindows(windows: Int, limit: Int)
    /// More windows passed all stages than the search's limit allows. It was given up.
    case tooManyHits(limit: Int)
    /// The search's deadline passed before it was done.
    case outOfTime

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
        case .badParameter(let name, let found, let expected): "\(name) is \(found), expected \(expected)"
        case .tooManyWindows(let windows, let limit): "the search has \(windows) windows; the limit is \(limit)"
        case .tooManyHits(let limit): "more than \(limit) windows passed all stages, the limit of the search"
        case .outOfTime: "the search was given up at its deadline"
        }
    }
}

/// A place in a file: byte offset from 0, line from 1.
public struct SourcePosition: Hashable, Sendable, CustomStringConvertible {
    public var offset: Int
    public var line: Int

    public init(offset: Int, line: Int) {
        self.offset = offset
        self.line = line
    }

    public var description: String { "line \(line), byte \(offset)" }
}
