import Support

/// The size of each complex number.
func waveSizes(_ real: [Double], _ imaginary: [Double]) -> [Float] {
    precondition(real.count == imaginary.count, "each number has two parts")
    return [Float](writing: real.count) { target in
        real.withUnsafeBufferPointer { real in
            imaginary.withUnsafeBufferPointer { imaginary in
                for i in 0..<real.count { target[i] = Float((real[i] * real[i] + imaginary[i] * imaginary[i]).squareRoot()) }
            }
        }
    }
}
