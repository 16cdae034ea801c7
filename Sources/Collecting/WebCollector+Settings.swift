import Foundation
import Imaging
import Recognition

/// Fetches the photos of a list, or of a page and those it links to, into `photos/<label>/`, with a line in the trail for each.
public struct WebCollector: Sendable {
    /// How politely, how patiently, and what.
    public struct Settings: Sendable {
        /// Requests under way at once, each of another host.
        public var downloads = 8
        /// From the end of a request to the beginning of the same host's next.
        public var interval = Duration.milliseconds(500)
        /// How often a photo is asked for that is refused for a passing reason.
        public var attempts = 4
        /// The pause of a host after the first passing refusal that names none; it doubles with each further one.
        public var backOff = Duration.seconds(1)
        /// A host that asks for a longer pause is not asked again in this run.
        public var longestWait = Duration.seconds(120)
        /// Until a connection stands.
        public var connectTimeout = Duration.seconds(10)
        /// Without a byte.
        public var idleTimeout = Duration.seconds(20)
        /// For one request.
        public var totalTimeout = Duration.seconds(180)
        /// How many redirects lead from one address to the answer.
        public var redirects = 5
        /// The longest body of a photo, in bytes, and the most pixels.
        public var limits = ImageLimits(maximumBytes: 64 << 20)
        /// The longest page, in bytes.
        public var longestPage = 16 << 20
        /// Photos that are less wide or less high are refused; nil takes all.
        public var smallest: Size?
        /// How far links of a page are followed; 0 is the page alone.
        public var depth = 0
        /// The most pages of one run.
        public var pages = 200
        /// Whether addresses of this machine and of private networks are asked.
        public var allowsPrivate = false
        /// Certificates in PEM that are trusted besides the system's.
        public var certificates: URL?
        /// What the environment names.
        public var proxies = ProxyEnvironment()
        /// The header `User-Agent`; robots.txt is read for the product "lineup".
        public var userAgent = "lineup/0.1.0 (photo collection)"

        /// The defaults of `lineup collect`.
        public init() {}
    }

    /// What became of a run.
    public struct Summary: Sendable, Codable {
        /// Photos stored, linked, refused, known before, and of forgotten labels.
        public var photos = Collector.Summary()
        /// Photos of which the server said that they have not changed.
        public var unchanged = 0
        /// Pages that were read.
        public var pages = 0
        /// How often photos and pages could not be had, by the kind of reason: "HTTP 404", "timed out", "robots.txt" and so on.
        public var faults: [String: Int] = [:]

        /// Nothing yet.
        public init() {}

        /// Whether no photo came in, none was there before, and none was left out on purpose.
        public var isInVain: Bool { photos.isInVain && unchanged == 0 }

        /// What could not be had, the most frequent first: "3 HTTP 404, 1 timed out".
        public var faultsInWords: String { Self.words(faults) }

        /// The same of any such counts.
        public static func words(_ faults: [String: Int]) -> String {
            faults.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        }
    }

    /// How far a run has come.
    public struct Progress: Sendable {
        /// Photos and pages done.
        public var done: Int
        /// Photos and pages known of so far.
        public var total: Int
        /// What could not be had so far, by its kind.
        public var faults: [String: Int]
        /// The line that was written last, where one was.
        public var item: CollectedItem?
    }

    /// The folder of photos.
    public let photos: URL
    /// How it is done.
    public let settings: Settings
    /// Whether labels that were forgotten are taken in again.
    public let readmits: Bool

    /// A collector into `photos`.
    public init(into photos: URL, settings: Settings = Settings(), readmits: Bool = false) {
        self.photos = photos
        self.settings = settings
        self.readmits = readmits
    }
}
