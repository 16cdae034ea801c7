import Foundation

/// What the calling thread has used of a processor. While a machine has more to do than processors, that is less than the time that passes.
enum ThreadClock {
    /// Seconds since the thread began.
    /// - Complexity: one call of the system.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
