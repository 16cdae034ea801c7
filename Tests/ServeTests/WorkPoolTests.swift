import Foundation
import NIOConcurrencyHelpers
import Serve
import Testing

@Suite struct WorkPoolTests {
    private struct Failure: Error {}

    @Test func oneBeyondWorkersAndQueueIsRefusedAtOnce() async throws {
        let pool = WorkPool(workers: 1, queue: 2)
        pool.start()
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await pool.run { gate.wait() } } }
            while pool.running + pool.waiting < 3 || pool.running < 1 { await Task.yield() }
            #expect(pool.isFull)
            #expect(pool.waiting == 2)
            await #expect(throws: RequestError.busy(retryAfter: 1)) { try await pool.run {} }
            for _ in 0..<3 { gate.signal() }
            try await group.waitForAll()
        }
        #expect(!pool.isFull)
        #expect(try await pool.run { 7 } == 7)
        try await pool.stop()
    }

    @Test func aJobThatThrowsGivesItsPlaceBack() async throws {
        let pool = WorkPool(workers: 1, queue: 0)
        pool.start()
        for _ in 0..<5 { await #expect(throws: Failure.self) { try await pool.run { throw Failure() } } }
        #expect(try await pool.run { 1 } == 1)
        #expect(pool.running == 0 && pool.waiting == 0)
        try await pool.stop()
    }

    @Test func workersRunSideBySideAndNoMore() async throws {
        let pool = WorkPool(workers: 2, queue: 20)
        pool.start()
        let (now, most) = (NIOLockedValueBox(0), NIOLockedValueBox(0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await pool.run {
                        let count = now.withLockedValue {
                            $0 += 1; return $0
                        }
                        most.withLockedValue { $0 = max($0, count) }
                        Thread.sleep(forTimeInterval: 0.002)
                        now.withLockedValue { $0 -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(most.withLockedValue { $0 } <= 2)
        try await pool.stop()
    }

    @Test func theBudgetIsGivenBackWhateverHappens() async throws {
        let budget = UploadBudget(maximumBytes: 10)
        await #expect(throws: Failure.self) { try await budget.with(10) { throw Failure() } }
        try await budget.with(6) {
            #expect(budget.bytesTaken == 6)
            await #expect(throws: RequestError.busy(retryAfter: 2)) { try await budget.with(5) {} }
            try await budget.with(4) {}
        }
        #expect(budget.bytesTaken == 0)
    }
}
