/// The three detail bands of one level, of one size.
public struct PlaneDetail<Scalar> {
    /// High-pass down the columns, low-pass along the rows: horizontal edges.
    public var horizontal: NumberPlane<Scalar>
    /// Low-pass down the columns, high-pass along the rows: vertical edges.
    public var vertical: NumberPlane<Scalar>
    /// High-pass both ways.
    public var diagonal: NumberPlane<Scalar>

    /// Three bands of one size.
    public init(horizontal: NumberPlane<Scalar>, vertical: NumberPlane<Scalar>, diagonal: NumberPlane<Scalar>) {
        self.horizontal = horizontal
        self.vertical = vertical
        self.diagonal = diagonal
    }

    /// The detail with `change` applied to each band.
    public func map(_ change: (NumberPlane<Scalar>) throws -> NumberPlane<Scalar>) rethrows -> PlaneDetail {
        PlaneDetail(horizontal: try change(horizontal), vertical: try change(vertical), diagonal: try change(diagonal))
    }
}

extension PlaneDetail: Sendable where Scalar: Sendable {}
extension PlaneDetail: Equatable where Scalar: Equatable {}
