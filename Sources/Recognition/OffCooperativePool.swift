import Foundation
import Support

/// How many threads work at once unless a caller says otherwise: all cores that are awake.
public var availableCores: Int { .allCores }

/// Runs long work on a thread of its own, so that the threads that other tasks share stay free.
///
/// Cancelling the calling task requests the stop of the cancellation that `work` gets.
func offCooperativePool<Output: Sendable>(_ work: @escaping @Sendable (Cancellation) throws -> Output) async throws -> Output {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            // None of Dispatch's: on Linux its global threads, as many as there are cores, are those that tasks run on.
            Thread { continuation.resume(with: Result { try work(cancellation) }) }.start()
        }
    } onCancel: {
        cancellation.request()
    }
}
