/// The variables of one two-class problem while it is being solved. Rows in `active` take part; when rows have been set aside
/// (shrunk), their scores are stale until `restore`.
///
/// Storage is raw because these loops are all of the solver's time; every index comes from `active`, which only ever holds
/// numbers in 0..<count.
struct SMOState {
    private let count: Int
    private let sign: UnsafeMutablePointer<Double>
    private let bound: UnsafeMutablePointer<Double>
    private let diagonal: UnsafeMutablePointer<Double>
    private let alpha: UnsafeMutablePointer<Double>
    /// s(i) of the solver's description.
    private let score: UnsafeMutablePointer<Double>
    private let active: UnsafeMutablePointer<Int>
    private var activeCount: Int
    private var hasUnshrunkOnce = false

    var isShrunk: Bool { activeCount < count }

    init(count: Int, signs: [Double], bounds: [Double], diagonal: [Double]) {
        self.count = count
        activeCount = count
        sign = .allocate(capacity: count)
        bound = .allocate(capacity: count)
        self.diagonal = .allocate(capacity: count)
        alpha = .allocate(capacity: count)
        score = .allocate(capacity: count)
        active = .allocate(capacity: count)
        for index in 0..<count {
            sign[index] = signs[index]
            bound[index] = bounds[index]
            self.diagonal[index] = diagonal[index]
            alpha[index] = 0
            score[index] = signs[index]
            active[index] = index
        }
    }

    func deallocate() {
        for pointer in [sign, bound, diagonal, alpha, score] { pointer.deallocate() }
        active.deallocate()
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
        var kept = 0
        for place in 0..<activeCount {
            let index = active[place]
            let rises = mayRise(index)
            let falls = mayFall(index)
            let isSettled = (!rises && falls && score[index] > highest) || (rises && !falls && score[index] < lowest)
            if !isSettled {
                active[kept] = index
                kept += 1
            }
        }
        activeCount = kept
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
