import Imaging
import Synchronization

/// What a search is watched by: its mask, its deadline, its limits, and the budget it spends from. All its threads share one.
package final class SearchWatch: Sendable {
    private let mask: Gray?
    private let deadline: ContinuousClock.Instant?
    private let maximumHits: Int?
    private let budget: SearchBudget?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex<(hits: Int, reason: CascadeError?)>((0, nil))

    /// - Parameter now: the time, as it is read for the deadline.
    package init(
        mask: Gray? = nil, deadline: ContinuousClock.Instant? = nil, maximumHits: Int? = nil, budget: SearchBudget? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.mask = mask
        self.deadline = deadline
        self.maximumHits = maximumHits
        self.budget = budget
        self.now = now
    }

    package static let idle = SearchWatch()

    var hasMask: Bool { mask != nil }

    /// Why the search has to end, the first reason there was; nil as long as it may go on.
    package var failure: CascadeError? { state.withLock { $0.reason } }

    /// Whether the search has to end; checked at each row of windows and at each rectangle that is grouped.
    /// - Parameter newHits: how many hits were found since the thread's last check.
    func hasEnded(newHits: Int = 0) -> Bool {
        if deadline == nil && maximumHits == nil && budget == nil { return false }
        return state.withLock { state in
            state.hits += newHits
            if state.reason != nil { return true }
            if let maximumHits, state.hits > maximumHits {
                state.reason = .tooManyHits(limit: maximumHits)
            } else if let deadline, now() >= deadline {
                state.reason = .outOfTime
            } else {
                state.reason = budget?.spend(hits: newHits)
            }
            return state.reason != nil
        }
    }

    /// Sets, for each window of a row, whether the mask is set under its centre, as bits in words of 16; false if it is for none.
    func allows(row y: Int, in layer: ScalePlan.Layer, _ frame: RowFrame, _ allowed: inout [UInt16]) -> Bool {
        allowed = [UInt16](repeating: 0, count: (frame.count + 15) / 16)
        guard let mask else { return true }
        for i in 0..<frame.count {
            let rect = layer.rect(x: frame.x(i), y: y)
            let x = min(max(rect.x + rect.width / 2, 0), mask.width - 1), centreY = min(rect.y + rect.height / 2, mask.height - 1)
            if mask.pixels[centreY * mask.width + x] != 0 { allowed[i / 16] |= 1 << UInt16(i & 15) }
        }
        return allowed.contains { $0 != 0 }
    }
}
