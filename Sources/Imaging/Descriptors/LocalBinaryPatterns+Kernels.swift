import Support

/// The label of every pixel's ring of neighbours.
///
/// Interpolation follows scikit-image number for number, since a tie between a pixel and its neighbour is decided by rounding:
/// the fractions of row + offset and column + offset are taken in Double at each place. Neighbours on whole pixels are
/// compared as bytes. The others are interpolated along the row first, and that line is the same for all neighbours of one
/// horizontal offset and for every row that needs it: a few such lines are kept, each made once.
///
/// Unchecked reads: lines have zeros on both sides as wide as the circle reaches, and room for whole SIMD vectors.
func patternLabels(_ gray: Gray, circle: SamplingCircle, labels: [UInt16]) -> [UInt16] {
    let (width, height) = (gray.width, gray.height)
    let lines = PatternLines(gray, circle)
    let rowSums = KernelMemory<Double>(capacity: lines.vectorWidth)
    let rowBits = KernelMemory<UInt16>(capacity: lines.vectorWidth)
    let (sums, wholeBits) = (rowSums.start, rowBits.start)
    return [UInt16](unsafeUninitializedCapacity: width * height) { result, count in
        labels.withUnsafeBufferPointer { labels in
            for y in 0..<height {
                lines.advance(to: y)
                wholeBits.update(repeating: 0, count: width)
                // 2^52: the sum of powers of two added to it appears in the low bits.
                sums.update(repeating: 0x1p52, count: lines.vectorWidth)
                let bytes = lines.bytes(row: y)
                let centre = lines.numbers(row: y)
                for (p, place) in circle.places.enumerated() {
                    if place.isWhole {
                        let neighbour = lines.bytes(row: y + place.top) + place.left
                        let bit: UInt16 = 1 << p
                        for x in 0..<width { wholeBits[x] |= neighbour[x] >= bytes[x] ? bit : 0 }
                    } else {
                        let down = Double(y) + place.down
                        let part = down - down.rounded(.down)
                        let upper = lines.blended(column: place.column, row: y + place.top)
                        let lower = part == 0 ? upper : lines.blended(column: place.column, row: y + place.top + 1)
                        addBits(Double(1 << p), where: upper, lower, part, reach: centre, to: sums, count: lines.vectorWidth)
                    }
                }
                let row = result.baseAddress! + y * width
                sums.withMemoryRebound(to: UInt64.self, capacity: width) { sums in
                    for x in 0..<width { row[x] = labels[Int(UInt16(truncatingIfNeeded: sums[x]) | wholeBits[x])] }
                }
            }
        }
        count = width * height
    }
}

/// How often each label comes in each block of a grid: block rows, block columns, labels; `count` numbers.
///
/// Two counters stand side by side for even and odd columns, so that equal neighbours need not wait for each other's sum.
/// Unchecked writes: labels are below `labelCount`, blocks inside the picture.
func blockHistograms(_ labels: [UInt16], width: Int, grid: Int, block: Size, labelCount: Int, count: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { counts, initialized in
        counts.initialize(repeating: 0)
        var odd = [Int32](repeating: 0, count: grid * labelCount)
        labels.withUnsafeBufferPointer { labels in
            odd.withUnsafeMutableBufferPointer { odd in
                for blockRow in 0..<grid {
                    let row = counts.baseAddress! + blockRow * grid * labelCount
                    for y in blockRow * block.height..<(blockRow + 1) * block.height {
                        var label = labels.baseAddress! + y * width
                        for column in 0..<grid {
                            let (first, second) = (row + column * labelCount, odd.baseAddress! + column * labelCount)
                            for _ in 0..<block.width / 2 {
                                first[Int(label[0])] &+= 1
                                second[Int(label[1])] &+= 1
                                label += 2
                            }
                            if !block.width.isMultiple(of: 2) {
                                first[Int(label[0])] &+= 1
                                label += 1
                            }
                        }
                    }
                    for i in 0..<grid * labelCount {
                        row[i] &+= odd[i]
                        odd[i] = 0
                    }
                }
            }
        }
        initialized = count
    }
}

