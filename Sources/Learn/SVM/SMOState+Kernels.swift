import Support

/// The variables of one two-class problem while it is being solved. Rows in `active` take part; when rows have been set aside
/// (shrunk), their scores are stale until `restore`.
///
/// Storage is raw because these loops are all of the solver's time; every index comes from `active`, which only ever holds
/// numbers in 0..<count.
struct SMOState: ~Copyable {
    private let count: Int
    private let numbers: KernelMemory<Double>
    private let places: KernelMemory<Int>
    private let sign: UnsafeMutablePointer<Double>
    private let bound: UnsafeMutablePointer<Double>
    private let diagonal: UnsafeMutablePointer<Double>
    private let alpha: UnsafeMutablePointer<Double>
    /// s(i) of the solver's description.
    private let score: UnsafeMutablePointer<Double>
    private let active: UnsafeMutablePointer<Int>
    /// 0 where yα may grow, else -∞; and 0 where yα may fall, else +∞: added to a score they take it out of the running.
    private let riseMask: UnsafeMutablePointer<Double>
    private let fallMask: UnsafeMutablePointer<Double>
    private let gains: UnsafeMutablePointer<Double>
    private var activeCount: Int
    private var hasUnshrunkOnce = false

    var isShrunk: Bool { activeCount < count }

    init(count: Int, signs: [Double], bounds: [Double], diagonal: [Double]) {
        self.count = count
        activeCount = count
        var numbers = KernelMemory<Double>(capacity: 8 * count)
        let places = KernelMemory<Int>(capacity: count)
        sign = numbers.take(count)
        bound = numbers.take(count)
        self.diagonal = numbers.take(count)
        alpha = numbers.take(count)
        score = numbers.take(count)
        riseMask = numbers.take(count)
        fallMask = numbers.take(count)
        gains = numbers.take(count)
        active = places.start
        self.numbers = numbers
        self.places = places
        for index in 0..<count {
            sign[index] = signs[index]
            bound[index] = bounds[index]
            self.diagonal[index] = diagonal[index]
            alpha[index] = 0
            score[index] = signs[index]
            active[index] = index
            gains[index] = 0
            noteMoves(index)
        }
    }

    /// Brings the masks of a variable in line with its value.
    private func noteMoves(_ index: Int) {
        riseMask[index] = mayRise(index) ? 0 : -.infinity
        fallMask[index] = mayFall(index) ? 0 : .infinity
    }

    /// Whether yα may grow.
    @inline(__always)
    private func mayRise(_ index: Int) -> Bool {
        sign[index] > 0 ? alpha[index] < bound[index] : alpha[index] > 0
    }

    /// Whether yα may fall.
    @inline(__always)
    private func mayFall(_ index: Int) -> Bool {
        sign[index] > 0 ? alpha[index] > 0 : alpha[index] < bound[index]
    }

    /// The pair that violates optimality: `up` with the largest score, `down` with the largest second-order gain. Nil when the
    /// largest violation is below `tolerance`. Of equal candidates the last is taken, as libsvm does.
    func select(_ kernel: any KernelRows, tolerance: Double) -> (up: Int, down: Int)? {
        isShrunk ? selectActive(kernel, tolerance: tolerance) : selectAll(kernel, tolerance: tolerance)
    }

    /// ``select(_:tolerance:)`` over all rows, four at a time: first the extreme values, then the place of each.
    private func selectAll(_ kernel: any KernelRows, tolerance: Double) -> (up: Int, down: Int)? {
        var highs = SIMD4<Double>(repeating: -.infinity)
        var index = 0
        while index + 4 <= count {
            let values = vector(score, index) + vector(riseMask, index)
            highs.replace(with: values, where: values .> highs)
            index += 4
        }
        var highest = max(max(highs.x, highs.y), max(highs.z, highs.w))
        while index < count {
            highest = max(highest, score[index] + riseMask[index])
            index += 1
        }
        guard highest > -.infinity else { return nil }
        var up = count - 1
        while score[up] + riseMask[up] != highest { up -= 1 }
        let (lowest, bestGain) = measureGains(kernel.row(up), highest: highest, diagonalUp: diagonal[up])
        guard highest - lowest >= tolerance, bestGain > -.infinity else { return nil }
        var down = count - 1
        while gains[down] != bestGain { down -= 1 }
        return (up, down)
    }

