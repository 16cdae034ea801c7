extension Gray {
    /// The pixels as numbers.
    var floats: NumberPlane<Float> {
        let values = [Float](unsafeUninitializedCapacity: pixels.count) { values, initialized in
            for i in 0..<pixels.count { values[i] = Float(Int32(pixels[i])) }
            initialized = pixels.count
        }
        return NumberPlane(rows: height, columns: width, values: values)
    }
}

extension NumberPlane<Float> {
    /// Each value becomes the sum of its row's values about it times `taps`, the first tap being for the value furthest left; the row
    /// continues its border. Sums run from the first tap to the last, in Float.
    /// - Precondition: an odd number of taps.
    /// - Complexity: O(values x taps).
    func filteredAlongRows(by taps: [Float]) -> NumberPlane {
        precondition(!taps.count.isMultiple(of: 2), "a filter has a middle tap")
        let radius = taps.count / 2
        let width = columns
        let result = [Float](unsafeUninitializedCapacity: values.count) { target, initialized in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: width + 2 * radius) { line in
                for y in 0..<rows {
                    values.withUnsafeBufferPointer { source in
                        let row = source.baseAddress! + y * width
                        for i in 0..<radius {
                            line.initializeElement(at: i, to: row[0])
                            line.initializeElement(at: width + radius + i, to: row[width - 1])
                        }
                        (line.baseAddress! + radius).initialize(from: row, count: width)
                    }
                    addTaps(taps, to: target.baseAddress! + y * width, count: width) { UnsafePointer(line.baseAddress! + $0) }
                }
            }
            initialized = values.count
        }
        return NumberPlane(rows: rows, columns: columns, values: result)
    }

    /// As `filteredAlongRows`, down the columns.
    func filteredAlongColumns(by taps: [Float]) -> NumberPlane {
        precondition(!taps.count.isMultiple(of: 2), "a filter has a middle tap")
        let radius = taps.count / 2
        let result = [Float](unsafeUninitializedCapacity: values.count) { target, initialized in
            values.withUnsafeBufferPointer { source in
                for y in 0..<rows {
                    addTaps(taps, to: target.baseAddress! + y * columns, count: columns) { tap in
                        source.baseAddress! + Swift.min(Swift.max(y + tap - radius, 0), rows - 1) * columns
                    }
                }
            }
            initialized = values.count
        }
        return NumberPlane(rows: rows, columns: columns, values: result)
    }
}

/// target[i] = sum over k of taps[k] source(k)[i].
///
/// Unchecked: every source has `count` numbers.
@inline(__always)
private func addTaps(
    _ taps: [Float], to target: UnsafeMutablePointer<Float>, count: Int, source: (_ tap: Int) -> UnsafePointer<Float>
) {
    taps.withUnsafeBufferPointer { taps in
        var x = 0
        while x + 16 <= count {
            var (low, high) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            for k in 0..<taps.count {
                let from = UnsafeRawPointer(source(k) + x)
                low += taps[k] * from.loadUnaligned(as: SIMD8<Float>.self)
                high += taps[k] * from.loadUnaligned(fromByteOffset: 32, as: SIMD8<Float>.self)
            }
            UnsafeMutableRawPointer(target + x).storeBytes(of: low, as: SIMD8<Float>.self)
            UnsafeMutableRawPointer(target + x).storeBytes(of: high, toByteOffset: 32, as: SIMD8<Float>.self)
            x += 16
        }
        while x < count {
            var sum: Float = 0
            for k in 0..<taps.count { sum += taps[k] * source(k)[x] }
            target[x] = sum
            x += 1
        }
    }
}
