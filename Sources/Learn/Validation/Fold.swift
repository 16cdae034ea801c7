/// One split: rows to learn from and rows to be judged on, both ascending, without a row in common.
public struct Fold: Sendable, Equatable, Codable {
    public let train: [Int]
    public let test: [Int]

    public init(train: [Int], test: [Int]) {
        self.train = train
        self.test = test
    }
}
