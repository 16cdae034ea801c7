/// A smooth function to minimise, in coordinates whose inner product may be another than the plain one.
///
/// Points are flat arrays. The inner product of points u and v is u·Mv with a symmetric matrix M; the method keeps both x and Mx,
/// so that M is applied once a step. With M the identity this is the textbook method. With M a Gram matrix, points are the
/// coefficients of samples and the steps are, but for rounding, those the textbook method takes on the weights themselves.
protocol SmoothObjective {
    /// The value and its gradient at x (the gradient with respect to the inner product above, not multiplied by M).
    mutating func evaluate(_ x: [Double], _ mx: [Double], gradient: inout [Double]) -> Double
    /// M v
    func metric(_ v: [Double], into result: inout [Double])
    /// The largest derivative in the units of the tolerance.
    func violation(gradient: [Double], metricGradient: [Double]) -> Double
}

/// Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4 and 7.5) with ten remembered
/// steps and a line search for the strong Wolfe conditions (sufficient decrease 1e-4, curvature 0.9). Near the optimum, where
/// differences of values are lost in rounding, sufficient decrease is judged by slopes (Hager and Zhang, SIAM J. Optim. 2005).
struct LBFGS {
    let tolerance: Double
    let maximumIterations: Int
    private let memory = 10

    struct Result {
        var x: [Double]
        var metricX: [Double]
        var report: FitReport
    }

    /// - Throws: ``LearnError/diverged(solver:iteration:)`` when values are no longer finite.
    func minimise<Objective: SmoothObjective>(_ objective: inout Objective, from start: [Double]) throws(LearnError) -> Result {
        var x = start
        var mx = start
        objective.metric(x, into: &mx)
        var gradient = [Double](repeating: 0, count: x.count)
        var metricGradient = gradient
        var value = objective.evaluate(x, mx, gradient: &gradient)
        objective.metric(gradient, into: &metricGradient)
        var history = StepHistory(capacity: memory)
        var iterations = 0
        var reason = StopReason.iterationLimit
        while true {
            guard value.isFinite else { throw LearnError.diverged(solver: "L-BFGS", iteration: iterations) }
            if objective.violation(gradient: gradient, metricGradient: metricGradient) <= tolerance {
                reason = .converged
                break
            }
            guard iterations < maximumIterations else { break }
            var (direction, metricDirection) = history.direction(gradient: gradient, metricGradient: metricGradient)
            var slope = dot(direction, metricGradient)
            if slope >= 0 {
                history.clear()
                (direction, metricDirection) = history.direction(gradient: gradient, metricGradient: metricGradient)
                slope = dot(direction, metricGradient)
            }
            let firstStep = history.isEmpty ? min(1, 1 / max(1e-300, dot(gradient, metricGradient).squareRoot())) : 1
            var search = LineSearch(x: x, mx: mx, direction: direction, metricDirection: metricDirection, value: value, slope: slope)
            guard search.run(&objective, firstStep: firstStep) else {
                if history.isEmpty {
                    reason = .noProgress
                    break
                }
                history.clear()
                continue
            }
            var newMetricGradient = metricGradient
            objective.metric(search.gradient, into: &newMetricGradient)
            history.append(
                step: scaled(direction, search.step), metricStep: scaled(metricDirection, search.step),
                change: difference(search.gradient, gradient), metricChange: difference(newMetricGradient, metricGradient))
            (x, mx, gradient, value) = (search.trial, search.metricTrial, search.gradient, search.trialValue)
            metricGradient = newMetricGradient
            iterations += 1
            // Mx is carried along by adding steps; computing it anew now and then keeps rounding from piling up.
            if iterations % 64 == 0 { objective.metric(x, into: &mx) }
        }
        return Result(x: x, metricX: mx, report: FitReport(iterations: iterations, objective: value, stopReason: reason))
    }
}

/// The last steps and changes of gradient, and the product of the approximate inverse Hessian with a gradient.
private struct StepHistory {
    private struct Entry {
        var step: [Double]
        var metricStep: [Double]
        var change: [Double]
        var metricChange: [Double]
        var product: Double
    }
    private let capacity: Int
    private var entries: [Entry] = []

    init(capacity: Int) { self.capacity = capacity }

    var isEmpty: Bool { entries.isEmpty }

    mutating func clear() { entries.removeAll() }

