import Cascade
import Imaging
import Synchronization
import Testing

/// What ends a search before it is done.
@Suite struct LimitsTests {
    /// One cloud again and again, so that hits come in crowds.
    static func tiles() -> Gray {
        let cloud = Synthetic.clouds(width: 64, height: 48, cell: 7, seed: 1)
        return Gray(width: 160, height: 120, pixels: (0..<160 * 120).map { cloud.pixels[$0 / 160 % 48 * 64 + $0 % 160 % 64] })
    }

    /// A second passes each time it is asked.
    final class AskedClock: Sendable {
        let start = ContinuousClock.now
        private let asked = Mutex(0)

        var count: Int { asked.withLock { $0 } }

        func now() -> ContinuousClock.Instant {
            asked.withLock {
                $0 += 1
                return start + .seconds($0)
            }
        }
    }

    /// Searches with a deadline that the clock reaches when it is asked for the given time.
    static func search(_ classifier: CascadeClassifier, minNeighbors: Int, until ask: Int) throws -> (found: [Detection]?, asked: Int) {
        let clock = AskedClock()
        let watch = SearchWatch(deadline: clock.start + .seconds(ask), now: { clock.now() })
        let parameters = try SearchTests.parameters(1.05, minNeighbors: minNeighbors)
        do {
            return (try classifier.detections(in: tiles(), parameters, watchedBy: watch), clock.count)
        } catch CascadeError.outOfTime {
            return (nil, clock.count)
        }
    }

    @Test(arguments: [StandardCascade.smile, .lbpFrontalFace])
    func theDeadlineEndsTheGroupingToo(cascade: StandardCascade) throws {
        let classifier = try SearchTests.shortened(cascade, to: 2)
        let hits = try Self.search(classifier, minNeighbors: 0, until: .max)
        let different = Set(try #require(hits.found).map(\.rect)).count
        let groups = try Self.search(classifier, minNeighbors: 1, until: .max)
        // Once for each different rectangle, then once for each group.
        #expect(different > 100 && groups.asked > hits.asked + different + 1)
        for last in [
            1, hits.asked / 2, hits.asked, hits.asked + 1, hits.asked + different / 2, hits.asked + different + 2, groups.asked,
        ] {
            let ended = try Self.search(classifier, minNeighbors: 1, until: last)
            #expect(ended.found == nil && ended.asked == last)
        }
        let done = try Self.search(classifier, minNeighbors: 1, until: groups.asked + 1)
        #expect(try done.found == classifier.detections(in: Self.tiles(), try SearchTests.parameters(1.05, minNeighbors: 1)))
    }

    @Test(arguments: [StandardCascade.smile, .lbpFrontalFace], [1, 2])
    func tooManyHitsEndASearch(cascade: StandardCascade, threads: Int) throws {
        let classifier = try SearchTests.shortened(cascade, to: 2), picture = Self.tiles()
        let hits = classifier.hits(in: picture, try SearchTests.parameters(1.2)).count
        #expect(hits > 100)
        for minNeighbors in [0, 3] {
            let parameters = try SearchTests.parameters(1.2, threads: threads, minNeighbors: minNeighbors)
            let all = try classifier.detections(in: picture, parameters)
            #expect(try classifier.detections(in: picture, parameters, within: .none) == all)
            #expect(try classifier.detections(in: picture, parameters, within: SearchLimits(maximumHits: hits)) == all)
            for limit in [hits - 1, hits / 2, 0] {
                #expect(throws: CascadeError.tooManyHits(limit: limit)) {
                    try classifier.detections(in: picture, parameters, within: SearchLimits(maximumHits: limit))
                }
            }
        }
    }

    @Test func limitsStopASearch() throws {
        let classifier = try SearchTests.shortened(.smile, to: 2), parameters = try SearchTests.parameters(1.2)
        let picture = Synthetic.clouds(width: 150, height: 120, cell: 7, seed: 1)
        let windows = classifier.windowCount(in: picture.size, parameters)
        #expect(throws: CascadeError.tooManyWindows(windows: windows, limit: windows - 1)) {
            try classifier.detections(in: picture, parameters, within: SearchLimits(maximumWindows: windows - 1))
        }
        _ = try classifier.detections(in: picture, parameters, within: SearchLimits(maximumWindows: windows))
        #expect(throws: CascadeError.outOfTime) {
            try classifier.detections(in: picture, parameters, within: SearchLimits(deadline: .now - .seconds(1)))
        }
    }

    @Test func searchesSpendFromOneBudget() throws {
        let classifier = try SearchTests.shortened(.smile, to: 2), parameters = try SearchTests.parameters(1.2, minNeighbors: 1)
        let picture = Self.tiles()
        let hits = classifier.hits(in: picture, parameters).count
        let all = try classifier.detections(in: picture, parameters)
        let budget = SearchBudget(maximumHits: 2 * hits)
        for _ in 0..<2 { #expect(try classifier.detections(in: picture, parameters, within: SearchLimits(budget: budget)) == all) }
        for _ in 0..<2 {
            #expect(throws: CascadeError.tooManyHits(limit: 2 * hits)) {
                try classifier.detections(in: picture, parameters, within: SearchLimits(budget: budget))
            }
        }
        let windows = classifier.windowCount(in: picture.size, parameters)
        let few = SearchBudget(maximumWindows: 2 * windows - 1)
        _ = try classifier.detections(in: picture, parameters, within: SearchLimits(budget: few))
        #expect(throws: CascadeError.tooManyWindows(windows: windows, limit: 2 * windows - 1)) {
            try classifier.detections(in: picture, parameters, within: SearchLimits(budget: few))
        }
        #expect(throws: CascadeError.outOfTime) {
            try classifier.detections(in: picture, parameters, within: SearchLimits(budget: SearchBudget(deadline: .now - .seconds(1))))
        }
    }

    /// Cancelled while it runs: the search, and the grouping too.
    @Test(arguments: [1, 50, 150, 400]) func aBudgetCanBeCancelled(asked: Int) throws {
        let classifier = try SearchTests.shortened(.smile, to: 2), parameters = try SearchTests.parameters(1.05, minNeighbors: 1)
        let clock = AskedClock()
        let budget = SearchBudget(isCancelled: { clock.now() == clock.start + .seconds(asked) })
        #expect(throws: CascadeError.cancelled) {
            try classifier.detections(in: Self.tiles(), parameters, within: SearchLimits(budget: budget))
        }
        #expect(clock.count == asked)
        budget.cancel()
        #expect(throws: CascadeError.cancelled) {
            try classifier.detections(in: Self.tiles(), parameters, within: SearchLimits(budget: budget))
        }
    }

    /// Hits that a mask takes away do not count.
    @Test func hitsOutsideTheMaskAreNotCounted() throws {
        let classifier = try SearchTests.shortened(.smile, to: 2), parameters = try SearchTests.parameters(1.2)
        let mask = Gray(width: 160, height: 120, pixels: (0..<160 * 120).map { $0 % 160 > 70 ? 1 : 0 })
        let kept = try classifier.detections(in: Self.tiles(), parameters, within: SearchLimits(mask: mask)).count
        #expect(kept > 0 && kept < classifier.hits(in: Self.tiles(), parameters).count)
        _ = try classifier.detections(in: Self.tiles(), parameters, within: SearchLimits(mask: mask, maximumHits: kept))
        #expect(throws: CascadeError.tooManyHits(limit: kept - 1)) {
            try classifier.detections(in: Self.tiles(), parameters, within: SearchLimits(mask: mask, maximumHits: kept - 1))
        }
    }
}
