import Collecting
import Testing

@Suite struct HostQueuesTests {
    private let start = ContinuousClock.now

    @Test func aHostHasOneRequestAtATimeAndRests() throws {
        var queues = HostQueues<Int>(interval: .seconds(2))
        for job in 0..<3 { queues.add(job, to: "a") }
        queues.add(10, to: "b")
        #expect(queues.next(at: start)?.job == 0)
        #expect(queues.next(at: start)?.job == 10)
        #expect(queues.next(at: start) == nil && queues.earliest == nil)
        queues.finish("a", at: start)
        #expect(queues.next(at: start + .seconds(1)) == nil)
        #expect(queues.earliest == start + .seconds(2))
        #expect(queues.next(at: start + .seconds(2))?.job == 1)
        queues.finish("a", at: start + .seconds(3), pause: .seconds(60))
        #expect(queues.earliest == start + .seconds(63))
        #expect(queues.next(at: start + .seconds(62)) == nil)
        #expect(queues.next(at: start + .seconds(63))?.job == 2 && queues.count == 0)
    }

    @Test func whatIsPutBackGoesFirst() {
        var queues = HostQueues<Int>(interval: .zero)
        queues.add(1, to: "a")
        queues.putBack(2, to: "a")
        queues.putBack(3, to: "a")
        var order: [Int] = []
        while let (host, job) = queues.next(at: start) {
            order.append(job)
            queues.finish(host, at: start)
        }
        #expect(order == [3, 2, 1])
    }

    @Test func hostsTakeTurns() {
        var queues = HostQueues<String>(interval: .zero)
        for host in ["a", "b", "c"] { for job in 0..<200 { queues.add("\(host)\(job)", to: host) } }
        var order: [String] = []
        while let (host, job) = queues.next(at: start) {
            order.append(job)
            queues.finish(host, at: start)
        }
        #expect(order == (0..<200).flatMap { ["a\($0)", "b\($0)", "c\($0)"] })
    }

    @Test func aClosedHostGivesUpItsJobs() {
        var queues = HostQueues<Int>(interval: .zero)
        for job in 0..<3 { queues.add(job, to: "a") }
        queues.add(9, to: "b")
        #expect(queues.close("a") == [0, 1, 2] && queues.count == 1)
        queues.slow("b", to: .seconds(5))
        #expect(queues.next(at: start)?.job == 9)
        queues.add(10, to: "b")
        queues.finish("b", at: start)
        #expect(queues.earliest == start + .seconds(5))
    }
}
