import Support

/// One level's two axes.
struct SynthesisLevel {
    var vertical: SynthesisAxis
    var horizontal: SynthesisAxis

    var outputSize: Size { Size(width: 2 * horizontal.pairCount, height: 2 * vertical.pairCount) }
}

extension WaveletKernels {
    /// Rows of one band or plane, the distance between them being its own width.
    private struct Band {
        var base: Row
        var width: Int

        init(_ base: Row, width: Int) {
            (self.base, self.width) = (base, width)
        }

        func row(_ y: Int) -> Row { base + y * width }
    }

    /// The plane of a decomposition, cut to `size`; an approximation with a row or column too many is read without it.
    static func reconstruct(_ parts: PlaneDecomposition<S>, _ levels: [SynthesisLevel], size: Size) -> NumberPlane<S> {
        guard !levels.isEmpty else { return parts.approximation.trimmed(to: size) }
        var scratch = KernelMemory<S>(capacity: levels.dropLast().reduce(0) { $0 + $1.outputSize.area })
        let values = [S](writing: size.area) { target in
            parts.approximation.values.withUnsafeBufferPointer { values in
                var source = Band(values.baseAddress!, width: parts.approximation.columns)
                for (i, level) in levels.enumerated() {
                    let isLast = i + 1 == levels.count
                    let place = isLast ? target : scratch.take(level.outputSize.area)
                    let outputSize = isLast ? size : level.outputSize
                    synthesise(source, parts.details[i], level, into: place, size: outputSize)
                    source = Band(Row(place), width: outputSize.width)
                }
            }
        }
        return NumberPlane(rows: size.height, columns: size.width, values: values)
    }

    /// One level: each row of the bands becomes, along the row, one line of low and one of high vertical frequency; a ring
    /// holds as many of these as the filter is long, and each pair of output rows is summed out of it.
    private static func synthesise(
        _ approximation: Band, _ detail: PlaneDetail<S>, _ level: SynthesisLevel, into target: Target, size: Size
    ) {
        let (vertical, horizontal) = (level.vertical, level.horizontal)
        let (taps, lineTaps) = (vertical.shifts.count, horizontal.shifts.count)
        let width = 2 * horizontal.pairCount
        let reach = horizontal.pairCount + horizontal.lastShift - horizontal.firstShift
        var scratch = KernelMemory<S>(capacity: (2 * taps + 1) * width + 2 * reach + 4 * taps + 4 * lineTaps)
        let ring = scratch.take(2 * taps * width)
        let spare = scratch.take(width)
        let wrapped = scratch.take(2 * reach)
        let (even, odd) = (scratch.take(vertical.even), scratch.take(vertical.odd))
        let (lineEven, lineOdd) = (scratch.take(horizontal.even), scratch.take(horizontal.odd))
        var pointers = KernelMemory<Row>(capacity: 2 * (taps + lineTaps))
        let (columnRows, lineRows) = (pointers.take(2 * taps), pointers.take(2 * lineTaps))

        detail.horizontal.values.withUnsafeBufferPointer { highLow in
            detail.vertical.values.withUnsafeBufferPointer { lowHigh in
                detail.diagonal.values.withUnsafeBufferPointer { highHigh in
                    let columns = detail.diagonal.columns
                    let bands = (
                        (approximation, Band(lowHigh.baseAddress!, width: columns)),
                        (Band(highLow.baseAddress!, width: columns), Band(highHigh.baseAddress!, width: columns))
                    )
                    /// Row y of two bands, joined along the row.
                    @inline(__always) func join(_ pair: (Band, Band), _ y: Int, _ line: Target) {
                        var (low, high) = (pair.0.row(y), pair.1.row(y))
                        if horizontal.isPeriodic {
                            for i in 0..<reach {
                                let column = horizontal.wrapped(horizontal.firstShift + i)
                                wrapped[i] = low[column]
                                wrapped[reach + i] = high[column]
                            }
                            (low, high) = (Row(wrapped) - horizontal.firstShift, Row(wrapped) + reach - horizontal.firstShift)
                        }
                        for t in 0..<lineTaps {
                            lineRows[t] = low + (horizontal.lastShift - t)
                            lineRows[lineTaps + t] = high + (horizontal.lastShift - t)
                        }
                        let sink = Sink(first: line, second: line)
                        sumPair(.merged, lineRows, 2 * lineTaps, lineEven, lineOdd, sink, horizontal.pairCount)
                    }

                    var next = vertical.firstShift
                    for m in 0..<vertical.pairCount where 2 * m < size.height {
                        while next <= m + vertical.lastShift {
                            let slot = ring + 2 * ((next - vertical.firstShift) % taps) * width
                            let y = vertical.isPeriodic ? vertical.wrapped(next) : next
                            join(bands.0, y, slot)
                            join(bands.1, y, slot + width)
                            next += 1
                        }
                        for t in 0..<taps {
                            let slot = ring + 2 * ((m + vertical.lastShift - t - vertical.firstShift) % taps) * width
                            columnRows[t] = Row(slot)
                            columnRows[taps + t] = Row(slot + width)
                        }
                        let top = target + 2 * m * size.width
                        let bottom = 2 * m + 1 < size.height ? top + size.width : spare
                        sumPair(.rows, columnRows, 2 * taps, even, odd, Sink(first: top, second: bottom), size.width)
                    }
                }
            }
        }
    }
}
