import Imaging
import Recognition

/// What became of one request.
enum JobOutcome: Sendable {
    case photo(Arrival, Answer?)
    case unchanged
    case page(PageContent)
    /// A page that is none and was not asked for by name.
    case nothing
    /// What a site allows, or why that could not be had.
    case robots(Result<RobotsRules, DownloadFault>)
    case moved(String?)
    /// Not now; after so many seconds where the server says so.
    case later(DownloadFault, seconds: Int?)
    case refused(DownloadFault, code: Int?)
}

/// A photo's bytes, decoded.
struct Arrival: Sendable {
    let bytes: [UInt8]
    let sha256: String
    let decoded: DecodedImage

    /// - Throws: `DownloadFault.notAPhoto`, `.tooSmall`.
    init(_ bytes: [UInt8], limits: ImageLimits, smallest: Size?) throws(DownloadFault) {
        self.bytes = bytes
        sha256 = FileBytes.sha256(bytes)
        do {
            if let smallest {
                let size = try ImageFile.header(of: bytes).size
                guard size.width >= smallest.width, size.height >= smallest.height else {
                    throw DownloadFault.tooSmall("\(size.width) x \(size.height) pixels, less than \(smallest.width) x \(smallest.height)")
                }
            }
            decoded = try ImageFile.decodeWithHeader(bytes, limits: limits)
        } catch let fault as DownloadFault {
            throw fault
        } catch {
            throw .notAPhoto("\(error)")
        }
    }
}