    /// Fills `gains` with the second-order gain of pairing every row with the rising one, -∞ where there is none.
    /// - Returns: the least score among the variables that may fall, and the largest gain.
    private func measureGains(
        _ row: UnsafePointer<Double>, highest: Double, diagonalUp: Double
    ) -> (lowest: Double, bestGain: Double) {
        var lows = SIMD4<Double>(repeating: .infinity)
        var bests = SIMD4<Double>(repeating: -.infinity)
        let none = SIMD4<Double>(repeating: -.infinity)
        let tiny = SIMD4<Double>(repeating: 1e-12)
        var index = 0
        while index + 4 <= count {
            let values = vector(score, index) + vector(fallMask, index)
            lows.replace(with: values, where: values .< lows)
            let difference = highest - values
            var curvature = diagonalUp + vector(diagonal, index) - 2 * vector(row, index)
            curvature.replace(with: tiny, where: curvature .<= 0)
            var gain = difference * difference / curvature
            gain.replace(with: none, where: difference .<= 0)
            bests.replace(with: gain, where: gain .> bests)
            UnsafeMutableRawPointer(gains + index).storeBytes(of: gain, as: SIMD4<Double>.self)
            index += 4
        }
        var lowest = min(min(lows.x, lows.y), min(lows.z, lows.w))
        var best = max(max(bests.x, bests.y), max(bests.z, bests.w))
        while index < count {
            let value = score[index] + fallMask[index]
            lowest = min(lowest, value)
            let difference = highest - value
            let curvature = diagonalUp + diagonal[index] - 2 * row[index]
            gains[index] = difference > 0 ? difference * difference / (curvature > 0 ? curvature : 1e-12) : -.infinity
            best = max(best, gains[index])
            index += 1
        }
        return (lowest, best)
    }

