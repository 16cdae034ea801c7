// Plain vector operations on arrays of equal length, each in a fixed order of summation (four lanes, then a tail).

/// u·v
func dot(_ u: [Double], _ v: [Double]) -> Double {
    precondition(u.count == v.count, "vectors of equal length")
    return u.withUnsafeBufferPointer { u in
        v.withUnsafeBufferPointer { v in
            var lanes = SIMD4<Double>.zero
            var index = 0
            while index + 4 <= u.count {
                lanes += load(u, index) * load(v, index)
                index += 4
            }
            var sum = (lanes.x + lanes.y) + (lanes.z + lanes.w)
            while index < u.count {
                sum += u[index] * v[index]
                index += 1
            }
            return sum
        }
    }
}

/// target += factor * v
func add(_ factor: Double, _ v: [Double], to target: inout [Double]) {
    precondition(v.count == target.count, "vectors of equal length")
    v.withUnsafeBufferPointer { v in
        target.withUnsafeMutableBufferPointer { target in
            for index in 0..<v.count { target[index] += factor * v[index] }
        }
    }
}

func scaled(_ v: [Double], _ factor: Double) -> [Double] {
    v.map { $0 * factor }
}

func difference(_ u: [Double], _ v: [Double]) -> [Double] {
    precondition(u.count == v.count, "vectors of equal length")
    return u.indices.map { u[$0] - v[$0] }
}

/// Four numbers from `index` on; the caller sees to it that they are inside.
@inline(__always)
private func load(_ buffer: UnsafeBufferPointer<Double>, _ index: Int) -> SIMD4<Double> {
    UnsafeRawPointer(buffer.baseAddress! + index).loadUnaligned(as: SIMD4<Double>.self)
}
