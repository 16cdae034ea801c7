import Foundation
import Serve
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkPoolTests {
    private struct Failure: Error {}

    private static func share(_ client: String, seconds: Double = .infinity) -> WorkShare {
        WorkShare(client: client, maximumSeconds: seconds)
    }

    private static func withPool<Value>(_ pool: WorkPool, _ body: (WorkPool) async throws -> Value) async throws -> Value {
        pool.start()
        let value = try await body(pool)
        try await pool.stop()
        return value
    }

    /// Works until `isEnough`, as a search does: in small pieces with a checkpoint behind each.
    private static func work(_ share: WorkShare, until isEnough: () -> Bool) throws {
        while !isEnough() {
            Thread.sleep(forTimeInterval: 0.001)
            try share.checkpoint()
        }
    }

    @Test func oneBeyondWorkersAndQueueIsRefusedAtOnce() async throws {
        let gate = DispatchSemaphore(value: 0)
        try await Self.withPool(WorkPool(workers: 1, queue: 2)) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in ["a", "b", "c"] { group.addTask { try await pool.run(Self.share(client)) { gate.waitAMinute() } } }
                try await waitUntil("a full pool") { pool.running + pool.waiting == 3 }
                #expect(pool.waiting == 2)
                #expect(throws: RequestError.busy(retryAfter: 1)) { try pool.requireRoom(for: "d") }
                await #expect(throws: RequestError.busy(retryAfter: 1)) { try await pool.run(Self.share("d")) {} }
                for _ in 0..<3 { gate.signal() }
                try await group.waitForAll()
            }
            try pool.requireRoom(for: "d")
            #expect(try await pool.run { 7 } == 7)
        }
    }

    @Test func aJobThatThrowsGivesItsPlaceBack() async throws {
        try await Self.withPool(WorkPool(workers: 1, queue: 0)) { pool in
            for _ in 0..<5 { await #expect(throws: Failure.self) { try await pool.run { throw Failure() } } }
            let answer = try await pool.run { 1 }
            #expect(answer == 1)
            #expect(pool.running == 0 && pool.waiting == 0)
        }
    }

    @Test(arguments: [(2, 1), (3, 2), (4, 2)])
    func oneClientHasHalfOfTheWorkersAndHalfOfTheLine(_ workers: Int, _ share: Int) async throws {
        let gate = DispatchSemaphore(value: 0)
        try await Self.withPool(WorkPool(workers: workers, queue: 4)) { pool in
            #expect(pool.share == share)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<(share + 2) { group.addTask { try await pool.run(Self.share("a")) { gate.waitAMinute() } } }
                try await waitUntil("two to wait") { pool.running >= share && pool.waiting >= 2 }
                #expect(pool.running == share)
                #expect(throws: RequestError.busy(retryAfter: 1)) { try pool.requireRoom(for: "a") }
                #expect(try await pool.run(Self.share("b")) { 3 } == 3)
                for _ in 0..<(share + 2) { gate.signal() }
                try await group.waitForAll()
            }
        }
    }

    @Test func workersRunSideBySideAndNoMore() async throws {
        let (now, most) = (Shared(0), Shared(0))
        try await Self.withPool(WorkPool(workers: 2, queue: 40)) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for job in 0..<20 {
                    group.addTask {
                        try await pool.run(Self.share(job % 2 == 0 ? "a" : "b")) {
                            let count = now.withLock {
                                $0 += 1; return $0
                            }
                            most.withLock { $0 = max($0, count) }
                            Thread.sleep(forTimeInterval: 0.002)
                            now.withLock { $0 -= 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(most.withLock { $0 } <= 2)
    }

    /// With one worker, what a heavy job delays is served before it ends.
    @Test func aLongJobLetsOthersGoFirst() async throws {
        try await Self.withPool(WorkPool(workers: 1, queue: 8, quantum: 0)) { pool in
            let served = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let heavy = Self.share("heavy")
                group.addTask { try await pool.run(heavy) { try Self.work(heavy) { served.withLock { $0 == 3 } } } }
                try await waitUntil("work") { pool.running >= 1 }
                for client in ["a", "b", "c"] {
                    group.addTask { try await pool.run(Self.share(client)) { served.withLock { $0 += 1 } } }
                }
                try await group.waitForAll()
            }
            #expect(served.withLock { $0 } == 3)
            #expect(pool.paused == 0 && pool.running == 0)
        }
    }

    @Test func oneClientsJobsDoNotSwapPlaces() async throws {
        try await Self.withPool(WorkPool(workers: 1, queue: 8, quantum: 0)) { pool in
            let order = Shared<[Int]>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                let heavy = Self.share("a")
                group.addTask {
                    try await pool.run(heavy) {
                        try Self.work(heavy) { pool.waiting > 0 }
                        for _ in 0..<5 { try heavy.checkpoint() }
                        order.withLock { $0.append(1) }
                    }
                }
                try await waitUntil("work") { pool.running >= 1 }
                group.addTask { try await pool.run(Self.share("a")) { order.withLock { $0.append(2) } } }
                try await group.waitForAll()
            }
            #expect(order.withLock { $0 } == [1, 2])
        }
    }

    @Test func tooManyPausedJobsAreEnded() async throws {
        try await Self.withPool(WorkPool(workers: 1, queue: 8, quantum: 0)) { pool in
            let (gate, entered) = (DispatchSemaphore(value: 0), Shared(0))
            try await withThrowingTaskGroup(of: RequestError?.self) { group in
                for client in ["a", "b"] {
                    let share = Self.share(client)
                    group.addTask {
                        do {
                            try await pool.run(share) {
                                entered.withLock { $0 += 1 }
                                try Self.work(share) { false }
                            }
                            return nil
                        } catch {
                            return error as? RequestError
                        }
                    }
                    try await waitUntil("\(client)'s work") { entered.withLock { $0 } >= (client == "a" ? 1 : 2) }
                }
                group.addTask {
                    try await pool.run(Self.share("c")) { gate.waitAMinute() }
                    return nil
                }
                // "a" waits for "b", and "b" for "c": one of them is one too many.
                #expect(try await group.next() == RequestError.busy(retryAfter: 5))
                pool.abandon()
                gate.signal()
                var ends: [RequestError?] = []
                while let end = try await group.next() { ends.append(end) }
                #expect(ends.contains(.shuttingDown) && ends.contains(nil))
            }
        }
    }

    /// "a" has worked, "b" hardly has; both are in the way of "c", and only one may wait in a pause.
    @Test func ofTooManyPausedJobsTheOneThatWorkedMostIsEnded() async throws {
        try await Self.withPool(WorkPool(workers: 1, queue: 8, quantum: 0)) { pool in
            let (a, b) = (Self.share("a"), Self.share("b"))
            try await withThrowingTaskGroup(of: (client: String, failure: RequestError?).self) { group in
                group.addTask {
                    do {
                        try await pool.run(a) {
                            while a.seconds < 0.05 {}
                            try Self.work(a) { false }
                        }
                        return ("a", nil)
                    } catch {
                        return ("a", error as? RequestError)
                    }
                }
                try await waitUntil("a's work") { pool.running >= 1 }
                group.addTask {
                    try await pool.run(b) {
                        let end = ContinuousClock.now + .seconds(60)
                        while pool.waiting == 0, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.001) }
                        try b.checkpoint()
                    }
                    return ("b", nil)
                }
                try await waitUntil("a's pause") { pool.paused == 1 && pool.running == 1 }
                group.addTask {
                    try await pool.run(Self.share("c")) {}
                    return ("c", nil)
                }
                var ends: [String: RequestError?] = [:]
                while let end = try await group.next() { ends[end.client] = .some(end.failure) }
                #expect(ends["a"] == .some(.busy(retryAfter: 5)))
                #expect(ends["b"] == .some(nil) && ends["c"] == .some(nil))
            }
            #expect(pool.paused == 0 && pool.running == 0)
        }
    }

    @Test func aShareEndsWhenItIsUsedUpOrNobodyWaits() async throws {
        try await Self.withPool(WorkPool(workers: 1, queue: 8)) { pool in
            let spent = Self.share("a", seconds: 0)
            await #expect(throws: RequestError.tooMuchWork(seconds: 0)) { try await pool.run(spent) { try Self.work(spent) { false } } }
            #expect(spent.failure == .tooMuchWork(seconds: 0))
            let alone = WorkShare(client: "a", maximumSeconds: 1e9) { true }
            await #expect(throws: RequestError.clientGone) { try await pool.run(alone) { try alone.checkpoint() } }
        }
    }

    @Test func theLongestWaitIsBounded() async throws {
        let gate = DispatchSemaphore(value: 0)
        try await Self.withPool(WorkPool(workers: 1, queue: 8, patience: 0.05)) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await pool.run(Self.share("a")) { gate.waitAMinute() } }
                try await waitUntil("work") { pool.running >= 1 }
                group.addTask {
                    await #expect(throws: RequestError.busy(retryAfter: 5)) { try await pool.run(Self.share("b")) {} }
                }
                try await waitUntil("one to wait") { pool.waiting >= 1 }
                try await Task.sleep(for: .milliseconds(100))
                gate.signal()
                try await group.waitForAll()
            }
        }
    }
}

@Suite struct UploadBudgetTests {
    @Test func bytesAreTakenAsTheyArriveAndGivenBackTogether() throws {
        let budget = UploadBudget(maximumBytes: 20)
        do {
            let (first, second) = (budget.account(of: "a"), budget.account(of: "b"))
            try first.take(4)
            try first.take(6)
            #expect(throws: RequestError.noMemoryForBodies(retryAfter: 2)) { try first.take(1) }  // half of all
            try second.take(10)
            #expect(throws: RequestError.noMemoryForBodies(retryAfter: 2)) { try budget.account(of: "c").take(1) }
            #expect(budget.bytesTaken == 20)
        }
        #expect(budget.bytesTaken == 0)
        try budget.account(of: "a").take(10)
    }
}
