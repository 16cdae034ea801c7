import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import Support
import TestSupport
import Testing

/// Cleaning and searching as a job array gives what one machine gives, byte for byte.
@Suite struct ShardTests {
    /// Twelve frontal portraits of three people, each person's first one twice, and files that give no crop.
    private func photos(in folder: TemporaryFolder) throws -> URL {
        let studio = PortraitStudio(seed: 3)
        let frontal = (0..<30).filter { PortraitStudio.kind(of: $0) == .frontal }.prefix(4)
        for athlete in 0..<3 {
            for number in frontal {
                try folder.write(
                    try ImageFile.encodePNG(studio.portrait(of: athlete, number: number).image), to: "photos/person\(athlete)/\(number).png"
                )
            }
            let first = try #require(frontal.first)
            try folder.write(
                try ImageFile.encodePNG(studio.portrait(of: athlete, number: first).image), to: "photos/person\(athlete)/again.png")
            try folder.write(Array("just words".utf8), to: "photos/person\(athlete)/words.jpg")
        }
        try folder.write([], to: "photos/empty/nothing.png")
        return folder.url.appendingPathComponent("photos")
    }

    /// Every file of a folder by its path, but for hidden ones that no run leaves.
    private func content(of name: String, in folder: TemporaryFolder) throws -> [String: [UInt8]] {
        var content: [String: [UInt8]] = [:]
        for file in try folder.files() where file.hasPrefix("\(name)/") {
            content[String(file.dropFirst(name.count + 1))] = try FileBytes.read(folder.url.appendingPathComponent(file))
        }
        return content
    }

    private func shard(_ index: Int, _ count: Int) throws -> Shard { try #require(Shard(index: index, of: count)) }

    private func reason(_ error: RecognitionError?) -> String {
        if case .unfinishedShards(_, let reason) = error { return reason }
        Issue.record("not unfinished shards: \(String(describing: error))")
        return ""
    }

    @Test(arguments: [Recipe.best, .classic])
    func mergedSharesAreWhatOneRunGives(recipe: Recipe) throws {
        let cleaner = Cleaner(recipe: recipe, threads: 2)
        let folder = try TemporaryFolder()
        let photos = try photos(in: folder)
        let (whole, shared) = (folder.url.appendingPathComponent("whole"), folder.url.appendingPathComponent("shared"))
        let alone = try cleaner.clean(photos, into: whole)
        #expect(alone.photos == 19)
        #expect(alone.kept >= 9 && alone.groups < alone.kept)

        for index in [2, 0] { _ = try cleaner.clean(photos, into: shared, part: .shard(shard(index, 3))) }
        let missing = #expect(throws: RecognitionError.self) { try cleaner.clean(photos, into: shared, part: .merge) }
        #expect(reason(missing).contains("1 of 3 shards have no result: 1/3;"))
        #expect(!FileManager.default.fileExists(atPath: Manifest.url(in: shared).path))
        // One stopped in the middle goes on, and one that ended already does nothing again.
        let cancellation = Cancellation()
        #expect(throws: RecognitionError.cancelled) {
            try Cleaner(recipe: recipe, threads: 1).clean(photos, into: shared, part: .shard(shard(1, 3)), cancellation: cancellation) {
                if $0.done == 2 { cancellation.request() }
            }
        }
        #expect(try cleaner.clean(photos, into: shared, part: .shard(shard(1, 3))).reused == 2)
        let again = try cleaner.clean(photos, into: shared, part: .shard(shard(0, 3)))
        #expect(again.reused == again.photos)
        let merged = try cleaner.clean(photos, into: shared, part: .merge)
        #expect((merged.photos, merged.kept, merged.groups) == (alone.photos, alone.kept, alone.groups))
        #expect((merged.reasons, merged.labelsWithoutCrops) == (alone.reasons, alone.labelsWithoutCrops))
        #expect(try content(of: "shared", in: folder) == content(of: "whole", in: folder))
        // Merging twice is harmless.
        _ = try cleaner.clean(photos, into: shared, part: .merge)
        #expect(try content(of: "shared", in: folder) == content(of: "whole", in: folder))
    }

    @Test(arguments: [Recipe.best, .classic])
    func sharesOfAnArchiveThatGrewAndChangedAreWhatOneRunGives(recipe: Recipe) throws {
        let cleaner = Cleaner(recipe: recipe, threads: 2)
        let folder = try TemporaryFolder()
        let photos = try photos(in: folder)
        let (whole, shared) = (folder.url.appendingPathComponent("whole"), folder.url.appendingPathComponent("shared"))
        for faces in [whole, shared] { _ = try cleaner.clean(photos, into: faces) }
        // One photo replaced, one gone, one new, one crop taken away by a person.
        let studio = PortraitStudio(seed: 3)
        try folder.write(try ImageFile.encodePNG(studio.portrait(of: 0, number: 12).image), to: "photos/person0/again.png")
        try folder.write(try ImageFile.encodePNG(studio.portrait(of: 1, number: 14).image), to: "photos/person1/late.png")
        try FileManager.default.removeItem(at: photos.appendingPathComponent("person2/again.png"))
        for faces in [whole, shared] {
            let kept = try Manifest(folder: faces).ordered.filter { $0.kept && $0.path.text != "person2/again.png" }
            let crop = try #require(kept.last?.crops.first)
            try FileManager.default.removeItem(at: faces.appendingPathComponent(crop.file.text))
        }
        let alone = try cleaner.clean(photos, into: whole)
        let shares = try (0..<4).map { try cleaner.clean(photos, into: shared, part: .shard(shard($0, 4))) }
        #expect(shares.reduce(0) { $0 + $1.reused } == alone.reused)
        #expect(try cleaner.clean(photos, into: shared, part: .merge).removed == alone.removed)
        #expect(try content(of: "shared", in: folder) == content(of: "whole", in: folder))
    }

