extension WaveletKernels {
    /// One level of analysis: for each output row the columns are filtered into two extended lines, each line is split into
    /// its even and odd samples, and these give one row of all four bands, while everything is still in the nearest cache.
    static func analysePlane(_ plane: Grid<S>, _ vertical: AnalysisAxis<S>, _ horizontal: AnalysisAxis<S>) -> WaveletBands<S> {
        let (rows, columns) = (vertical.outputCount, horizontal.outputCount)
        let width = plane.columns
        let pairs = horizontal.extendedCount / 2
        let outside = vertical.border.samples.filter { !$0.isCopy }
        let scratch = UnsafeMutablePointer<S>.allocate(capacity: 8 * pairs + outside.count * width)
        defer { scratch.deallocate() }
        let (lowLine, highLine) = (scratch, scratch + 2 * pairs)
        let (lowEven, lowOdd) = (scratch + 4 * pairs, scratch + 5 * pairs)
        let (highEven, highOdd) = (scratch + 6 * pairs, scratch + 7 * pairs)
        let lowRows = lineRows(lowEven, lowOdd, filterLength: horizontal.filterLength)
        let highRows = lineRows(highEven, highOdd, filterLength: horizontal.filterLength)

        var bands: [[S]] = []
        plane.values.withUnsafeBufferPointer { source in
            let base = source.baseAddress!
            let extended = extendedRows(base, width, vertical, outside: scratch + 8 * pairs)
            bands = fourArrays(rows * columns) { ll, lh, hl, hh in
                for y in 0..<rows {
                    extended.withUnsafeBufferPointer { extended in
                        // Stored last row first: tap j reads extended row 2y + L - 1 - j.
                        let taps = extended.baseAddress! + (extended.count - 2 * y - vertical.filterLength)
                        sumPair(
                            taps, vertical.filterLength, vertical.low, vertical.high, lowLine + horizontal.lead,
                            highLine + horizontal.lead, width)
                    }
                    fillBorder(lowLine, horizontal.lead, horizontal.border)
                    fillBorder(highLine, horizontal.lead, horizontal.border)
                    split(lowLine, lowEven, lowOdd, pairs)
                    split(highLine, highEven, highOdd, pairs)
                    let at = y * columns
                    sumPair(lowRows, horizontal.filterLength, horizontal.low, horizontal.high, ll + at, lh + at, columns)
                    sumPair(highRows, horizontal.filterLength, horizontal.low, horizontal.high, hl + at, hh + at, columns)
                }
            }
        }
        return WaveletBands(
            approximation: Grid(rows: rows, columns: columns, values: bands[0]),
            horizontal: Grid(rows: rows, columns: columns, values: bands[2]),
            vertical: Grid(rows: rows, columns: columns, values: bands[1]),
            diagonal: Grid(rows: rows, columns: columns, values: bands[3]))
    }

    /// The rows of the vertically extended plane, last one first; those that are not the plane's own are computed at `outside`.
    private static func extendedRows(
        _ base: Row, _ width: Int, _ axis: AnalysisAxis<S>, outside: UnsafeMutablePointer<S>
    ) -> [Row] {
        var rows = (0..<axis.extendedCount).map { base + min(max($0 - axis.lead, 0), axis.inputCount - 1) * width }
        var next = outside
        for sample in axis.border.samples {
            if sample.isCopy {
                rows[sample.position] = base + sample.first * width
                continue
            }
            let first = base + sample.first * width
            for x in 0..<width { next[x] = sample.isZero ? 0 : first[x] * sample.firstWeight }
            for other in sample.others {
                let row = base + other.index * width
                for x in 0..<width { next[x] += row[x] * other.weight }
            }
            rows[sample.position] = Row(next)
            next += width
        }
        return rows.reversed()
    }

