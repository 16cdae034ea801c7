import Foundation
import Imaging

/// What a search looks at between rows: its mask and its deadline.
final class SearchWatch: @unchecked Sendable {  // `stopped` is behind the lock, the rest constant
    private let mask: Gray?
    private let deadline: ContinuousClock.Instant?
    private let lock = NSLock()
    private var stopped = false

    init(mask: Gray? = nil, deadline: ContinuousClock.Instant? = nil) {
        self.mask = mask
        self.deadline = deadline
    }

    static let idle = SearchWatch()

    var hasMask: Bool { mask != nil }

    var isStopped: Bool { lock.withLock { stopped } }

    /// Whether the search has to end; asked once a row.
    func checkTime() -> Bool {
        guard let deadline else { return false }
        if isStopped { return true }
        if ContinuousClock.now < deadline { return false }
        lock.withLock { stopped = true }
        return true
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
