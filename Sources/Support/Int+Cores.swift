import Foundation

extension Int {
    /// The number of processor cores that this process may use: the default of every `threads`.
    @usableFromInline
    package static var allCores: Int { ProcessInfo.processInfo.activeProcessorCount }
}