    @Test func whatIsNoWholeArrayIsNotMerged() throws {
        let cleaner = Cleaner(recipe: .classic, threads: 2)
        let folder = try TemporaryFolder()
        let photo = try ImageFile.encodePNG(DrawnCrops.crop(label: 0, number: 0))
        for number in 0..<5 { try folder.write(photo, to: "photos/a/\(number).png") }
        let (photos, faces) = (folder.url.appendingPathComponent("photos"), folder.url.appendingPathComponent("faces"))
        func refused() -> String { reason(#expect(throws: RecognitionError.self) { try cleaner.clean(photos, into: faces, part: .merge) }) }
        #expect(refused().contains("no shard has examined 5 of the photos"))
        _ = try cleaner.clean(photos, into: faces, part: .shard(shard(0, 20)))
        #expect(refused().contains("19 of 20 shards have no result: 1/20, 2/20,"))
        _ = try cleaner.clean(photos, into: faces, part: .shard(shard(0, 1)))
        try folder.write(photo, to: "photos/a/late.png")
        #expect(refused().contains("1 of the photos, of them first a/late.png"))
        for index in 0..<2 { _ = try cleaner.clean(photos, into: faces, part: .shard(shard(index, 2))) }
        #expect(refused().contains("whole arrays of 1 and of 2 shards"))
        try FileManager.default.removeItem(at: faces.appendingPathComponent(".shards/0-of-1.jsonl"))
        #expect(try cleaner.clean(photos, into: faces, part: .merge).photos == 6)
        // What tells of photos is not overlooked when somebody is forgotten.
        _ = try cleaner.clean(photos, into: faces, part: .shard(shard(0, 2)))
        let forgetting = Forgetting(photos: photos, faces: faces)
        #expect(reason(#expect(throws: RecognitionError.self) { try forgetting.forget(.label("a")) }).contains("tell of photos"))
        #expect(try folder.files().contains("photos/a/late.png"))
        // Results of another recipe are no lines of this one's.
        let other = folder.url.appendingPathComponent("other")
        _ = try cleaner.clean(photos, into: other, part: .shard(shard(0, 1)))
        #expect(throws: RecognitionError.cleanedOtherwise(path: other.path, recipe: "best")) {
            try Cleaner(recipe: .best).clean(photos, into: other, part: .merge)
        }
    }

    @Test func aShardIsAnEqualShare() {
        #expect(Shard(index: 0, of: 0) == nil && Shard(index: -1, of: 2) == nil && Shard(index: 2, of: 2) == nil)
        let shares = (0..<4).compactMap { Shard(index: $0, of: 4) }.map { shard in (0..<10).filter(shard.holds) }
        #expect(shares == [[0, 4, 8], [1, 5, 9], [2, 6], [3, 7]])
    }

    /// A training of drawn crops whose model, but for when it was made, is compared.
    private func training(_ folder: TemporaryFolder, _ name: String) -> TrainingRun {
        TrainingRun(
            faces: folder.url.appendingPathComponent("faces"), model: folder.url.appendingPathComponent("\(name).safetensors"),
            report: folder.url.appendingPathComponent("\(name)-report"), recipe: .classic,
            settings: .init(grid: .candidates(DrawnCrops.grid), folds: 3, groupDuplicates: false, threads: 2))
    }

    /// The model's bytes with blanks for when it was made.
    private func timeless(_ run: TrainingRun) throws -> [UInt8] {
        var bytes = try FileBytes.read(run.model)
        let time = Array(try ModelFile(parsing: bytes, path: "model").metadata.trainedAt.utf8)
        let places = (0...bytes.count - time.count).filter { bytes[$0..<$0 + time.count].elementsEqual(time) }
        let place = try #require(places.first)
        bytes.replaceSubrange(place..<place + time.count, with: time.map { _ in UInt8(ascii: " ") })
        return bytes
    }

    @Test func aSearchInSharesGivesTheModelOfOneRun() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let whole = training(folder, "whole")
        let result = try whole.run(cancellation: Cancellation()) { _, _, _ in }

        var shared = training(folder, "shared")
        shared.mergesShards = true
        let nothing = #expect(throws: RecognitionError.self) { try shared.run(cancellation: Cancellation()) { _, _, _ in } }
        #expect(reason(nothing).contains("no shard of the search"))
        var files: [URL] = []
        for index in [3, 0, 1, 0] { files.append(try shared.search(try shard(index, 4), cancellation: Cancellation()) { _, _, _ in }) }
        #expect(!FileManager.default.fileExists(atPath: shared.model.path))
        // Shard 2 never ran: the merge makes up for it.
        let merged = try shared.run(cancellation: Cancellation()) { _, _, _ in }
        #expect(merged.summary.candidates == result.summary.candidates)
        #expect(try timeless(whole) == timeless(shared))
        #expect(files.allSatisfy { !FileManager.default.fileExists(atPath: $0.path) })
        #expect(try folder.files().filter { $0.contains(".shards") || $0.contains(".journal") } == [])
    }

    @Test func aStoppedShareOfASearchGoesOnFromItsJournal() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        var run = training(folder, "model")
        run.settings.threads = 1
        let all = try shard(0, 1)
        let cancellation = Cancellation()
        #expect(throws: RecognitionError.cancelled) {
            try run.search(all, cancellation: cancellation) { stage, done, _ in if stage == .search && done == 2 { cancellation.request() }
            }
        }
        let counter = Counted()
        _ = try run.search(all, cancellation: Cancellation()) { stage, _, _ in if stage == .search { counter.add() } }
        #expect(counter.value == DrawnCrops.grid.count * 3 - 2)
    }
}
