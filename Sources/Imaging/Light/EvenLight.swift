/// Takes slow changes of light and differences of contrast out of a gray plane, with operations that every processor rounds the same.
///
/// The chain of Tan and Triggs (see `TanTriggs`, which is the paper's own): 1. x = (v / 255)^(1/4) lifts shadows. 2. The difference of two
/// blurs, binomial weights of 5 and 17 taps (standard deviations 1 and 2 pixels), keeps fine structure; the picture continues its border.
/// 3. x = x / (2 mean|x|). 4. The gray level 127.5 (1 + x / (1 + |x|)), rounded to even: 128 where the picture is flat.
public enum EvenLight {
    private static let lifted = (0...255).map { (Float($0) / 255).squareRoot().squareRoot() }
    private static let fine = binomial(order: 4)
    private static let coarse = binomial(order: 16)

    /// - Complexity: O(pixels).
    public static func applied(to gray: Gray) -> Gray {
        let plane = NumberPlane(rows: gray.height, columns: gray.width, values: gray.pixels.map { lifted[Int($0)] })
        let near = plane.filteredAlongRows(by: fine).filteredAlongColumns(by: fine)
        let far = plane.filteredAlongRows(by: coarse).filteredAlongColumns(by: coarse)
        return softLevels(ofDifference: near, far)
    }

    /// The weights C(order, k) / 2^order.
    private static func binomial(order: Int) -> [Float] {
        var row: [Float] = [1]
        for _ in 0..<order { row = zip(row + [0], [0] + row).map { ($0 + $1) / 2 } }
        return row
    }
}