    /// Four numbers from `index` on, which the caller knows to be inside.
    @inline(__always)
    private func vector(_ pointer: UnsafePointer<Double>, _ index: Int) -> SIMD4<Double> {
        UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD4<Double>.self)
    }

    private func selectActive(_ kernel: any KernelRows, tolerance: Double) -> (up: Int, down: Int)? {
        var highest = -Double.infinity
        var up = -1
        for place in 0..<activeCount {
            let index = active[place]
            if score[index] >= highest && mayRise(index) {
                highest = score[index]
                up = index
            }
        }
        guard up >= 0 else { return nil }
        let row = kernel.row(up)
        let diagonalUp = diagonal[up]
        var lowest = Double.infinity
        var bestGain = -Double.infinity
        var down = -1
        for place in 0..<activeCount {
            let index = active[place]
            guard mayFall(index) else { continue }
            let value = score[index]
            if value < lowest { lowest = value }
            let difference = highest - value
            guard difference > 0 else { continue }
            let curvature = diagonalUp + diagonal[index] - 2 * row[index]
            let gain = difference * difference / (curvature > 0 ? curvature : 1e-12)
            if gain >= bestGain {
                bestGain = gain
                down = index
            }
        }
        guard down >= 0, highest - lowest >= tolerance else { return nil }
        return (up, down)
    }

    /// Moves yα of `up` upwards and of `down` downwards by the same amount, as far as the objective falls and the bounds allow.
    mutating func step(_ kernel: any KernelRows, up: Int, down: Int) {
        let rowUp = kernel.row(up)
        let rowDown = kernel.row(down)
        let curvature = diagonal[up] + diagonal[down] - 2 * rowUp[down]
        let wanted = (score[up] - score[down]) / (curvature > 0 ? curvature : 1e-12)
        let roomUp = sign[up] > 0 ? bound[up] - alpha[up] : alpha[up]
        let roomDown = sign[down] > 0 ? alpha[down] : bound[down] - alpha[down]
        let amount = min(wanted, min(roomUp, roomDown))
        // A variable that reaches its bound gets exactly that number: "at the bound" is tested by equality.
        if amount == roomUp {
            alpha[up] = sign[up] > 0 ? bound[up] : 0
        } else {
            alpha[up] += sign[up] * amount
        }
        if amount == roomDown {
            alpha[down] = sign[down] > 0 ? 0 : bound[down]
        } else {
            alpha[down] -= sign[down] * amount
        }
        noteMoves(up)
        noteMoves(down)
        if activeCount == count {
            for index in 0..<count { score[index] -= amount * (rowUp[index] - rowDown[index]) }
        } else {
            for place in 0..<activeCount {
                let index = active[place]
                score[index] -= amount * (rowUp[index] - rowDown[index])
            }
        }
    }

    /// Sets rows aside that are at a bound and whose scores say that they will stay there. When the optimum is near (within ten
    /// tolerances), everything is brought back once first, so that a wrong early decision is corrected.
    mutating func shrink(_ kernel: any KernelRows, tolerance: Double) {
        var highest = -Double.infinity
        var lowest = Double.infinity
        for place in 0..<activeCount {
            let index = active[place]
            if mayRise(index) { highest = max(highest, score[index]) }
            if mayFall(index) { lowest = min(lowest, score[index]) }
        }
        if !hasUnshrunkOnce, highest - lowest <= tolerance * 10 {
            hasUnshrunkOnce = true
            if isShrunk { restore(kernel) }
        }
        let remaining = (0..<activeCount).map { active[$0] }.filter { index in
            let rises = mayRise(index)
            let falls = mayFall(index)
            return !((!rises && falls && score[index] > highest) || (rises && !falls && score[index] < lowest))
        }
        // All rows in order take four at a time; a few here and there take one at a time: only a small rest is worth it.
        guard isShrunk || remaining.count * 4 < count else { return }
        for (place, index) in remaining.enumerated() { active[place] = index }
        activeCount = remaining.count
    }

    /// Brings every row back, computing the stale scores anew: s(i) = yᵢ - Σⱼ yⱼ αⱼ K(i, j).
    mutating func restore(_ kernel: any KernelRows) {
        var isStale = [Bool](repeating: true, count: count)
        for place in 0..<activeCount { isStale[active[place]] = false }
        let stale = (0..<count).filter { isStale[$0] }
        for index in stale { score[index] = sign[index] }
        for other in 0..<count where alpha[other] > 0 {
            let row = kernel.row(other)
            let weight = sign[other] * alpha[other]
            for index in stale { score[index] -= weight * row[index] }
        }
        for index in 0..<count { active[index] = index }
        activeCount = count
    }

    /// yᵢ αᵢ
    var coefficients: [Double] { (0..<count).map { sign[$0] * alpha[$0] } }

    /// The mean score of the variables between their bounds; without any, the middle of what the others allow.
    var intercept: Double {
        var sum = 0.0
        var free = 0
        var high = Double.infinity
        var low = -Double.infinity
        for index in 0..<count {
            if mayRise(index) && mayFall(index) {
                sum += score[index]
                free += 1
            } else if mayRise(index) {
                low = max(low, score[index])
            } else {
                high = min(high, score[index])
            }
        }
        return free > 0 ? sum / Double(free) : (high + low) / 2
    }

    /// ½ Σᵢ αᵢ (∂ᵢ - 1), which equals the dual objective.
    var objective: Double {
        var sum = 0.0
        for index in 0..<count { sum += alpha[index] * (-sign[index] * score[index] - 1) }
        return sum / 2
    }
}
