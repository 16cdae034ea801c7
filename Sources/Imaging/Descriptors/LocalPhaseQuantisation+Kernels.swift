/// The label of each pixel from the signs of its four waves.
///
/// `products` are the row's wave (real, imaginary) times the column's (real, imaginary): their sums and differences are the waves along
/// both diagonals. Unchecked reads: all planes have one size.
func quantisedPhases(
    along: (real: NumberPlane<Float>, imaginary: NumberPlane<Float>), down: (real: NumberPlane<Float>, imaginary: NumberPlane<Float>),
    products: (
        realReal: NumberPlane<Float>, realImaginary: NumberPlane<Float>, imaginaryReal: NumberPlane<Float>,
        imaginaryImaginary: NumberPlane<Float>
    )
) -> [UInt16] {
    let count = along.real.values.count
    return [UInt16](unsafeUninitializedCapacity: count) { labels, initialized in
        along.real.values.withUnsafeBufferPointer { alongReal in
            along.imaginary.values.withUnsafeBufferPointer { alongImaginary in
                for i in 0..<count {
                    let low: UInt16 = (alongReal[i] > 0 ? 1 : 0) | (alongImaginary[i] > 0 ? 2 : 0)
                    labels[i] = low
                }
            }
        }
        down.real.values.withUnsafeBufferPointer { downReal in
            down.imaginary.values.withUnsafeBufferPointer { downImaginary in
                for i in 0..<count {
                    let bits: UInt16 = (downReal[i] > 0 ? 4 : 0) | (downImaginary[i] > 0 ? 8 : 0)
                    labels[i] |= bits
                }
            }
        }
        products.realReal.values.withUnsafeBufferPointer { rr in
            products.realImaginary.values.withUnsafeBufferPointer { ri in
                products.imaginaryReal.values.withUnsafeBufferPointer { ir in
                    products.imaginaryImaginary.values.withUnsafeBufferPointer { ii in
                        for i in 0..<count {
                            // (a + ib)(c + id) and, upwards instead of downwards, (a + ib)(c - id).
                            let falling: UInt16 = (rr[i] > ii[i] ? 16 : 0) | (ir[i] + ri[i] > 0 ? 32 : 0)
                            let rising: UInt16 = (rr[i] + ii[i] > 0 ? 64 : 0) | (ir[i] > ri[i] ? 128 : 0)
                            labels[i] |= falling | rising
                        }
                    }
                }
            }
        }
        initialized = count
    }
}
