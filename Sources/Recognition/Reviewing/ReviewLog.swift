import Foundation
import Support
import SystemPackage

/// `faces/.review.jsonl`: what was decided of crops, one line after the other, none ever changed.
///
/// A decision's line is on the disk before anything is done with its crop, and a line `{"done":ID}` after: what a killed process left half
/// done is known. `{"undo":ID}` takes a decision back.
struct ReviewLog {
    /// The decisions that hold, in their order.
    private(set) var decisions: [ReviewDecision] = []
    /// The last decision, where nobody wrote that it was done.
    private(set) var unfinished: ReviewDecision?
    private var lastID = 0

    private let path: FilePath

    private struct Line: Codable {
        var decision: ReviewDecision?
        var done: Int?
        var undo: Int?

        var id: Int? { decision?.id ?? done ?? undo }
    }

    /// Reads the log of a folder of crops; one that has none is empty.
    /// - Throws: `RecognitionError.inputOutput` naming a line that this version does not write.
    init(faces: URL) throws(RecognitionError) {
        path = FilePath(faces.path).appending(".review.jsonl")
        for line in try Self.read(path) { take(line) }
    }

    private static func read(_ path: FilePath) throws(RecognitionError) -> [Line] {
        var lines: [Line] = []
        for (index, bytes) in try LineLog.lines(of: path).enumerated() {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(bytes)), line.decision?.isPossible ?? true else {
                throw .inputOutput(
                    path: "\(path), line \(index + 1)",
                    reason: "is no decision that this version writes; move the file away to go on without it")
            }
            lines.append(line)
        }
        return lines
    }

    private mutating func take(_ line: Line) {
        if let decision = line.decision {
            decisions.append(decision)
            lastID = max(lastID, decision.id)
            unfinished = decision
        } else if let id = line.id {
            if line.undo != nil { decisions.removeAll { $0.id == id } }
            if unfinished?.id == id { unfinished = nil }
        }
    }

    /// The number of the next decision.
    var nextID: Int { lastID + 1 }

    /// Writes that `decision` will be carried out.
    mutating func begin(_ decision: ReviewDecision) throws { try append(Line(decision: decision)) }

    /// Writes that it was.
    mutating func end(_ decision: ReviewDecision) throws { try append(Line(done: decision.id)) }

    /// Writes that it was taken back.
    mutating func undo(_ decision: ReviewDecision) throws { try append(Line(undo: decision.id)) }

    private mutating func append(_ line: Line) throws {
        try LineLog.append([UInt8](try JSON.line(line)), to: path)
        take(line)
    }

    /// Writes the log anew without what was decided of some crops, also where it was taken back.
    /// - Returns: the decisions left out.
    static func erase(in faces: URL, where isErased: (ReviewDecision) -> Bool) throws -> [ReviewDecision] {
        let path = FilePath(faces.path).appending(".review.jsonl")
        let lines = try read(path)
        let erased = lines.compactMap(\.decision).filter(isErased)
        guard !erased.isEmpty else { return [] }
        let ids = Set(erased.map(\.id))
        let kept = lines.filter { line in line.id.map { !ids.contains($0) } ?? true }
        try AtomicFile.write(try kept.flatMap { [UInt8](try JSON.line($0)) }, to: path)
        return erased
    }
}