    mutating func append(step: [Double], metricStep: [Double], change: [Double], metricChange: [Double]) {
        let product = dot(step, metricChange)
        // Without positive curvature the pair would spoil positive definiteness.
        guard product > Double.ulpOfOne * dot(change, metricChange) else { return }
        if entries.count == capacity { entries.removeFirst() }
        entries.append(Entry(step: step, metricStep: metricStep, change: change, metricChange: metricChange, product: product))
    }

    func direction(gradient: [Double], metricGradient: [Double]) -> ([Double], [Double]) {
        var q = scaled(gradient, -1)
        var mq = scaled(metricGradient, -1)
        var weights = [Double](repeating: 0, count: entries.count)
        for (place, entry) in entries.enumerated().reversed() {
            weights[place] = dot(entry.metricStep, q) / entry.product
            add(-weights[place], entry.change, to: &q)
            add(-weights[place], entry.metricChange, to: &mq)
        }
        if let last = entries.last {
            let scale = last.product / dot(last.change, last.metricChange)
            q = scaled(q, scale)
            mq = scaled(mq, scale)
        }
        for (place, entry) in entries.enumerated() {
            let weight = weights[place] - dot(entry.metricChange, q) / entry.product
            add(weight, entry.step, to: &q)
            add(weight, entry.metricStep, to: &mq)
        }
        return (q, mq)
    }
}

/// Finds a step along a direction that satisfies the strong Wolfe conditions.
private struct LineSearch {
    let x: [Double]
    let mx: [Double]
    let direction: [Double]
    let metricDirection: [Double]
    let value: Double
    let slope: Double
    var step = 0.0
    var trial: [Double]
    var metricTrial: [Double]
    var gradient: [Double]
    var trialValue = 0.0

    init(x: [Double], mx: [Double], direction: [Double], metricDirection: [Double], value: Double, slope: Double) {
        self.x = x
        self.mx = mx
        self.direction = direction
        self.metricDirection = metricDirection
        self.value = value
        self.slope = slope
        trial = x
        metricTrial = mx
        gradient = x
    }

    private mutating func evaluate<Objective: SmoothObjective>(_ objective: inout Objective, _ length: Double) -> Double {
        step = length
        trial = x
        add(length, direction, to: &trial)
        metricTrial = mx
        add(length, metricDirection, to: &metricTrial)
        trialValue = objective.evaluate(trial, metricTrial, gradient: &gradient)
        return dot(gradient, metricDirection)
    }

    private func decreases(_ trialSlope: Double) -> Bool {
        if trialValue <= value + 1e-4 * step * slope { return true }
        let noise = 1e-12 * abs(value)
        return trialValue <= value + noise && trialSlope <= (2e-4 - 1) * slope
    }

    /// - Returns: false when no acceptable step was found within 40 trials.
    mutating func run<Objective: SmoothObjective>(_ objective: inout Objective, firstStep: Double) -> Bool {
        guard slope < 0 else { return false }
        var low = (step: 0.0, value: value, slope: slope)
        var high: (step: Double, value: Double, slope: Double)?
        var length = firstStep
        for _ in 0..<40 {
            let trialSlope = evaluate(&objective, length)
            let isLow = decreases(trialSlope)
            if isLow && abs(trialSlope) <= 0.9 * -slope { return true }
            if !trialValue.isFinite || !isLow || trialSlope > 0 {
                high = (length, trialValue, trialSlope)
            } else {
                low = (length, trialValue, trialSlope)
            }
            if let high {
                guard abs(high.step - low.step) > 1e-14 * max(1, low.step) else { return false }
                length = Self.between(low, high)
            } else {
                length *= 4
            }
        }
        return false
    }

    /// The minimum of the cubic through both ends, kept off the ends by a tenth of the interval.
    private static func between(
        _ a: (step: Double, value: Double, slope: Double), _ b: (step: Double, value: Double, slope: Double)
    ) -> Double {
        let width = b.step - a.step
        let middle = a.step + width / 2
        let lean = a.slope + b.slope - 3 * (b.value - a.value) / width
        let root = lean * lean - a.slope * b.slope
        guard root >= 0, root.isFinite else { return middle }
        let turn = root.squareRoot() * (width > 0 ? 1 : -1)
        let length = b.step - width * (b.slope + turn - lean) / (b.slope - a.slope + 2 * turn)
        guard length.isFinite else { return middle }
        let margin = abs(width) / 10
        return min(max(length, min(a.step, b.step) + margin), max(a.step, b.step) - margin)
    }
}
