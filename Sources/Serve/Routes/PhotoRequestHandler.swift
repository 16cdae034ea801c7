import Foundation
import Hummingbird
import Imaging
import Recognition
import Support

/// Takes photos from a request's body to their answers: reads the body within the limits, and leaves unwrapping, decoding and
/// naming to the pool.
struct PhotoRequestHandler: Sendable {
    let shelf: ModelShelf
    var limits: RequestLimits
    let pool: WorkPool
    let budget: UploadBudget
    let readiness: Readiness
    let metrics: ServeMetrics
    let clients: Clients
    /// Seconds on a worker that the photos of one request may take together.
    let work: Double

    /// A photo's name and what became of it.
    struct Outcome<Answer: Sendable>: Sendable {
        var name: String?
        var result: Result<Answer, Problem>
    }

    /// Names the faces of every photo in the request.
    /// - Parameters:
    ///   - model: Who names them.
    ///   - encode: Makes the response's JSON of the answers, on the pool too.
    /// - Throws: As `response(to:context:fields:acceptsForm:answer:encode:)`.
    func namedFaces(
        for request: Request, context: LineupContext, by model: ModelShelf.Model, fields: [String], acceptsForm: Bool,
        encode: @escaping @Sendable ([Outcome<PhotoAnswer>]) throws -> Data
    ) async throws -> Response {
        try await response(to: request, context: context, fields: fields, acceptsForm: acceptsForm) { bytes, share in
            do {
                let answer = try model.naming.answer(
                    for: bytes,
                    limits: PhotoLimits(
                        image: limits.image, faces: limits.faces, search: share.searchLimits(maximumHits: limits.hits)))
                metrics.photo(answer)
                return answer
            } catch {
                metrics.photoFailed()
                throw error
            }
        } encode: {
            try encode($0)
        }
    }

    /// The answers to all photos in the request, in the order they were sent; one job of the pool does them all.
    /// - Parameters:
    ///   - fields: The names under which a form or JSON object may carry a photo.
    ///   - answer: What is done with a photo's bytes, on a thread of the pool, with checkpoints of the request's share.
    ///   - encode: Makes the response's JSON of the answers, on the pool too.
    /// - Throws: `RequestError` when the request as a whole cannot be answered. A single bad photo is an outcome.
    func response<Answer: Sendable>(
        to request: Request, context: LineupContext, fields: [String], acceptsForm: Bool,
        answer: @escaping @Sendable ([UInt8], WorkShare) throws -> Answer,
        encode: @escaping @Sendable ([Outcome<Answer>]) throws -> Data
    ) async throws -> Response {
        try readiness.requireModel()
        let connection = await context.connection()
        let client = try clients.admit(peer: connection.peer, headers: request.headers)
        try pool.requireRoom(for: client)
        if let encoding = request.headers[.contentEncoding]?.trimmed, !encoding.isEmpty, encoding.lowercased() != "identity" {
            throw RequestError.unsupportedContentEncoding(encoding)
        }
        let kind = try PhotoBody(contentType: request.headers[.contentType], acceptsForm: acceptsForm)
        let maximum = kind.maximumBytes(limits)
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > maximum { throw RequestError.tooManyBytes(limit: limits.bytes, found: announced) }
        let account = budget.account(of: client)
        let bytes = try await collect(request.body, announced: announced, maximum: maximum, account: account)
        let share = WorkShare(client: client, maximumSeconds: work) { connection.life?.isOver == true }
        let json = try await pool.run(share) {
            let photos = try kind.photos(in: bytes, fields: fields, limits: limits)
            return try encode(
                photos.map { photo in
                    let result = result(of: answer, on: photo.bytes, share: share)
                    // What ends the whole request, and not one photo, is its answer.
                    if let reason = share.failure, !reason.isOfOnePhoto { throw reason }
                    return Outcome(name: photo.name, result: result)
                })
        }
        withExtendedLifetime(account) {}
        return JSON.response(encoded: json)
    }

    private func collect(
        _ body: RequestBody, announced: Int?, maximum: Int, account: UploadBudget.Account
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= maximum else {
                throw RequestError.tooManyBytes(limit: limits.bytes, found: nil)
            }
            try account.take(chunk.readableBytes)
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        if let announced, bytes.count < announced { throw RequestError.bodyEndedEarly(received: bytes.count, announced: announced) }
        return bytes
    }

    private func result<Answer>(
        of answer: ([UInt8], WorkShare) throws -> Answer, on bytes: [UInt8], share: WorkShare
    ) -> Result<Answer, Problem> {
        do {
            try share.checkpoint()
            return .success(try answer(bytes, share))
        } catch {
            // Where the share ended the work, it says why; libraries below only know that they were stopped.
            return .failure(Problem(share.failure ?? error))
        }
    }
}

extension RequestError {
    /// Whether the other photos of a request are still worth an answer of their own: each says that the time was used up.
    fileprivate var isOfOnePhoto: Bool {
        if case .tooMuchWork = self { return true }
        return false
    }
}
