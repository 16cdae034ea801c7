/// How long a client may take.
public struct Timeouts: Sendable, Equatable {
    /// Seconds a connection may stand idle, or take to send the head of a request, before it is closed.
    public var idle: Double
    /// Seconds to send a body before the rate counts.
    public var body: Double
    /// Bytes a second that extend the time for a body: at 16,384 a body of 20 MB may take 20 minutes at most, and a
    /// client that sends single bytes is answered 408 right after `body` seconds.
    public var minimumRate: Double
    /// Seconds in which a refused body is still read and thrown away, so that the client sees the refusal.
    public var linger: Double
    /// Seconds in which a client must take something of its response.
    public var write: Double
    /// Seconds for requests under way to be answered after SIGTERM or SIGINT.
    public var shutdown: Double
    /// Seconds that a worker may work on the photos of a request, all together.
    public var work: Double
    /// Seconds that a request may wait for a worker.
    public var wait: Double
    /// Seconds that a worker works on a request before others that wait go first.
    public var turn: Double
    /// Seconds between two looks for changed model files; 0 looks at SIGHUP alone.
    public var watch: Double

    /// - Precondition: Every time is above 0; `linger`, `turn` and `watch` may be 0.
    public init(
        idle: Double = 60, body: Double = 20, minimumRate: Double = 16_384, linger: Double = 2, write: Double = 20, shutdown: Double = 30,
        work: Double = 10, wait: Double = 30, turn: Double = 0.25, watch: Double = 1
    ) {
        let all = [idle, body, minimumRate, write, shutdown, work, wait]
        precondition(all.allSatisfy { $0 > 0 } && linger >= 0 && turn >= 0 && watch >= 0, "times are positive")
        self.idle = idle
        self.body = body
        self.minimumRate = minimumRate
        self.linger = linger
        self.write = write
        self.shutdown = shutdown
        self.work = work
        self.wait = wait
        self.turn = turn
        self.watch = watch
    }
}
