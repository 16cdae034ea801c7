import Foundation
import Imaging
import Logging

/// Everything an operator can set of the server.
public struct ServeConfiguration: Sendable {
    /// The address to listen on; the default answers this machine alone.
    public var host: String
    /// 0 lets the system choose a free port; `LineupService` reports which.
    public var port: Int
    public var limits: RequestLimits
    public var timeouts: Timeouts
    /// Threads that decode photos and name faces; as many as the machine has cores by default.
    public var workers: Int
    /// Photos that may wait for a worker; one more is answered 503 with `Retry-After`.
    public var queue: Int
    /// Photos the page offers to try; none hides that part of the page.
    public var samples: [SamplePhoto]
    public var logLevel: Logger.Level
    /// What `/metrics` and `/api/model` tell of this build.
    public var version: String

    public init(
        host: String = "127.0.0.1", port: Int = 8080, limits: RequestLimits = RequestLimits(), timeouts: Timeouts = Timeouts(),
        workers: Int = ProcessInfo.processInfo.activeProcessorCount, queue: Int = 64, samples: [SamplePhoto] = [],
        logLevel: Logger.Level = .info, version: String = "0.1.0"
    ) {
        precondition(workers > 0 && queue >= 0, "a pool needs a worker")
        self.host = host
        self.port = port
        self.limits = limits
        self.timeouts = timeouts
        self.workers = workers
        self.queue = queue
        self.samples = samples
        self.logLevel = logLevel
        self.version = version
    }
}

/// What a request may ask for. The same numbers bind the server, are shown by the page and are told by `GET /api/model`.
public struct RequestLimits: Sendable, Equatable, Codable {
    /// Bytes of one photo, however it was wrapped for the way; 20 million by default.
    public var bytes: Int
    /// Width times height of one photo; 100 million by default.
    public var pixels: Int
    /// Photos in one multipart request.
    public var photos: Int
    /// Parts of any kind in one multipart request, fields in one form.
    public var parts: Int
    /// Bytes of all bodies that are being received or worked on at one time.
    public var bytesInFlight: Int
    /// Windows that may pass the cascade in a search of `POST /api/detect`.
    public var hits: Int
    /// Connections open at one time; further ones wait in the system's backlog.
    public var connections: Int

    public init(
        bytes: Int = 20_000_000, pixels: Int = 100_000_000, photos: Int = 16, parts: Int = 64, bytesInFlight: Int = 400_000_000,
        hits: Int = 100_000, connections: Int = 1024
    ) {
        precondition(
            bytes > 0 && pixels > 0 && photos > 0 && parts > 0 && hits > 0 && connections > 0, "a limit of nothing refuses everything")
        self.bytes = bytes
        self.pixels = pixels
        self.photos = photos
        self.parts = parts
        self.bytesInFlight = max(bytesInFlight, 2 * bytes)
        self.hits = hits
        self.connections = connections
    }

    /// What multipart framing and JSON punctuation may add to a body.
    static let framing = 65_536

    /// A body of base64 is 4/3 of its photo; percent-encoding makes three bytes of each `+` and `/` (one character in 32 on
    /// average, so 17/16) and of line breaks. 3/2 leaves room for both.
    var encodedBytes: Int { bytes + bytes / 2 + Self.framing }

    var image: ImageLimits { ImageLimits(maximumPixels: pixels) }
}

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
    /// Seconds for requests under way to be answered after SIGTERM or SIGINT.
    public var shutdown: Double

    /// Seconds that `POST /api/detect` may work on the photos of a request.
    public var search: Double

    public init(
        idle: Double = 60, body: Double = 20, minimumRate: Double = 16_384, linger: Double = 5, shutdown: Double = 30,
        search: Double = 10
    ) {
        precondition(idle > 0 && body > 0 && minimumRate > 0 && linger >= 0 && shutdown > 0 && search > 0, "times are positive")
        self.idle = idle
        self.body = body
        self.minimumRate = minimumRate
        self.linger = linger
        self.shutdown = shutdown
        self.search = search
    }
}
