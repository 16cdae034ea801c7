/// A SIMD vector with the few operations the kernels need, bound to concrete types: generic SIMD arithmetic would be compiled
/// lane by lane.
protocol WaveletLanes {
    associatedtype Scalar: WaveletScalar
    associatedtype Vector
    static var count: Int { get }
    static func load(_ p: UnsafePointer<Scalar>) -> Vector
    static func store(_ v: Vector, _ p: UnsafeMutablePointer<Scalar>)
    static func times(_ v: Vector, _ s: Scalar) -> Vector
    static func sum(_ a: Vector, _ b: Vector) -> Vector
    /// The even and the odd places of two neighbouring vectors.
    static func split(_ first: Vector, _ second: Vector) -> (even: Vector, odd: Vector)
    /// The other way round.
    static func merge(_ even: Vector, _ odd: Vector) -> (first: Vector, second: Vector)
}

enum FloatLanes: WaveletLanes {
    typealias Scalar = Float
    typealias Vector = SIMD8<Float>
    @inline(__always) static var count: Int { 8 }
    @inline(__always) static func load(_ p: UnsafePointer<Float>) -> Vector {
        UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
    }
    @inline(__always) static func store(_ v: Vector, _ p: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(p).storeBytes(of: v, as: Vector.self)
    }
    @inline(__always) static func times(_ v: Vector, _ s: Float) -> Vector { v * s }
    @inline(__always) static func sum(_ a: Vector, _ b: Vector) -> Vector { a + b }
    @inline(__always) static func split(_ first: Vector, _ second: Vector) -> (even: Vector, odd: Vector) {
        let both = SIMD16(lowHalf: first, highHalf: second)
        return (both.evenHalf, both.oddHalf)
    }
    @inline(__always) static func merge(_ even: Vector, _ odd: Vector) -> (first: Vector, second: Vector) {
        var both = SIMD16<Float>()
        both.evenHalf = even
        both.oddHalf = odd
        return (both.lowHalf, both.highHalf)
    }
}

enum DoubleLanes: WaveletLanes {
    typealias Scalar = Double
    typealias Vector = SIMD4<Double>
    @inline(__always) static var count: Int { 4 }
    @inline(__always) static func load(_ p: UnsafePointer<Double>) -> Vector {
        UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
    }
    @inline(__always) static func store(_ v: Vector, _ p: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(p).storeBytes(of: v, as: Vector.self)
    }
    @inline(__always) static func times(_ v: Vector, _ s: Double) -> Vector { v * s }
    @inline(__always) static func sum(_ a: Vector, _ b: Vector) -> Vector { a + b }
    @inline(__always) static func split(_ first: Vector, _ second: Vector) -> (even: Vector, odd: Vector) {
        let both = SIMD8(lowHalf: first, highHalf: second)
        return (both.evenHalf, both.oddHalf)
    }
    @inline(__always) static func merge(_ even: Vector, _ odd: Vector) -> (first: Vector, second: Vector) {
        var both = SIMD8<Double>()
        both.evenHalf = even
        both.oddHalf = odd
        return (both.lowHalf, both.highHalf)
    }
}
