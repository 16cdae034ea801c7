import Support

/// One level's two axes.
struct AnalysisLevel {
    var vertical: AnalysisAxis
    var horizontal: AnalysisAxis

    var outputSize: Size { Size(width: horizontal.outputCount, height: vertical.outputCount) }
}

extension WaveletKernels {
    /// All levels of a plane; `levels` follow from each other's sizes.
    static func decompose(_ plane: NumberPlane<S>, _ levels: [AnalysisLevel]) -> PlaneDecomposition<S> {
        guard let last = levels.last else { return PlaneDecomposition(size: plane.size, approximation: plane, details: []) }
        var scratch = KernelMemory<S>(capacity: levels.dropLast().reduce(0) { $0 + $1.outputSize.area })
        var details: [PlaneDetail<S>] = []
        let approximation = [S](writing: last.outputSize.area) { target in
            plane.values.withUnsafeBufferPointer { values in
                var source = values.baseAddress!
                for (i, level) in levels.enumerated() {
                    let low = i + 1 < levels.count ? scratch.take(level.outputSize.area) : target
                    details.append(analyse(source, level, into: low))
                    source = Row(low)
                }
            }
        }
        let size = last.outputSize
        return PlaneDecomposition(
            size: plane.size, approximation: NumberPlane(rows: size.height, columns: size.width, values: approximation),
            details: details.reversed())
    }

    /// One level: for each output row the columns are filtered into two extended lines, kept as even and odd samples, and
    /// these give one row of all four bands, while everything is still in the nearest cache.
    private static func analyse(_ source: Row, _ level: AnalysisLevel, into approximation: Target) -> PlaneDetail<S> {
        let (vertical, horizontal) = (level.vertical, level.horizontal)
        let (rows, columns, width) = (vertical.outputCount, horizontal.outputCount, horizontal.inputCount)
        let outside = vertical.border.reduce(0) { $1.sample.isCopy ? $0 : $0 + 1 }
        let lineSize = SplitLine<S>.size(horizontal)
        var scratch = KernelMemory<S>(
            capacity: 2 * lineSize + outside * width + 2 * vertical.filterLength + 2 * horizontal.filterLength)
        let lowLine = SplitLine(horizontal, at: scratch.take(lineSize))
        let highLine = SplitLine(horizontal, at: scratch.take(lineSize))
        let (verticalLow, verticalHigh) = (scratch.take(vertical.low), scratch.take(vertical.high))
        let (low, high) = (scratch.take(horizontal.low), scratch.take(horizontal.high))
        let extended = extendedRows(source, width, vertical, outside: scratch.take(outside * width))
        let lines = Sink(first: lowLine.first, second: highLine.first, offset: lowLine.second - lowLine.first)

        var horizontalBand: (low: [S], high: [S]) = ([], [])
        let area = rows * columns
        let vertAndDiag = twoArrays(area) { lowHigh, highHigh in
            horizontalBand.low = [S](writing: area) { highLow in
                extended.withUnsafeBufferPointer { extended in
                    for y in 0..<rows {
                        // Stored last row first: tap j reads extended row 2y + L - 1 - j.
                        let taps = extended.baseAddress! + (extended.count - 2 * y - vertical.filterLength)
                        sumPair(.split, taps, vertical.filterLength, verticalLow, verticalHigh, lines, width)
                        lowLine.fillBorders()
                        highLine.fillBorders()
                        let at = y * columns
                        sumPair(
                            .rows, lowLine.rows, horizontal.filterLength, low, high,
                            Sink(first: approximation + at, second: lowHigh + at), columns)
                        sumPair(
                            .rows, highLine.rows, horizontal.filterLength, low, high,
                            Sink(first: highLow + at, second: highHigh + at), columns)
                    }
                }
            }
        }
        return PlaneDetail(
            horizontal: NumberPlane(rows: rows, columns: columns, values: horizontalBand.low),
            vertical: NumberPlane(rows: rows, columns: columns, values: vertAndDiag.low),
            diagonal: NumberPlane(rows: rows, columns: columns, values: vertAndDiag.high))
    }

    /// The rows of the vertically extended plane, last one first; those that are not the plane's own are computed at `outside`.
    private static func extendedRows(_ base: Row, _ width: Int, _ axis: AnalysisAxis, outside: Target) -> [Row] {
        var rows = (0..<axis.extendedCount).map { base + min(max($0 - axis.lead, 0), axis.inputCount - 1) * width }
        var next = outside
        for border in axis.border {
            let (sample, indices, weights) = (border.sample, border.sample.indices, border.sample.weights)
            if sample.isCopy {
                rows[border.position] = base + indices.0 * width
                continue
            }
            let (first, second, third) = (base + indices.0 * width, base + indices.1 * width, base + indices.2 * width)
            let (w0, w1, w2) = (S(weights.0), S(weights.1), S(weights.2))
            for x in 0..<width {
                var value: S = 0
                if sample.count > 0 { value = first[x] * w0 }
                if sample.count > 1 { value += (sample.isLine ? first[x] - second[x] : second[x]) * w1 }
                if sample.count > 2 { value += third[x] * w2 }
                next[x] = value
            }
            rows[border.position] = Row(next)
            next += width
        }
        return rows.reversed()
    }
}
