import Foundation
import Support

/// The answer to several photos: for each its own answer, or the problem a request for it alone would have had.
struct PhotoList<Answer: Encodable & Sendable>: Encodable {
    struct Entry: Encodable {
        var name: String?
        var answer: Answer?
        var problem: Problem?
    }

    var photos: [Entry]

    /// One photo's answer as it is, several photos' answers as `{"photos":[...]}`.
    /// - Throws: The problem of a photo that came alone.
    static func json(_ outcomes: [PhotoRequestHandler.Outcome<Answer>]) throws -> Data {
        if outcomes.count == 1 { return try JSON.encode(outcomes[0].result.get()) }
        return try JSON.encode(
            PhotoList(
                photos: outcomes.map { outcome in
                    switch outcome.result {
                    case .success(let answer): Entry(name: outcome.name, answer: answer)
                    case .failure(let problem): Entry(name: outcome.name, problem: problem)
                    }
                }))
    }
}
