/// One of several equal shares of a long piece of work, for job arrays: task `index` of `count`.
///
/// Work is dealt out like cards, item by item, so that each share has as much of every kind. Tasks share nothing but files.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// From 0 to `count - 1`.
    public let index: Int
    /// At least 1.
    public let count: Int

    /// Nil unless 0 <= `index` < `count`.
    public init?(index: Int, of count: Int) {
        guard count > 0, (0..<count).contains(index) else { return nil }
        self.index = index
        self.count = count
    }

    /// "3/16": the fourth of sixteen shares.
    public var description: String { "\(index)/\(count)" }

    /// Whether the item with this number, counted from 0, is this share's.
    public func holds(_ item: Int) -> Bool { item % count == index }
}
