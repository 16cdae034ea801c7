import Imaging

extension Rect {
    /// A rectangle as queries write it, `x,y,width,height`: whole numbers from 0 to 1,000,000, neither side 0; nil for anything else.
    package init?(query text: some StringProtocol) {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard numbers.count == 4, numbers.allSatisfy((0...1_000_000).contains), numbers[2] > 0, numbers[3] > 0,
            text.utf8.count(where: { $0 == UInt8(ascii: ",") }) == 3
        else { return nil }
        self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
}
