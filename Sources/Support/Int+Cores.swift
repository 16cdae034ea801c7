import Foundation

extension Int {
    /// The number of processor cores that this process may use: the default of every `threads`. Asked once, since the answer is read from the
    /// files of control groups, which takes as long as the search of a small picture.
    @usableFromInline
    package static let allCores = ProcessInfo.processInfo.activeProcessorCount
}
