import Foundation
import Imaging
import Learn
import Recognition
import Support
import SystemPackage

extension FuzzTarget {
    /// Manifests and their journals: what is read goes the way of `clean`, is written, and is read again alike.
    static let manifest = FuzzTarget(name: "manifest") { bytes in
        try withFolder { folder in
            let file = Manifest.url(in: folder)
            try Data(bytes).write(to: file)
            let whole = try? Manifest(folder: folder)
            // The same as the journal of a run that was killed, where lines that are none are passed over.
            try FileManager.default.moveItem(at: file, to: folder.appendingPathComponent(".manifest.journal"))
            let manifest = try Manifest(folder: folder)
            if let whole { try require(manifest.records == whole.records, "a journal is read otherwise than a manifest") }
            let kept = manifest.ordered.filter(\.kept)
            _ = NearDuplicates.groups(
                of: kept.map { NearDuplicates.Hashes(label: 0, photo: $0.hash, crop: $0.crops[0].hash) }, threads: 1)
            for record in manifest.ordered {
                // What is cut out of the photo lies in it.
                let photo = Rect(x: 0, y: 0, width: record.width ?? 0, height: record.height ?? 0)
                for box in record.faces.map(\.box) + record.crops.map(\.box) {
                    try require(!box.isEmpty && photo.contains(box), "\(box) of a photo of \(photo.size)")
                }
            }
            try Data(manifest.ordered.flatMap { try JSON.line($0) }).write(to: file)
            try require(try Manifest(folder: folder).records == manifest.records, "records that are written are others")
        }
    }

    /// Journals of a search of two candidates over two folds: whatever stands in one, the search ends as it would without, and what it
    /// leaves is taken over whole. The first line is set right, as nothing gets past it otherwise.
    static let journal = FuzzTarget(name: "journal") { bytes in
        try withFolder { folder in
            let file = folder.appendingPathComponent("journal")
            let search = try search.get()
            for content in [search.header + Data(bytes), Data(bytes)] {
                try content.write(to: file)
                let result = try search.run(file.path)
                try require(result.candidates.count == 2 && result.candidates.allSatisfy { $0.failure == nil }, "a candidate failed")
                try require(try search.run(file.path) == result, "the second run is another one")
            }
        }
    }

    /// The trail of a collection.
    static let trail = FuzzTarget(name: "trail") { bytes in
        try withFolder { folder in
            try Data(bytes).write(to: folder.appendingPathComponent(".collected.jsonl"))
            guard var intake = try? PhotoIntake(photos: folder) else { return }
            let count = intake.items.count
            for item in intake.items {
                _ = intake.hasFile(of: item)
                try require(intake.hasTaken(item), "what was taken is not known")
            }
            _ = try intake.refuse(CollectedItem(source: "file:///nowhere", label: "ada"), because: "it is a test")
            let again = try PhotoIntake(photos: folder).items
            try require(again.count - count <= 1 && again == intake.items, "\(count) items became \(again.count)")
        }
    }

    /// The log of a review of a folder of one crop, `a/b.png`: opened, gone on with, and taken back.
    static let review = FuzzTarget(name: "review") { bytes in
        try withFolder { folder in
            let faces = folder.appendingPathComponent("faces")
            try FileManager.default.createDirectory(at: faces.appendingPathComponent("a"), withIntermediateDirectories: true)
            try Data("crop".utf8).write(to: faces.appendingPathComponent("a/b.png"))
            try Data(bytes).write(to: faces.appendingPathComponent(".review.jsonl"))
            // What a killed review left is carried out here.
            guard let review = try? CropReview(faces: faces) else { return }
            if let decision = try? review.decide(.keep, on: "a/b.png") {
                try require(review.decisions.last == decision, "a decision is not kept")
            }
            _ = try? review.undo()
            _ = try? review.undo()
            let outside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            try require(outside == ["faces"], "beside the folder lies \(outside)")
        }
    }

    /// The answers of a sorted archive.
    static let answers = FuzzTarget(name: "answers") { bytes in
        try withFolder { folder in
            try Data(bytes).write(to: folder.appendingPathComponent("answers.jsonl"))
            let whole = try? SortedAnswers(folder: FilePath(folder.path)).photos
            try FileManager.default.moveItem(
                at: folder.appendingPathComponent("answers.jsonl"), to: folder.appendingPathComponent(".answers.journal"))
            let photos = try SortedAnswers(folder: FilePath(folder.path)).photos
            try require(whole.map { $0 == photos } ?? true, "a journal is read otherwise than the answers")
        }
    }

    /// Corrections that visitors of the service sent.
    static let feedback = FuzzTarget(name: "feedback") { bytes in
        try withFolder { folder in
            try Data(bytes).write(to: folder.appendingPathComponent("feedback.jsonl"))
            for face in (try? FeedbackFace.all(in: folder)) ?? [] {
                try require(face.sha256.utf8.count == 64, "a picture named \(face.sha256)")
                try require(RelativePath(label: face.right.bytes) != nil, "a label \(face.right)")
            }
        }
    }

    private static let search = Result { try JournalledSearch() }
}

/// A search that takes no time.
private struct JournalledSearch: Sendable {
    private static let candidates = [Candidate(.majorityClass), Candidate(.linearDiscriminant)]
    private static let labels = [0, 1, 0, 1, 0, 1]
    private static let rows = Matrix(rows: 6, columns: 2, values: [0, 1, 2, 0, 0.5, 1, 2, 0.5, 0, 0.75, 1.75, 0])

    /// The first line of its journals.
    let header: Data

    init() throws {
        var line = Data()
        try withFolder { folder in
            let file = folder.appendingPathComponent("journal")
            _ = try Self.run(file.path)
            line = try Data(contentsOf: file).prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
        }
        header = line
    }

    func run(_ path: String) throws -> SearchResult { try Self.run(path) }

    private static func run(_ path: String) throws -> SearchResult {
        try GridSearch(threads: 1, journal: SearchJournal(path: path))
            .run(candidates: candidates, rows: rows, labels: labels, folds: try Folds.stratified(labels: labels, count: 2))
    }
}
