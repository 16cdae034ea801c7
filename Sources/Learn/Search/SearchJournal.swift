import Foundation
import Support

/// A file that keeps what a search has found out, so that a search killed at any moment goes on where it was.
///
/// One JSON object a line: first the search's fingerprint, then one line a candidate and fold. Lines are only ever appended; a line
/// that does not fit the search (torn by a kill or a full disk, or damaged) is dropped, and its work done again. A journal of another
/// search (other rows, labels, folds or candidates) is started anew.
public struct SearchJournal: Sendable, Equatable {
    /// The file.
    public let path: String

    /// A journal in a file, which need not exist yet.
    public init(path: String) {
        self.path = path
    }

    struct Header: Codable, Equatable {
        var journal: Int
        var fingerprint: String
    }

    struct Line: Codable {
        var key: OutcomeKey
        var outcome: FoldOutcome
    }

    /// An open journal.
    final class Handle: @unchecked Sendable {
        // Safe to share: only the search's ledger writes, behind its lock.
        let recovered: [OutcomeKey: FoldOutcome]
        private let file: FileHandle

        init(recovered: [OutcomeKey: FoldOutcome], file: FileHandle) {
            self.recovered = recovered
            self.file = file
        }

        /// In one write, so that a kill does not part outcomes that are only made together (a path over C, forests of one sequence
        /// of trees): the rest would be made anew with them.
        /// - Throws: what writing throws.
        func append(_ outcomes: [(key: OutcomeKey, outcome: FoldOutcome)]) throws {
            var lines = Data()
            // Scores that are not finite have no JSON: such an outcome is found again by a rerun.
            for (key, outcome) in outcomes where outcome.scores.allSatisfy(\.isFinite) {
                lines += try JSON.line(Line(key: key, outcome: outcome))
            }
            try file.write(contentsOf: lines)
        }

        deinit {
            // Every line went to the system when it was appended.
            try? file.close()
        }
    }

    /// - Parameter fits: whether an outcome can be one of the search's.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` when the file cannot be created or opened.
    func open(fingerprint: String, fits: (OutcomeKey, FoldOutcome) -> Bool) throws(LearnError) -> Handle {
        let header = Header(journal: 1, fingerprint: fingerprint)
        let (recovered, lines) = Self.entries(in: FileManager.default.contents(atPath: path) ?? Data(), header: header, fits: fits)
        do {
            let kept = lines.isEmpty ? try JSON.line(header) : lines
            try kept.write(to: URL(fileURLWithPath: path), options: .atomic)
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.seekToEnd()
            return Handle(recovered: recovered, file: file)
        } catch {
            throw LearnError.invalidParameter(name: "journal", value: path, allowed: "a file that can be written (\(error))")
        }
    }

    /// Writes a journal of these outcomes at once, whole or not at all.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` where the file cannot be written.
    func write(_ outcomes: [OutcomeKey: FoldOutcome], fingerprint: String) throws(LearnError) {
        let ordered = outcomes.sorted { ($0.key.candidate, $0.key.fold) < ($1.key.candidate, $1.key.fold) }
        do {
            var lines = Data(try JSON.line(Header(journal: 1, fingerprint: fingerprint)))
            for (key, outcome) in ordered where outcome.scores.allSatisfy(\.isFinite) {
                lines += try JSON.line(Line(key: key, outcome: outcome))
            }
            try lines.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw LearnError.invalidParameter(name: "journal", value: path, allowed: "a file that can be written (\(error))")
        }
    }

    /// What the file has found out for this search; nothing where it is another's, or not there.
    func recovered(fingerprint: String, fits: (OutcomeKey, FoldOutcome) -> Bool) -> [OutcomeKey: FoldOutcome] {
        let content = FileManager.default.contents(atPath: path) ?? Data()
        return Self.entries(in: content, header: Header(journal: 1, fingerprint: fingerprint), fits: fits).recovered
    }

    /// What a journal's bytes say, and those of its lines that are kept; nothing where it is another search's.
    static func entries(
        in content: Data, header: Header, fits: (OutcomeKey, FoldOutcome) -> Bool
    ) -> (recovered: [OutcomeKey: FoldOutcome], kept: Data) {
        var recovered: [OutcomeKey: FoldOutcome] = [:]
        var kept = Data()
        let decoder = JSONDecoder()
        for (number, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if number == 0 {
                guard (try? decoder.decode(Header.self, from: line)) == header else { break }
            } else {
                guard let entry = try? decoder.decode(Line.self, from: line), fits(entry.key, entry.outcome) else { continue }
                recovered[entry.key] = entry.outcome
            }
            kept.append(contentsOf: line)
            kept.append(UInt8(ascii: "\n"))
        }
        return (recovered, kept)
    }

    /// A 64-bit hash of everything the outcome depends on, in hexadecimal: FNV-1a's multiplication, but a word at a time and with the
    /// upper bits folded back after each, which tells searches apart and protects nothing.
    ///
    /// Parameters that are not finite are part of it like all others: such a candidate fails, and the search goes on without it.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for candidates that cannot be written as JSON.
    static func fingerprint(
        candidates: [Candidate], rows: Matrix, labels: [Int], folds: [Fold], augmentation: Augmentation?
    ) throws(LearnError) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ word: UInt64) {
            hash = (hash ^ word) &* 0x0000_0100_0000_01B3
            hash ^= hash >> 29
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            for byte in try encoder.encode(candidates) { mix(UInt64(byte)) }
        } catch {
            throw LearnError.invalidParameter(name: "candidates", value: "\(error)", allowed: "what can be written as JSON")
        }
        mix(UInt64(rows.rows))
        mix(UInt64(rows.columns))
        for value in rows.values { mix(UInt64(value.bitPattern)) }
        for label in labels { mix(UInt64(label)) }
        for fold in folds {
            mix(UInt64(fold.train.count))
            for row in fold.train + fold.test { mix(UInt64(row)) }
        }
        if let augmentation {
            for source in augmentation.sources { mix(UInt64(source)) }
            for value in augmentation.rows.values { mix(UInt64(value.bitPattern)) }
        }
        return String(hash, radix: 16)
    }
}
