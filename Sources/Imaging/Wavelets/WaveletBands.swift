/// The four bands of one level of the 2-D transform, all of one size.
///
/// `horizontal` is high-pass down the columns and low-pass along the rows, so horizontal edges show in it; `vertical` the
/// other way round; `diagonal` high-pass both ways.
public struct WaveletBands<Scalar> {
    /// Low-pass both ways.
    public var approximation: NumberPlane<Scalar>
    /// High-pass down the columns, low-pass along the rows.
    public var horizontal: NumberPlane<Scalar>
    /// Low-pass down the columns, high-pass along the rows.
    public var vertical: NumberPlane<Scalar>
    /// High-pass both ways.
    public var diagonal: NumberPlane<Scalar>

    /// Four bands of one size.
    public init(
        approximation: NumberPlane<Scalar>, horizontal: NumberPlane<Scalar>, vertical: NumberPlane<Scalar>, diagonal: NumberPlane<Scalar>
    ) {
        self.approximation = approximation
        self.horizontal = horizontal
        self.vertical = vertical
        self.diagonal = diagonal
    }
}

extension WaveletBands: Sendable where Scalar: Sendable {}
extension WaveletBands: Equatable where Scalar: Equatable {}
