import Foundation
import Imaging
import Portraits
import TestSupport
import Testing

/// `classify` over folders, on drawn portraits and a small model that 0.1.0 wrote.
@Suite struct SortCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let model = SharedData.root.appendingPathComponent("Tests/RecognitionTests/Fixtures/0.1.0/classic.safetensors")
        try FileManager.default.copyItem(at: model, to: folder.url.appendingPathComponent("m.safetensors"))
        for number in 0..<2 {
            let portrait = PortraitStudio(seed: 1).portrait(of: 0, number: number)
            try folder.write(try ImageFile.encodePNG(portrait.image), to: "album/\(number)/face, \(number).png")
        }
        try folder.write(
            try ImageFile.encodePNG(Image(width: 64, height: 48, pixels: [UInt8](repeating: 90, count: 3 * 64 * 48))), to: "album/flat.png")
        try folder.write(Array("words".utf8), to: "album/words.txt")
    }

    private func run(_ line: String) throws -> LineupProcess {
        try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
    }

    private func objects(_ run: LineupProcess) throws -> [[String: Any]] {
        try run.lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    }

    @Test func aFolderIsEveryPhotoBelowIt() throws {
        let run = try run("classify m.safetensors album --json --csv out/answers.csv")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("1 files are no photos"))
        let lines = try objects(run)
        #expect(lines.compactMap { $0["image"] as? String } == ["album/0/face, 0.png", "album/1/face, 1.png", "album/flat.png"])
        #expect(lines.allSatisfy { $0["unnamed"] is [Any] })
        let table = try String(contentsOf: folder.url.appendingPathComponent("out/answers.csv"), encoding: .utf8)
        let rows = table.split(separator: "\r\n")
        #expect(rows.count >= 4 && rows[0].hasPrefix("photo,width,height,face,"))
        #expect(rows[1].hasPrefix("\"album/0/face, 0.png\","))
        #expect(rows.last?.hasSuffix("no_face") == true)
    }

    @Test func anArchiveIsSortedOnce() throws {
        let first = try run("classify m.safetensors album --sort-into sorted --json --quiet")
        #expect(first.status == 0, "\(first.errors)")
        let events = try objects(first)
        #expect(events.map { $0["event"] as? String } == ["photo", "photo", "photo", "done"])
        let summary = try #require(events.last?["summary"] as? [String: Any])
        #expect(summary["photos"] as? Int == 3 && summary["noFace"] as? Int == 1 && summary["notPhotos"] as? Int == 1)
        let files = try folder.files().filter { $0.hasPrefix("sorted/") }
        #expect(files.contains("sorted/no-face/flat.png") && files.contains("sorted/answers.jsonl") && files.contains("sorted/answers.csv"))
        #expect(files.count { $0.hasSuffix("/face, 0.png") } == 1)
        let again = try run("classify m.safetensors album --sort-into sorted --quiet")
        #expect(again.output.contains("3 photos sorted") && again.output.contains("3 were done before"), "\(again.output)")
    }

    static let wrong: [(String, Int32)] = [
        ("classify m.safetensors album --copy", 64), ("classify m.safetensors album album/flat.png --sort-into sorted", 64),
        ("classify m.safetensors album --sort-into album/sorted", 64), ("classify m.safetensors album/0 --sort-into album", 64),
        ("classify m.safetensors album/flat.png --sort-into sorted", 66), ("classify m.safetensors none --sort-into sorted", 66),
        ("classify m.safetensors album --sort-into sorted --csv x.csv", 64), ("classify m.safetensors album --csv album", 74),
    ]

    @Test(arguments: wrong)
    func wrongWishesAreRefused(line: String, status: Int32) throws {
        let run = try run(line)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }
}
