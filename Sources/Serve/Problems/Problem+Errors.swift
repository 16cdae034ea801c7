import Cascade
import Hummingbird
import Imaging
import NIOCore
import NIOHTTP1
import NIOPosix

extension Problem {
    /// The problem that stands for `error`: one of ours, of the libraries below, of the framework's, or one nobody expected (500,
    /// without its text). Each of the errors' own cases is mapped by name, so that a new one does not compile until it is.
    package init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as RequestError: self.init(request: error)
        case let error as ImagingError: self.init(imaging: error)
        case let error as CascadeError: self.init(cascade: error)
        case let error as HTTPParserError: self.init(parser: error)
        // A connection that breaks while its body is read.
        case is ChannelError, is IOError, is NIOAsyncWriterError: self.init(request: .clientGone)
        // The pool or the task was stopped under a request.
        case is CancellationError, is NIOThreadPoolError.ThreadPoolInactive: self.init(request: .shuttingDown)
        case let error as any HTTPResponseError: self.init(framework: Int(error.status.code))
        default: self = .unexpected
        }
    }

    /// What HTTP's parser found wrong after the head: in the framing of a body.
    private init(parser error: HTTPParserError) {
        self.init(request: error == .invalidEOFState ? .clientGone : .malformedHTTP("The body's framing is broken: \(error)."))
    }

    private init(framework status: Int) {
        switch status {
        case 404: self.init(request: .noSuchRoute("this path"))
        case 400..<500: self.init(request: .malformedHTTP("The framework refused it with status \(status)."))
        default: self = .unexpected
        }
    }

    /// What a search of `POST /api/detect` ended with. Cascade files are the operator's: what is wrong with one stays in the log.
    private init(cascade error: CascadeError) {
        switch error {
        case .invalidParameter(let name, let value, let allowed):
            self.init(request: .badParameter(name: name, found: value, expected: allowed))
        case .tooManyHits(let limit): self.init(request: .tooManyHits(limit: limit))
        case .outOfTime:
            self.init(
                .tooMuchWork, detail: "The search was given up when its time was over.",
                advice: "Send a smaller photo, a larger min-size, or a larger scale-factor.")
        case .tooManyWindows(let windows, let limit):
            self.init(
                .tooMuchWork, detail: "The search has \(windows) windows; at most \(limit) are searched.",
                advice: "Send a smaller photo, a larger min-size, or a larger scale-factor.", limit: limit)
        case .cancelled: self.init(request: .shuttingDown)
        case .unreadable, .tooLarge, .notFound, .malformedXML, .invalid, .unsupported: self = .unexpected
        }
    }

    /// What the decoder found wrong with a photo.
    init(imaging error: ImagingError) {
        let names = ImageFormat.builtIn.map(\.name)
        let readable = "Send the photo as \(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])."
        switch error {
        case .unknownFormat(let seen):
            self.init(.notAPhoto, detail: "The bytes look like \(seen.rawValue).", advice: readable, format: seen.rawValue)
        case .notBuiltIn(let format):
            self.init(
                .formatNotBuiltIn, detail: "The bytes look like \(format.name), which this server was built without.", advice: readable,
                format: format.name)
        case .unsupported(let format, let variant):
            self.init(
                .unsupportedVariant, detail: "This kind of \(format.name) is not read: \(variant).",
                advice: "Save it as a still 8-bit picture and send that.", format: format.name)
        case .damaged(let format, let detail):
            self.init(
                .damagedPhoto, detail: "The \(format.name) cannot be decoded: \(detail).",
                advice: "Send the original file; this copy is broken or incomplete.", format: format.name)
        case .sideTooLong(let width, let height, let limit):
            self.init(
                .tooManyPixels, detail: "It is \(width) x \(height) pixels; no side may be longer than \(limit) pixels.",
                advice: "Send it with less resolution.", limit: limit)
        case .tooManyBytes(let count, let limit):
            self.init(
                .tooManyBytes, detail: "It has \(count) bytes; at most \(limit) are accepted.", advice: "Send it with less resolution.",
                limit: limit)
        case .tooLarge(let width, let height, let limit):
            self.init(
                .tooManyPixels, detail: "It is \(width) x \(height) pixels; at most \(limit) pixels in all are accepted.",
                advice: "Send it with less resolution.", limit: limit)
        case .cancelled: self.init(request: .shuttingDown)
        case .outOfMemory, .cannotEncode, .missingFile, .unreadableFile, .invalidParameter:
            self = .unexpected
        }
    }
}
