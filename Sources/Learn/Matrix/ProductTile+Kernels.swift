// Inner products of many rows with many rows, by tiles of 3 x 4 rows: 12 vector accumulators, 3 + 1 loaded vectors fill the 16 vector
// registers of x86-64-v3, and each loaded number is used three or four times. Every element's sum is formed in the same order
// wherever its tile lies, so that results depend neither on threads nor on the block sizes.
//
// Bounds: a tile at the lower or right edge repeats its last valid row instead of reading past it; columns that do not fill a
// vector are summed one by one.

/// A number whose products are summed in lanes.
protocol ProductElement {
    associatedtype Vector
    static var lanes: Int { get }
    static var zeroLanes: Vector { get }
    static func load(_ pointer: UnsafePointer<Self>) -> Vector
    /// sum + x * y, rounded twice.
    static func add(_ x: Vector, _ y: Vector, to sum: inout Vector)
    /// The sum of the lanes, halves first.
    static func total(_ vector: Vector) -> Double
    var widened: Double { get }
}

extension Float: ProductElement {
    @inline(__always) static var lanes: Int { 8 }
    @inline(__always) static var zeroLanes: SIMD8<Float> { .zero }
    @inline(__always) var widened: Double { Double(self) }

    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>) -> SIMD8<Float> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
    }

    @inline(__always)
    static func add(_ x: SIMD8<Float>, _ y: SIMD8<Float>, to sum: inout SIMD8<Float>) { sum += x * y }

    @inline(__always)
    static func total(_ vector: SIMD8<Float>) -> Double {
        let four = vector.lowHalf + vector.highHalf
        let two = four.lowHalf + four.highHalf
        return Double(two.x + two.y)
    }
}

extension Double: ProductElement {
    @inline(__always) static var lanes: Int { 4 }
    @inline(__always) static var zeroLanes: SIMD4<Double> { .zero }
    @inline(__always) var widened: Double { self }

    @inline(__always)
    static func load(_ pointer: UnsafePointer<Double>) -> SIMD4<Double> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Double>.self)
    }

    @inline(__always)
    static func add(_ x: SIMD4<Double>, _ y: SIMD4<Double>, to sum: inout SIMD4<Double>) { sum += x * y }

    @inline(__always)
    static func total(_ vector: SIMD4<Double>) -> Double {
        let two = vector.lowHalf + vector.highHalf
        return two.x + two.y
    }
}

/// A block of A·Bᵀ, added to a block of the target.
struct ProductBlock<Element: ProductElement> {
    /// The first number of the block's first row of A, and how far apart its rows begin.
    let a: UnsafePointer<Element>
    let aStride: Int
    let aRows: Int
    let b: UnsafePointer<Element>
    let bStride: Int
    let bRows: Int
    /// Numbers of each row that are multiplied.
    let length: Int
    let target: UnsafeMutablePointer<Double>
    let targetStride: Int

    @inline(__always)
    func accumulate() {
        for row in stride(from: 0, to: aRows, by: 3) {
            for other in stride(from: 0, to: bRows, by: 4) { tile(row, other) }
        }
    }

    private func tile(_ row: Int, _ other: Int) {
        let a0 = a + row * aStride
        let a1 = a + min(row + 1, aRows - 1) * aStride
        let a2 = a + min(row + 2, aRows - 1) * aStride
        let b0 = b + other * bStride
        let b1 = b + min(other + 1, bRows - 1) * bStride
        let b2 = b + min(other + 2, bRows - 1) * bStride
        let b3 = b + min(other + 3, bRows - 1) * bStride
        var s00 = Element.zeroLanes, s01 = s00, s02 = s00, s03 = s00
        var s10 = s00, s11 = s00, s12 = s00, s13 = s00
        var s20 = s00, s21 = s00, s22 = s00, s23 = s00
        var k = 0
        while k + Element.lanes <= length {
            let x0 = Element.load(a0 + k), x1 = Element.load(a1 + k), x2 = Element.load(a2 + k)
            var y = Element.load(b0 + k)
            Element.add(x0, y, to: &s00)
            Element.add(x1, y, to: &s10)
            Element.add(x2, y, to: &s20)
            y = Element.load(b1 + k)
            Element.add(x0, y, to: &s01)
            Element.add(x1, y, to: &s11)
            Element.add(x2, y, to: &s21)
            y = Element.load(b2 + k)
            Element.add(x0, y, to: &s02)
            Element.add(x1, y, to: &s12)
            Element.add(x2, y, to: &s22)
            y = Element.load(b3 + k)
            Element.add(x0, y, to: &s03)
            Element.add(x1, y, to: &s13)
            Element.add(x2, y, to: &s23)
            k += Element.lanes
        }
        let others = (b0, b1, b2, b3)
        add((Element.total(s00), Element.total(s01), Element.total(s02), Element.total(s03)), row, other, a0, others, k)
        if row + 1 < aRows {
            add((Element.total(s10), Element.total(s11), Element.total(s12), Element.total(s13)), row + 1, other, a1, others, k)
        }
        if row + 2 < aRows {
            add((Element.total(s20), Element.total(s21), Element.total(s22), Element.total(s23)), row + 2, other, a2, others, k)
        }
    }

    /// Adds the products of the columns from `rest` on to a row's four sums, and these to the target.
    @inline(__always)
    private func add(
        _ sums: (Double, Double, Double, Double), _ row: Int, _ other: Int, _ x: UnsafePointer<Element>,
        _ y: (UnsafePointer<Element>, UnsafePointer<Element>, UnsafePointer<Element>, UnsafePointer<Element>), _ rest: Int
    ) {
        var totals = sums
        for k in rest..<length {
            let value = x[k].widened
            totals.0 += value * y.0[k].widened
            totals.1 += value * y.1[k].widened
            totals.2 += value * y.2[k].widened
            totals.3 += value * y.3[k].widened
        }
        let place = target + row * targetStride + other
        place[0] += totals.0
        if other + 1 < bRows { place[1] += totals.1 }
        if other + 2 < bRows { place[2] += totals.2 }
        if other + 3 < bRows { place[3] += totals.3 }
    }
}
