/// Where the head is and how it is held: it brings head coordinates to pixels.
///
/// Head coordinates: x to the picture's right, y down, z towards the viewer; the origin is the middle of the head, the chin lies at y = 1,
/// the top of the skull near y = -1.2. The head turns about the origin and is seen without perspective, so features shift against the
/// outline as a turning head's do (parallax).
struct Pose: Sendable {
    /// The head's middle, in pixels.
    var centre: Point
    /// Pixels per head unit.
    var unit: Float
    /// Sine of the turn; positive looks to the picture's right.
    var turn: Float
    /// Sine of the nod; positive looks down.
    var nod: Float
    /// Slope of the head's tilt to the side.
    var tilt: Float

    func project(_ x: Float, _ y: Float, _ z: Float) -> Point {
        let turnCosine = (1 - turn * turn).squareRoot(), nodCosine = (1 - nod * nod).squareRoot()
        let across = x * turnCosine + z * turn
        let depth = z * turnCosine - x * turn
        let down = y * nodCosine + depth * nod
        return centre + upright(across, down) * unit
    }

    /// One head unit to the right and downwards in pixels, without turn and nod: the frame of the head's outline and of its light.
    var axes: (right: Point, down: Point) { (upright(1, 0) * unit, upright(0, 1) * unit) }

    /// The tilt alone.
    private func upright(_ x: Float, _ y: Float) -> Point {
        let cosine = 1 / (1 + tilt * tilt).squareRoot()
        let sine = tilt * cosine
        return Point(x * cosine - y * sine, x * sine + y * cosine)
    }

    /// Depth of the face's surface: an ellipsoid, flattened towards its rim.
    static func depth(_ x: Float, _ y: Float) -> Float {
        0.74 * max(0.04, 1 - (x * x) * 1.25 - (y * y) * 0.55).squareRoot()
    }

    /// A place on the face, `lift` before its surface.
    func onFace(_ x: Float, _ y: Float, lift: Float = 0) -> Point {
        project(x, y, Pose.depth(x, y) + lift)
    }

    /// A soft ellipse lying on the face; `slope` leans its long axis.
    func ellipse(_ x: Float, _ y: Float, _ rx: Float, _ ry: Float, slope: Float = 0, lift: Float = 0, core: Float = 0) -> SoftEllipse {
        let cosine = 1 / (1 + slope * slope).squareRoot()
        let sine = slope * cosine
        let frame = patch(x, y, lift: lift)
        return SoftEllipse(
            centre: frame.origin, right: (frame.right * cosine + frame.down * sine) * rx,
            down: (frame.down * cosine - frame.right * sine) * ry, core: core)
    }

    /// An upright ellipse in the plane of the head's outline.
    func flat(_ x: Float, _ y: Float, _ rx: Float, _ ry: Float, core: Float = 0) -> SoftEllipse {
        SoftEllipse(centre: project(x, y, 0), right: axes.right * rx, down: axes.down * ry, core: core)
    }

    /// A small flat patch of the face.
    func patch(_ x: Float, _ y: Float, lift: Float = 0) -> FacePatch {
        let z = Pose.depth(x, y) + lift
        let origin = project(x, y, z)
        // Flatter than the true tangent plane: full foreshortening would squeeze the far eye more than drawings do.
        let slopeX = (Pose.depth(x + 0.05, y) - Pose.depth(x - 0.05, y)) * 5
        let right = project(x + 1, y, z + slopeX * 0.5) - origin
        let down = project(x, y + 1, z) - origin
        return FacePatch(origin: origin, right: right, down: down)
    }
}

/// Coordinates on a small flat part of the face: pixels = origin + right * x + down * y.
struct FacePatch: Sendable {
    var origin: Point
    var right: Point
    var down: Point

    func at(_ x: Float, _ y: Float) -> Point { origin + right * x + down * y }

    func ellipse(_ x: Float, _ y: Float, _ rx: Float, _ ry: Float, core: Float = 0) -> SoftEllipse {
        SoftEllipse(centre: at(x, y), right: right * rx, down: down * ry, core: core)
    }
}
