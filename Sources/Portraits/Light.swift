/// The light on a scene: a main light from one side, what the surroundings send back, and a thin light from behind.
struct Light: Sendable {
    /// Unit vector towards the main light: x right, y down, z to the viewer.
    var direction: SIMD3<Float>
    var key: Colour
    var ambient: Colour
    var rim: Colour
    /// The side the light from behind comes from: -1 or 1.
    var rimSide: Float

    init(direction: SIMD3<Float>, key: Colour, ambient: Colour, rim: Colour = .zero, rimSide: Float = 1) {
        self.direction = direction / (direction * direction).sum().squareRoot()
        self.key = key
        self.ambient = ambient
        self.rim = rim
        self.rimSide = rimSide
    }

    /// Light that reaches a surface with unit normal `n`; 1 is full daylight.
    ///
    /// The main light wraps a little around the form, as it does on skin.
    @inline(__always)
    func on(_ n: SIMD3<Float>) -> Colour {
        let facing = (n * direction).sum()
        let wrapped = max(0, (facing + 0.25) * 0.8)
        let sky = 0.78 - 0.22 * n.y
        return key * wrapped + ambient * sky
    }

    /// Light on a form like an upright cylinder, at `across` = -1 (left rim) ... 1 (right rim).
    @inline(__always)
    func onCylinder(_ across: Float, lean: Float = -0.1) -> Colour {
        let x = max(-0.98, min(0.98, across))
        let normal = SIMD3<Float>(x, lean, (1 - x * x).squareRoot())
        return on(normal / (normal * normal).sum().squareRoot())
    }

    /// Tints of light between candle and shade: `warmth` -1 is cool sky light, 0 neutral, 1 a low sun.
    static func tint(_ warmth: Float) -> Colour {
        let warm = Colour(1.16, 0.98, 0.72, 0), cool = Colour(0.88, 0.99, 1.16, 0), neutral = Colour(1, 1, 1, 0)
        return warmth > 0 ? neutral.mixed(with: warm, warmth) : neutral.mixed(with: cool, -warmth)
    }
}