/// Adds `bit` wherever a neighbour between two lines is at least as bright as the pixel.
@inline(__always)
private func addBits(
    _ bit: Double, where upper: UnsafePointer<Double>, _ lower: UnsafePointer<Double>, _ part: Double,
    reach centre: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>, count: Int
) {
    let rest = 1 - part
    for x in stride(from: 0, to: count, by: 4) {
        let value = rest * vector(upper + x) + part * vector(lower + x)
        let sum = vector(sums + x)
        let next = sum.replacing(with: sum + bit, where: value .>= vector(centre + x))
        UnsafeMutableRawPointer(sums + x).storeBytes(of: next, as: SIMD4<Double>.self)
    }
}

@inline(__always)
private func vector(_ p: UnsafePointer<Double>) -> SIMD4<Double> { UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Double>.self) }

/// The rows of a plane around one row: as bytes, as Doubles, and interpolated at each horizontal offset of a circle.
private final class PatternLines {
    /// The width, rounded up to whole vectors.
    let vectorWidth: Int
    private let gray: Gray
    private let circle: SamplingCircle
    private let margin: Int
    private let pitch: Int
    /// A power of two of rows are kept; row r lies in slot r mod that.
    private let mask: Int
    private let byteLines: KernelMemory<UInt8>
    private let numberLines: KernelMemory<Double>
    private let blendedLines: KernelMemory<Double>
    /// For each column offset: the weights of the left and of the right neighbour at each place.
    private let weights: KernelMemory<Double>
    private var nextRow: Int

    init(_ gray: Gray, _ circle: SamplingCircle) {
        self.gray = gray
        self.circle = circle
        margin = circle.reach
        vectorWidth = (gray.width + 3) & ~3
        pitch = vectorWidth + 2 * margin
        var slots = 1
        while slots < 2 * margin + 1 { slots *= 2 }
        mask = slots - 1
        byteLines = KernelMemory(repeating: 0, count: slots * pitch)
        numberLines = KernelMemory(repeating: 0, count: slots * pitch)
        blendedLines = KernelMemory(capacity: circle.columns.count * slots * vectorWidth)
        weights = KernelMemory(capacity: 2 * circle.columns.count * vectorWidth)
        for (k, column) in circle.columns.enumerated() {
            let left = weights.start + 2 * k * vectorWidth
            for x in 0..<vectorWidth {
                let place = Double(x) + column.along
                let fraction = place - place.rounded(.down)
                left[x] = 1 - fraction
                left[vectorWidth + x] = fraction
            }
        }
        nextRow = -margin
    }

    func bytes(row: Int) -> UnsafePointer<UInt8> { UnsafePointer(byteLines.start + (row & mask) * pitch + margin) }
    func numbers(row: Int) -> UnsafePointer<Double> { UnsafePointer(numberLines.start + (row & mask) * pitch + margin) }
    func blended(column: Int, row: Int) -> UnsafePointer<Double> {
        UnsafePointer(blendedLines.start + (column * (mask + 1) + row & mask) * vectorWidth)
    }

    /// Makes the lines up to the lowest one that the circle about `row` reaches.
    func advance(to row: Int) {
        while nextRow <= row + margin {
            make(nextRow)
            nextRow += 1
        }
    }

    private func make(_ row: Int) {
        let bytes = byteLines.start + (row & mask) * pitch + margin
        let numbers = numberLines.start + (row & mask) * pitch + margin
        if 0..<gray.height ~= row {
            gray.pixels.withUnsafeBufferPointer { pixels in
                let source = pixels.baseAddress! + row * gray.width
                for x in 0..<gray.width {
                    bytes[x] = source[x]
                    numbers[x] = Double(Int32(source[x]))
                }
            }
        } else {
            bytes.update(repeating: 0, count: gray.width)
            numbers.update(repeating: 0, count: gray.width)
        }
        for (k, column) in circle.columns.enumerated() {
            let line = blendedLines.start + (k * (mask + 1) + row & mask) * vectorWidth
            let (left, right) = (UnsafePointer(numbers + column.left), UnsafePointer(numbers + column.right))
            let weight = UnsafePointer(weights.start + 2 * k * vectorWidth)
            for x in stride(from: 0, to: vectorWidth, by: 4) {
                let value = vector(weight + x) * vector(left + x) + vector(weight + vectorWidth + x) * vector(right + x)
                UnsafeMutableRawPointer(line + x).storeBytes(of: value, as: SIMD4<Double>.self)
            }
        }
    }
}
