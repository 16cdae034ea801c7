import Dispatch
import Synchronization

/// `body(0)`, `body(1)` ... `body(count - 1)` on up to `threads` threads, results in order; the next index goes to whoever is free.
///
/// After the first error no new index is started and that error, the one with the lowest index seen, is thrown.
package func parallelMap<Output: Sendable>(
    count: Int, threads: Int, _ body: @Sendable (Int) throws -> Output
) throws -> [Output] {
    let next = Atomic<Int>(0)
    let state = Mutex(ParallelMapState<Output>(outputs: Array(repeating: nil, count: count)))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
        while state.withLock({ $0.failure == nil }) {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            do {
                let output = try body(index)
                state.withLock { $0.outputs[index] = output }
            } catch {
                state.withLock { $0.fail(at: index, error) }
            }
        }
    }
    return try state.withLock { state in
        if let failure = state.failure { throw failure.error }
        return state.outputs.map { $0! }
    }
}

private struct ParallelMapState<Output: Sendable>: Sendable {
    var outputs: [Output?]
    var failure: (index: Int, error: any Error)?

    mutating func fail(at index: Int, _ error: any Error) {
        if let failure, failure.index <= index { return }
        failure = (index, error)
    }
}
