import Imaging

/// What a request may ask for. The same numbers bind the server, are shown by the page and are given by `GET /api/model`.
public struct RequestLimits: Sendable, Equatable, Codable {
    /// Bytes of one photo, however it was wrapped for the way; 20 million by default.
    public var bytes: Int
    /// Width times height of one photo; 40 million by default.
    public var pixels: Int
    /// Photos in one multipart request.
    public var photos: Int
    /// Parts of any kind in one multipart request, fields in one form, members and elements in one JSON body.
    public var parts: Int
    /// Bytes of all bodies that are being received or worked on at one time.
    public var bytesInFlight: Int
    /// Windows that may pass the cascade in a search of `POST /api/detect`.
    public var hits: Int
    /// Faces of one photo that are named, the largest first.
    public var faces: Int
    /// Corrections kept in the folder for feedback.
    public var feedback: Int
    /// Requests with photos a second of one client; 0 is no limit.
    public var requestsPerSecond: Double
    /// Connections open at one time. When all are, the one idle longest is closed for a new one.
    public var connections: Int
    /// Connections of one address; one more is closed at once.
    public var connectionsPerAddress: Int
    /// Connections beyond `connections`, answered health and metrics alone while requests are under way on all others.
    public var connectionReserve: Int

    /// - Precondition: Every limit is above 0. `bytesInFlight` is raised to twice `bytes`.
    public init(
        bytes: Int = 20_000_000, pixels: Int = 40_000_000, photos: Int = 16, parts: Int = 64, bytesInFlight: Int = 150_000_000,
        hits: Int = 100_000, faces: Int = 32, feedback: Int = 1000, requestsPerSecond: Double = 0, connections: Int = 1024,
        connectionsPerAddress: Int = 64,
        connectionReserve: Int = 16
    ) {
        let all = [bytes, pixels, photos, parts, hits, faces, feedback, connections, connectionsPerAddress]
        precondition(all.allSatisfy { $0 > 0 } && connectionReserve >= 0 && requestsPerSecond >= 0, "a limit of nothing refuses everything")
        self.bytes = bytes
        self.pixels = pixels
        self.photos = photos
        self.parts = parts
        self.bytesInFlight = max(bytesInFlight, 2 * bytes)
        self.hits = hits
        self.faces = faces
        self.feedback = feedback
        self.requestsPerSecond = requestsPerSecond
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
        self.connectionReserve = connectionReserve
    }

    /// What multipart framing and JSON punctuation may add to a body.
    static let framing = 65_536

    /// A body of base64 is 4/3 of its photo; percent-encoding makes three bytes of each `+` and `/` (one character in 32 on
    /// average, so 17/16) and of line breaks. 3/2 leaves room for both.
    var encodedBytes: Int { bytes + bytes / 2 + Self.framing }

    var image: ImageLimits { ImageLimits(maximumPixels: pixels) }
}
