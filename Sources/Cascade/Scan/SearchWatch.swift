import Foundation
import Imaging

/// What a search is watched by: its mask, its deadline, its limit on hits. All its threads share one.
package final class SearchWatch: @unchecked Sendable {  // `hits` and `reason` are behind the lock, the rest constant
    private let mask: Gray?
    private let deadline: ContinuousClock.Instant?
    private let maximumHits: Int?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let lock = NSLock()
    private var hits = 0
    private var reason: CascadeError?

    /// - Parameter now: the time, as it is read for the deadline.
    package init(
        mask: Gray? = nil, deadline: ContinuousClock.Instant? = nil, maximumHits: Int? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.mask = mask
        self.deadline = deadline
        self.maximumHits = maximumHits
        self.now = now
    }

    package static let idle = SearchWatch()

    var hasMask: Bool { mask != nil }

    /// Why the search has to end, the first reason there was; nil as long as it may go on.
    package var failure: CascadeError? { lock.withLock { reason } }

    /// Whether the search has to end; asked once for each row of windows and for each rectangle that is grouped.
    /// - Parameter newHits: how many hits were found since the thread asked last.
    func hasEnded(newHits: Int = 0) -> Bool {
        if deadline == nil && maximumHits == nil { return false }
        return lock.withLock {
            hits += newHits
            if reason != nil { return true }
            if let maximumHits, hits > maximumHits {
                reason = .tooManyHits(limit: maximumHits)
            } else if let deadline, now() >= deadline {
                reason = .outOfTime
            }
            return reason != nil
        }
    }

    /// Sets, for each window of a row, whether the mask is set under its centre; false if it is for none.
    func allows(row y: Int, in layer: ScalePlan.Layer, _ allowed: inout [Bool]) -> Bool {
        guard let mask else { return true }
        var any = false
        for i in allowed.indices {
            let rect = layer.rect(x: i * layer.step, y: y)
            let x = min(rect.x + rect.width / 2, mask.width - 1), centreY = min(rect.y + rect.height / 2, mask.height - 1)
            allowed[i] = mask.pixels[centreY * mask.width + x] != 0
            any = any || allowed[i]
        }
        return any
    }
}
