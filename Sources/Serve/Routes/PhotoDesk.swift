import Hummingbird
import Imaging
import Recognition

/// Takes photos from a request's body to their answers: reads the body within the limits, and leaves unwrapping, decoding and
/// naming to the pool.
struct PhotoDesk: Sendable {
    let naming: any PhotoNaming
    let limits: RequestLimits
    let pool: WorkPool
    let budget: UploadBudget
    let readiness: Readiness
    let metrics: ServeMetrics

    /// A photo's name and what became of it.
    struct Outcome: Sendable {
        var name: String?
        var result: Result<PhotoAnswer, Problem>
    }

    /// Answers for every photo in the request, in the order they were sent; one job of the pool does them all.
    /// - Parameter fields: The names under which a form or JSON object may carry a photo.
    /// - Throws: `RequestError` when the request as a whole cannot be answered. A single bad photo is an outcome.
    func outcomes(
        for request: Request, context: LineupContext, fields: [String], acceptsForm: Bool
    ) async throws -> [Outcome] {
        try readiness.require()
        if pool.isFull { throw RequestError.busy(retryAfter: 1) }
        let kind = try PhotoBody(contentType: request.headers[.contentType], acceptsForm: acceptsForm)
        let maximum = kind.maximumBytes(limits)
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > maximum { throw RequestError.tooManyBytes(limit: limits.bytes, found: announced) }
        return try await budget.with(announced ?? maximum) {
            let bytes = try await collect(request.body, announced: announced, maximum: maximum)
            let life = await context.connectionLife()
            return try await pool.run {
                let photos = try kind.photos(in: bytes, fields: fields, limits: limits)
                return try photos.map { photo in
                    if life?.isOver == true { throw RequestError.clientGone }
                    return Outcome(name: photo.name, result: answer(for: photo.bytes))
                }
            }
        }
    }

    private func collect(_ body: RequestBody, announced: Int?, maximum: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let announced { bytes.reserveCapacity(announced) }
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= maximum else {
                throw RequestError.tooManyBytes(limit: limits.bytes, found: nil)
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        if let announced, bytes.count < announced { throw RequestError.bodyEndedEarly(received: bytes.count, announced: announced) }
        return bytes
    }

    private func answer(for bytes: [UInt8]) -> Result<PhotoAnswer, Problem> {
        do {
            let answer = try naming.answer(for: bytes, limits: limits.image)
            metrics.photo(answer)
            return .success(answer)
        } catch {
            metrics.photoFailed()
            return .failure(Problem(error))
        }
    }
}