    /// One level of synthesis: each row of the bands becomes, along the row, one line of low and one of high vertical
    /// frequency; a ring holds as many of these as the filter is long, and each pair of output rows is summed out of it.
    static func synthesisePlane(_ bands: WaveletBands<S>, _ vertical: SynthesisAxis<S>, _ horizontal: SynthesisAxis<S>) -> Grid<S> {
        let (rows, columns) = (2 * vertical.pairCount, 2 * horizontal.pairCount)
        let taps = vertical.shifts.count
        let reach = horizontal.pairCount + horizontal.lastShift - horizontal.firstShift
        let scratch = UnsafeMutablePointer<S>.allocate(capacity: 2 * taps * columns + 2 * horizontal.pairCount + 2 * reach)
        defer { scratch.deallocate() }
        let ring = scratch
        let (even, odd) = (scratch + 2 * taps * columns, scratch + 2 * taps * columns + horizontal.pairCount)
        let wrapped = odd + horizontal.pairCount
        let evenWeights = (horizontal.evenLow + horizontal.evenHigh, vertical.evenLow + vertical.evenHigh)
        let oddWeights = (horizontal.oddLow + horizontal.oddHigh, vertical.oddLow + vertical.oddHigh)
        let lineShifts = synthesisRows(horizontal)
        var lineTaps = [Row](repeating: Row(scratch), count: lineShifts.count)
        var columnTaps = [Row](repeating: Row(scratch), count: 2 * taps)

        /// Row `place` of the bands, joined along the row, into the ring's two lines.
        func join(_ low: Grid<S>, _ high: Grid<S>, _ place: Int, into line: UnsafeMutablePointer<S>) {
            low.values.withUnsafeBufferPointer { lowValues in
                high.values.withUnsafeBufferPointer { highValues in
                    let row = vertical.wrapped(place)
                    var lowRow = lowValues.baseAddress! + row * low.columns
                    var highRow = highValues.baseAddress! + row * high.columns
                    if horizontal.isPeriodic {
                        for i in 0..<reach {
                            let column = horizontal.wrapped(horizontal.firstShift + i)
                            wrapped[i] = lowRow[column]
                            wrapped[reach + i] = highRow[column]
                        }
                        lowRow = Row(wrapped) - horizontal.firstShift
                        highRow = Row(wrapped) + reach - horizontal.firstShift
                    }
                    for (i, tap) in lineShifts.enumerated() {
                        lineTaps[i] = (tap.isHigh ? highRow : lowRow) + tap.shift
                    }
                    sumPair(lineTaps, lineTaps.count, evenWeights.0, oddWeights.0, even, odd, horizontal.pairCount)
                    merge(even, odd, line, horizontal.pairCount)
                }
            }
        }

        let values = [S](unsafeUninitializedCapacity: rows * columns) { target, initialized in
            var next = vertical.firstShift
            for m in 0..<vertical.pairCount {
                while next <= m + vertical.lastShift {
                    let slot = ring + 2 * ((next - vertical.firstShift) % taps) * columns
                    join(bands.approximation, bands.vertical, next, into: slot)
                    join(bands.horizontal, bands.diagonal, next, into: slot + columns)
                    next += 1
                }
                for (t, shift) in vertical.shifts.enumerated() {
                    let slot = Row(ring) + 2 * ((m + shift - vertical.firstShift) % taps) * columns
                    columnTaps[t] = slot
                    columnTaps[taps + t] = slot + columns
                }
                let top = target.baseAddress! + 2 * m * columns
                sumPair(columnTaps, 2 * taps, evenWeights.1, oddWeights.1, top, top + columns, columns)
            }
            initialized = rows * columns
        }
        return Grid(rows: rows, columns: columns, values: values)
    }

    private static func fourArrays(
        _ count: Int,
        _ body: (UnsafeMutablePointer<S>, UnsafeMutablePointer<S>, UnsafeMutablePointer<S>, UnsafeMutablePointer<S>) -> Void
    ) -> [[S]] {
        var others: (low: [S], high: [S]) = ([], [])
        let firsts = twoArrays(count) { a, b in
            others = twoArrays(count) { c, d in body(a, b, c, d) }
        }
        return [firsts.low, firsts.high, others.low, others.high]
    }
}
