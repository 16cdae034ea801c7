import Support

extension WaveletKernels {
    static func analyseLine(_ signal: [S], _ axis: AnalysisAxis) -> (low: [S], high: [S]) {
        var scratch = KernelMemory<S>(capacity: SplitLine<S>.size(axis) + 2 * axis.filterLength)
        let line = SplitLine(axis, at: scratch.take(SplitLine<S>.size(axis)))
        let (low, high) = (scratch.take(axis.low), scratch.take(axis.high))
        for i in 0..<signal.count { (i & 1 == 0 ? line.first : line.second)[i >> 1] = signal[i] }
        line.fillBorders()
        return twoArrays(axis.outputCount) { a, b in
            sumPair(.rows, line.rows, axis.filterLength, low, high, Sink(first: a, second: b), axis.outputCount)
        }
    }

    static func synthesiseLine(_ low: [S], _ high: [S], _ axis: SynthesisAxis) -> [S] {
        let taps = axis.shifts.count
        let reach = axis.pairCount + axis.lastShift - axis.firstShift
        var scratch = KernelMemory<S>(capacity: 2 * reach + 4 * taps)
        let (lowLine, highLine) = (scratch.take(reach), scratch.take(reach))
        for i in 0..<reach {
            let place = axis.wrapped(axis.firstShift + i)
            lowLine[i] = low[place]
            highLine[i] = high[place]
        }
        let (even, odd) = (scratch.take(axis.even), scratch.take(axis.odd))
        let rows = [Row(lowLine), Row(highLine)].flatMap { line in axis.shifts.map { line + $0 - axis.firstShift } }
        return [S](writing: 2 * axis.pairCount) { target in
            sumPair(.merged, rows, 2 * taps, even, odd, Sink(first: target, second: target), axis.pairCount)
        }
    }

    /// Output n of one stationary level: the sum over j of filter[j] * signal[n + offset - j * stride], all places periodic.
    static func stationaryLine(_ signal: [S], _ axis: StationaryAxis) -> (low: [S], high: [S]) {
        let count = signal.count
        let reach = (axis.filterLength - 1) * axis.stride
        var scratch = KernelMemory<S>(capacity: count + reach + 2 * axis.filterLength)
        let line = scratch.take(count + reach)
        repeatPeriodically(signal, from: axis.offset - reach, into: line, count: count + reach)
        let rows = (0..<axis.filterLength).map { Row(line + reach - $0 * axis.stride) }
        let (low, high) = (scratch.take(axis.low), scratch.take(axis.high))
        return twoArrays(count) { a, b in
            sumPair(.rows, rows, axis.filterLength, low, high, Sink(first: a, second: b), count)
        }
    }

    /// The mean of the inverses over all shifts: half the sum over j of both filters times the coefficients around n.
    static func inverseStationaryLine(_ low: [S], _ high: [S], _ axis: StationaryAxis) -> [S] {
        let count = low.count
        let reach = (axis.filterLength - 1) * axis.stride
        var scratch = KernelMemory<S>(capacity: 2 * (count + reach) + 2 * axis.filterLength)
        let lines = [scratch.take(count + reach), scratch.take(count + reach)]
        repeatPeriodically(low, from: axis.inverseOffset - reach, into: lines[0], count: count + reach)
        repeatPeriodically(high, from: axis.inverseOffset - reach, into: lines[1], count: count + reach)
        let rows = lines.flatMap { line in (0..<axis.filterLength).map { Row(line + reach - $0 * axis.stride) } }
        let weights = scratch.take(axis.inverseLow + axis.inverseHigh)
        return twoArrays(count) { a, b in
            sumPair(.rows, rows, 2 * axis.filterLength, weights, weights, Sink(first: a, second: b), count)
        }.low
    }

    private static func repeatPeriodically(_ signal: [S], from first: Int, into line: Target, count: Int) {
        signal.withUnsafeBufferPointer { signal in
            var place = first % signal.count
            if place < 0 { place += signal.count }
            for i in 0..<count {
                line[i] = signal[place]
                place = place + 1 == signal.count ? 0 : place + 1
            }
        }
    }
}
