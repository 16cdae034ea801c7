/// An ellipse whose edge fades: full inside `core` (a share of the radius), nothing outside the radius.
struct SoftEllipse: Sendable {
    var centre: Point
    /// The two half axes, in pixels; they need not be perpendicular.
    var right: Point
    var down: Point
    /// 0 fades from the centre on, 0.95 is a disc with a smooth edge.
    var core: Float = 0

    /// Rows of the matrix that brings a distance from the centre to the unit circle.
    var inverse: (Point, Point) {
        let determinant = right.x * down.y - right.y * down.x
        let scale = 1 / (abs(determinant) < 1e-6 ? 1e-6 : determinant)
        return (Point(down.y, -down.x) * scale, Point(-right.y, right.x) * scale)
    }

    /// Half the width and height of the box around it.
    var reach: Point {
        (right * right + down * down).squareRoot()
    }
}

/// How paint meets what is there.
enum Blend: Sendable {
    /// Paint covers.
    case over
    /// Paint filters, as a shade or a tint does.
    case multiply
    /// Paint adds light.
    case add
}
