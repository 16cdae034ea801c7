extension WaveletKernels {
    /// The rows that `sumPair` reads along one line: tap j of output k is extended sample 2k + L - 1 - j, which stands in the
    /// even or the odd half at (L - 1 - j) / 2 + k.
    static func lineRows(_ even: Row, _ odd: Row, filterLength: Int) -> [Row] {
        (0..<filterLength).map { j in
            let place = filterLength - 1 - j
            return (place.isMultiple(of: 2) ? even : odd) + place / 2
        }
    }

    static func analyseLine(_ signal: [S], _ axis: AnalysisAxis<S>) -> (low: [S], high: [S]) {
        let half = axis.extendedCount / 2
        let scratch = UnsafeMutablePointer<S>.allocate(capacity: 4 * half)
        defer { scratch.deallocate() }
        let (line, even, odd) = (scratch, scratch + 2 * half, scratch + 3 * half)
        signal.withUnsafeBufferPointer { (line + axis.lead).update(from: $0.baseAddress!, count: $0.count) }
        fillBorder(line, axis.lead, axis.border)
        split(line, even, odd, half)
        let rows = lineRows(even, odd, filterLength: axis.filterLength)
        return twoArrays(axis.outputCount) { low, high in
            sumPair(rows, axis.filterLength, axis.low, axis.high, low, high, axis.outputCount)
        }
    }

    static func synthesiseLine(_ low: [S], _ high: [S], _ axis: SynthesisAxis<S>) -> [S] {
        let taps = axis.shifts.count
        let needed = axis.pairCount + axis.lastShift - axis.firstShift
        let scratch = UnsafeMutablePointer<S>.allocate(capacity: 2 * needed + 2 * axis.pairCount)
        defer { scratch.deallocate() }
        for i in 0..<needed {
            let place = axis.wrapped(axis.firstShift + i)
            scratch[i] = low[place]
            scratch[needed + i] = high[place]
        }
        let rows = synthesisRows(axis).map { row in
            Row(scratch + (row.isHigh ? needed : 0) + row.shift - axis.firstShift)
        }
        let (even, odd) = (scratch + 2 * needed, scratch + 2 * needed + axis.pairCount)
        sumPair(rows, 2 * taps, axis.evenLow + axis.evenHigh, axis.oddLow + axis.oddHigh, even, odd, axis.pairCount)
        return [S](unsafeUninitializedCapacity: 2 * axis.pairCount) { target, initialized in
            merge(even, odd, target.baseAddress!, axis.pairCount)
            initialized = 2 * axis.pairCount
        }
    }

    /// The bands and shifts that `sumPair` reads in a synthesis: all low-pass taps, then all high-pass taps.
    static func synthesisRows(_ axis: SynthesisAxis<S>) -> [(isHigh: Bool, shift: Int)] {
        axis.shifts.map { (false, $0) } + axis.shifts.map { (true, $0) }
    }

    static func twoArrays(_ count: Int, _ body: (UnsafeMutablePointer<S>, UnsafeMutablePointer<S>) -> Void) -> (low: [S], high: [S]) {
        var second: [S] = []
        let first = [S](unsafeUninitializedCapacity: count) { a, initializedA in
            second = [S](unsafeUninitializedCapacity: count) { b, initializedB in
                body(a.baseAddress!, b.baseAddress!)
                initializedB = count
            }
            initializedA = count
        }
        return (first, second)
    }

    /// Output n of one stationary level: the sum over j of filter[j] * signal[n + offset - j * stride], all places periodic.
    static func stationaryLine(_ signal: [S], _ axis: StationaryAxis<S>) -> (low: [S], high: [S]) {
        let count = signal.count
        let reach = (axis.filterLength - 1) * axis.stride
        let line = UnsafeMutablePointer<S>.allocate(capacity: count + reach)
        defer { line.deallocate() }
        let first = axis.offset - reach
        signal.withUnsafeBufferPointer { signal in
            var place = first % count
            if place < 0 { place += count }
            for i in 0..<count + reach {
                line[i] = signal[place]
                place = place + 1 == count ? 0 : place + 1
            }
        }
        let rows = (0..<axis.filterLength).map { Row(line + reach - $0 * axis.stride) }
        return twoArrays(count) { low, high in
            sumPair(rows, axis.filterLength, axis.low, axis.high, low, high, count)
        }
    }

    /// The mean of the inverses over all shifts: half the sum over j of both filters times the coefficients around n.
    static func inverseStationaryLine(_ low: [S], _ high: [S], _ axis: StationaryAxis<S>) -> [S] {
        let count = low.count
        let reach = (axis.filterLength - 1) * axis.stride
        let lines = UnsafeMutablePointer<S>.allocate(capacity: 2 * (count + reach))
        defer { lines.deallocate() }
        for (band, target) in [(low, lines), (high, lines + count + reach)] {
            var place = (axis.inverseOffset - reach) % count
            if place < 0 { place += count }
            for i in 0..<count + reach {
                target[i] = band[place]
                place = place + 1 == count ? 0 : place + 1
            }
        }
        let rows =
            (0..<axis.filterLength).map { Row(lines + reach - $0 * axis.stride) }
            + (0..<axis.filterLength).map { Row(lines + count + reach + reach - $0 * axis.stride) }
        let weights = axis.inverseLow + axis.inverseHigh
        return twoArrays(count) { first, second in
            sumPair(rows, 2 * axis.filterLength, weights, weights, first, second, count)
        }.low
    }
}
