/// One split: rows to learn from and rows to be judged on, both ascending, without a row in common.
public struct Fold: Sendable, Hashable {
    /// Rows to learn from.
    public let train: [Int]
    /// Rows to be judged on.
    public let test: [Int]

    /// A split; a search checks that it has no row in both parts.
    public init(train: [Int], test: [Int]) {
        self.train = train
        self.test = test
    }
}
