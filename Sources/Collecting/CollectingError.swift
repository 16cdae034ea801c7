/// What keeps a collection from beginning, or leaves it empty.
public enum CollectingError: Error, Sendable, Equatable {
    /// A list, or a line of it, is not what a list is; lines count from 1.
    case unusableList(path: String, line: Int?, reason: String)
    /// The page that was asked for could not be read.
    case unusablePage(url: String, reason: String)
    /// A variable of the environment names no proxy that can be used.
    case unusableProxy(variable: String, reason: String)
    /// An archive could not be unpacked.
    case unusableArchive(path: String, reason: String)
    /// Nothing came from a folder or an archive, and nothing was known of before.
    case nothingTaken(path: String, refused: Int)
    /// Nothing came from servers, and nothing was known of before.
    case nothingFetched(source: String, faults: String)
}

extension CollectingError: CustomStringConvertible {
    /// What went wrong, where, and what to do, in one sentence.
    public var description: String {
        switch self {
        case .unusableList(let path, let line, let reason): "\(path)\(line.map { ", line \($0)" } ?? ""): \(reason)"
        case .unusablePage(let url, let reason): "\(url): \(reason)"
        case .unusableProxy(let variable, let reason): "\(variable) in the environment: \(reason)"
        case .unusableArchive(let path, let reason): "\(path): \(reason)"
        case .nothingTaken(let path, 0):
            "\(path): holds no photo in a folder of its label's name; --label NAME takes the photos that lie in it itself"
        case .nothingTaken(let path, let refused): "\(path): none of its \(refused) files could be taken; each is told above"
        case .nothingFetched(let source, ""): "\(source): leads to no photo"
        case .nothingFetched(let source, let faults): "\(source): no photo could be had: \(faults)"
        }
    }
}
