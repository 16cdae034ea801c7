import Hummingbird
import Imaging
import Recognition

/// Takes photos from a request's body to their answers: reads the body within the limits, and leaves unwrapping, decoding and
/// naming to the pool.
struct PhotoDesk: Sendable {
    let naming: any FaceNaming
    let limits: RequestLimits
    let pool: WorkPool
    let budget: UploadBudget
    let readiness: Readiness
    let metrics: ServeMetrics

    /// A photo's name and what became of it.
    struct Outcome<Answer: Sendable>: Sendable {
        var name: String?
        var result: Result<Answer, Problem>
    }

    /// Names the faces of every photo in the request.
    func outcomes(
        for request: Request, context: LineupContext, fields: [String], acceptsForm: Bool
    ) async throws -> [Outcome<PhotoAnswer>] {
        try await outcomes(for: request, context: context, fields: fields, acceptsForm: acceptsForm) { bytes in
            do {
                let answer = try naming.answer(for: bytes, limits: limits.image)
                metrics.photo(answer)
                return answer
            } catch {
                metrics.photoFailed()
                throw error
            }
        }
    }

    /// Answers for every photo in the request, in the order they were sent; one job of the pool does them all.
    /// - Parameters:
    ///   - fields: The names under which a form or JSON object may carry a photo.
    ///   - answer: What is done with a photo's bytes, on a thread of the pool.
    /// - Throws: `RequestError` when the request as a whole cannot be answered. A single bad photo is an outcome.
    func outcomes<Answer: Sendable>(
        for request: Request, context: LineupContext, fields: [String], acceptsForm: Bool,
        answer: @escaping @Sendable ([UInt8]) throws -> Answer
    ) async throws -> [Outcome<Answer>] {
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
                    return Outcome(name: photo.name, result: result(of: answer, on: photo.bytes))
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

    private func result<Answer>(of answer: ([UInt8]) throws -> Answer, on bytes: [UInt8]) -> Result<Answer, Problem> {
        do {
            return .success(try answer(bytes))
        } catch {
            return .failure(Problem(error))
        }
    }
}
