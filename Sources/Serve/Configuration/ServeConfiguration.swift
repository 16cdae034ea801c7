import Foundation
import Logging
import Support

/// Everything an operator can set of the server.
public struct ServeConfiguration: Sendable {
    /// The address to listen on; the default answers this machine alone.
    public var host: String
    /// 0 lets the system choose a free port; `LineupService` reports which.
    public var port: Int
    /// What a request may ask for.
    public var limits: RequestLimits
    /// How long clients may take, and requests.
    public var timeouts: Timeouts
    /// Threads that decode photos and name faces; as many as the machine has cores by default.
    public var workers: Int
    /// Workers that one client has at a time; 0 is half of them, rounded up.
    public var workersPerClient: Int
    /// Requests that may wait for a worker; one more is answered 503 with `Retry-After`.
    public var queue: Int
    /// Proxies whose `X-Forwarded-For` or `Forwarded` is believed, and whose connections are not counted as one client's.
    public var trustedProxies: [AddressRange]
    /// Keys without which no photo is accepted; none accepts everybody's.
    public var keys: APIKeys
    /// The origin whose web pages may use the API, `*` for all, nil for none but the server's own page.
    public var allowedOrigin: String?
    /// A port of its own for health and metrics, which are then not at `port`; nil for none.
    public var adminPort: Int?
    /// Where visitors' corrections are kept; nil keeps none.
    public var feedback: FeedbackFolder?
    /// Photos the page offers to try; none hides that part of the page.
    public var samples: [SamplePhoto]
    /// The least severe log line that is written.
    public var logLevel: Logger.Level
    /// The version that `/metrics` and `/api/model` show.
    public var version: String

    /// - Precondition: `workers` is above 0 and `queue` not below.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, limits: RequestLimits = RequestLimits(), timeouts: Timeouts = Timeouts(),
        workers: Int = .allCores, workersPerClient: Int = 0,
        queue: Int = 64, trustedProxies: [AddressRange] = [], keys: APIKeys = .none,
        allowedOrigin: String? = nil, adminPort: Int? = nil, feedback: FeedbackFolder? = nil, samples: [SamplePhoto] = [],
        logLevel: Logger.Level = .info, version: String = "0.1.0"
    ) {
        precondition(workers > 0 && queue >= 0, "a pool needs a worker")
        self.host = host
        self.port = port
        self.limits = limits
        self.timeouts = timeouts
        self.workers = workers
        self.workersPerClient = workersPerClient
        self.queue = queue
        self.trustedProxies = trustedProxies
        self.keys = keys
        self.allowedOrigin = allowedOrigin
        self.adminPort = adminPort
        self.feedback = feedback
        self.samples = samples
        self.logLevel = logLevel
        self.version = version
    }
}
