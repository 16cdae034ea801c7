import Dispatch
import Synchronization

/// Runs independent pieces of work on a bounded number of threads, the calling one included. Pieces write to places of their own,
/// so that results never depend on how many threads there are or which of them ran what.
package enum Parallel {
    /// Calls `body` once for each index in 0..<`count`, handing indices out in order as threads become free, at most `threads` of
    /// them at once. Returns when all are done.
    package static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        let workers = min(max(threads, 1), count)
        guard workers > 1 else {
            for index in 0..<count { body(index) }
            return
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
    }

    /// `body(0)`, `body(1)` ... `body(count - 1)`, results in order; the next index goes to whichever thread is free.
    ///
    /// After the first error no new index is started, and of the errors seen the one with the lowest index is thrown.
    package static func map<Output: Sendable, Failure: Error>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws(Failure) -> Output
    ) throws(Failure) -> [Output] {
        try map(count, threads: threads, context: { () }) { _, index throws(Failure) in try body(index) }
    }

    /// As ``map(_:threads:_:)``, with something of its own for each thread (working memory, say) and, where pieces differ in size,
    /// an order to start them in: the longest first keeps threads busy to the end.
    /// - Parameters:
    ///   - order: every index of 0..<`count` once; nil is ascending.
    ///   - context: called once on each thread that works.
    /// - Precondition: `order`, where given, has `count` elements.
    package static func map<Context: ~Copyable, Output: Sendable, Failure: Error>(
        _ count: Int, threads: Int, order: [Int]? = nil, context makeContext: @Sendable () -> Context,
        _ body: @Sendable (inout Context, Int) throws(Failure) -> Output
    ) throws(Failure) -> [Output] {
        precondition(order.map { $0.count == count } ?? true, "an order of all \(count) pieces")
        guard count > 0 else { return [] }
        let workers = min(max(threads, 1), count)
        guard workers > 1 else {
            var context = makeContext()
            var outputs = [Output?](repeating: nil, count: count)
            for place in 0..<count {
                let index = order?[place] ?? place
                outputs[index] = try body(&context, index)
            }
            return outputs.compactMap { $0 }
        }
        let next = Atomic<Int>(0)
        let state = Mutex(MapState<Output, Failure>(outputs: Array(repeating: nil, count: count)))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            var context = makeContext()
            while state.withLock({ $0.failure == nil }) {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard place < count else { return }
                let index = order?[place] ?? place
                do throws(Failure) {
                    let output = try body(&context, index)
                    state.withLock { $0.outputs[index] = output }
                } catch {
                    state.withLock { $0.fail(at: index, error) }
                }
            }
        }
        let (outputs, failure) = state.withLock { ($0.outputs, $0.failure) }
        if let failure { throw failure.error }
        return outputs.compactMap { $0 }
    }
}

private struct MapState<Output: Sendable, Failure: Error>: Sendable {
    var outputs: [Output?]
    var failure: (index: Int, error: Failure)?

    mutating func fail(at index: Int, _ error: Failure) {
        if let failure, failure.index <= index { return }
        failure = (index, error)
    }
}
