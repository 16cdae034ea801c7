import Support
import Synchronization
import Testing

@Suite struct ParallelTests {
    struct Refusal: Error, Equatable {
        var index: Int
    }

    @Test(arguments: [1, 2, 7]) func everyIndexIsVisitedOnce(threads: Int) {
        for count in [0, 1, 2, 100] {
            let visits = Mutex([Int](repeating: 0, count: count))
            Parallel.forEach(count, threads: threads) { index in visits.withLock { $0[index] += 1 } }
            #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count))
        }
    }

    @Test(arguments: [-1, 1, 3, 50]) func resultsStandInOrder(threads: Int) {
        #expect(Parallel.map(20, threads: threads) { $0 * $0 } == (0..<20).map { $0 * $0 })
        #expect(Parallel.map(0, threads: threads) { $0 }.isEmpty)
    }

    @Test func resultsThatAreNilStayInTheirPlaces() {
        #expect(Parallel.map(4, threads: 2) { $0 % 2 == 0 ? $0 : nil } == [0, nil, 2, nil])
    }

    @Test func theLowestErrorIsThrownAndTheRestIsNotStarted() {
        let started = Mutex(0)
        #expect(throws: Refusal(index: 3)) {
            try Parallel.map(1000, threads: 1) { index throws(Refusal) in
                started.withLock { $0 += 1 }
                if index >= 3 { throw Refusal(index: index) }
            }
        }
        #expect(started.withLock { $0 } == 4)
        #expect(throws: Refusal.self) {
            try Parallel.map(50, threads: 4) { index throws(Refusal) in throw Refusal(index: index) }
        }
    }

    @Test func anOrderAndMemoryOfItsOwnForEachThread() {
        let made = Mutex(0)
        let seen = Mutex([Int]())
        let outputs = Parallel.map(
            5, threads: 1, order: [4, 2, 0, 1, 3],
            context: { () -> Int in
                made.withLock { $0 += 1 }
                return 0
            }
        ) { (calls: inout Int, index: Int) -> [Int] in
            calls += 1
            seen.withLock { $0.append(index) }
            return [index, calls]
        }
        #expect(made.withLock { $0 } == 1)
        #expect(seen.withLock { $0 } == [4, 2, 0, 1, 3])
        #expect(outputs == [[0, 3], [1, 4], [2, 2], [3, 5], [4, 1]])
    }
}
