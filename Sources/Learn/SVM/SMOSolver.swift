/// Solves the dual problem of a two-class support vector machine:
///
///     minimise  ½ Σᵢⱼ αᵢ αⱼ yᵢ yⱼ K(i, j) - Σᵢ αᵢ     subject to  Σᵢ yᵢ αᵢ = 0,  0 <= αᵢ <= Cᵢ
///
/// by sequential minimal optimisation: each step changes two variables, picked by second-order information (working set
/// selection 2 of Fan, Chen and Lin, "Working set selection using second order information for training SVM", JMLR 2005).
/// It keeps s(i) = -yᵢ ∂/∂αᵢ = yᵢ - Σⱼ yⱼ αⱼ K(i, j): the optimum is reached when the largest s among the variables that may move
/// up (yα can grow) is no larger than the smallest among those that may move down.
struct SMOSolver {
    /// +1 or -1 a row.
    let signs: [Double]
    /// Cᵢ, the upper bound of each variable.
    let bounds: [Double]
    let tolerance: Double
    let maximumIterations: Int
    let shrinking: Bool

    struct Solution {
        /// yᵢ αᵢ
        var coefficients: [Double]
        /// b of the decision function Σ yᵢ αᵢ K(i, x) + b.
        var intercept: Double
        var report: FitReport
    }

    /// - Complexity: O(rows) a step; steps grow between linearly and quadratically with rows, and with C.
    func solve(_ kernel: any KernelRows) -> Solution {
        let count = kernel.count
        var state = SMOState(count: count, signs: signs, bounds: bounds, diagonal: kernel.diagonal)
        var iterations = 0
        var reason = StopReason.iterationLimit
        let shrinkInterval = min(count, 1000)
        var untilShrink = shrinkInterval
        while iterations < maximumIterations {
            if shrinking {
                untilShrink -= 1
                if untilShrink == 0 {
                    untilShrink = shrinkInterval
                    state.shrink(kernel, tolerance: tolerance)
                }
            }
            var pair = state.select(kernel, tolerance: tolerance)
            if pair == nil, state.isShrunk {
                state.restore(kernel)
                untilShrink = 1
                pair = state.select(kernel, tolerance: tolerance)
            }
            guard let (up, down) = pair else {
                reason = .converged
                break
            }
            iterations += 1
            state.step(kernel, up: up, down: down)
        }
        if state.isShrunk { state.restore(kernel) }
        return Solution(
            coefficients: state.coefficients, intercept: state.intercept,
            report: FitReport(iterations: iterations, objective: state.objective, stopReason: reason))
    }
}
