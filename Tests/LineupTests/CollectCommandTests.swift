import Foundation
import Imaging
import Portraits
import Recognition
import TestSupport
import Testing

/// From a list to a page, as a user types it.
@Suite struct CollectCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 1)
        for (index, label) in ["ann", "bob"].enumerated() {
            for number in 0..<2 {
                try folder.write(try ImageFile.encodePNG(studio.portrait(of: index, number: number).image), to: "in/\(label)/\(number).png")
            }
        }
    }

    private func run(_ line: String) throws -> LineupProcess {
        try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
    }

    #if Download
        @Test func aListOfFilesIsCollectedAndDrawn() throws {
            let rows = ["ann/0", "ann/1", "bob/0", "bob/none"].map { name in
                "\(name.prefix(3)),\(folder.url.appendingPathComponent("in/\(name).png").absoluteString),CC0"
            }
            try folder.write(Array((["label,url,licence"] + rows + ["no address"]).joined(separator: "\n").utf8), to: "list.csv")
            let first = try run("collect list.csv --into photos --json")
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.lines.count == 5, "four lines of the trail and the last one")
            #expect(first.errors.contains("line 6") && first.lines.last?.contains("\"stored\":3") == true)
            #expect(try run("collect list.csv --into photos --quiet").output.contains("3 known before"))
            let report = try run("report photos --out page")
            #expect(report.status == 0 && report.output == "open page/index.html\n", "\(report.errors)")
            let html = try String(contentsOf: folder.url.appendingPathComponent("page/index.html"), encoding: .utf8)
            #expect(html.contains("CC0") && html.contains("3 photos of 2 labels"))
        }
    #endif

    #if Download
        @Test func aListOfWhichNothingCameFails() throws {
            try folder.write(Array("label,url\nann,file:///nowhere/1.png\nann,ftp://example.org/2.png\n".utf8), to: "list.csv")
            let none = try run("collect list.csv --into photos --quiet")
            #expect(none.status == 69 && none.output.hasPrefix("0 photos stored"), "\(none.output)")
            #expect(none.errors.hasSuffix("lineup: list.csv: no photo could be had: 1 file, 1 no address\n"), "\(none.errors)")
            let good = folder.url.appendingPathComponent("in/ann/0.png").absoluteString
            try folder.write(Array("label,url\nann,file:///nowhere/1.png\nann,\(good)\n".utf8), to: "list.csv")
            #expect(try run("collect list.csv --into photos --quiet").status == 0, "one that failed among others is told")
            #expect(try run("collect list.csv --into photos --quiet --json").status == 0, "what was there before came before")
            #expect(try run("forget ann --photos photos").status == 0)
            let forgotten = try run("collect list.csv --into photos --quiet")
            #expect(forgotten.status == 0 && forgotten.errors.contains("--again takes them in"), "left out as was asked for")
            let again = try run("collect list.csv --into photos --quiet --again")
            #expect(again.status == 0 && again.output.hasPrefix("1 photos stored"), "\(again.output)")
        }
    #endif

    @Test func aFolderOfWhichNothingCameFails() throws {
        try folder.write(Array("no photo".utf8), to: "bad/ann/notes.txt")
        let bad = try run("collect bad --into photos --quiet")
        #expect(bad.status == 65, "\(bad.output)")
        #expect(bad.errors.hasSuffix("lineup: bad: none of its 1 files could be taken; each is told above\n"), "\(bad.errors)")
        // The photos of one label, without saying of whom.
        let one = try run("collect in/ann --into photos --quiet")
        #expect(one.status == 65 && one.errors.contains("--label NAME"), "\(one.errors)")
        let asked = try run("collect in/ann --label ann --into photos --quiet --json")
        #expect(asked.status == 0 && asked.lines.count == 3, "\(asked.errors)")
    }

    @Test func anInboxIsTakenUntilSomebodyStops() throws {
        let portrait = try FileBytes.read(folder.url.appendingPathComponent("in/ann/0.png"))
        try folder.write(portrait, to: "inbox/first.png")
        try folder.write(Array(portrait.prefix(100)), to: "inbox/second.png.crdownload")
        let running = try LineupProcess.start(
            ["collect", "inbox", "--label", "ann", "--into", "photos", "--watch", "--json"], in: folder.url)
        defer { running.kill() }
        func stored() throws -> [String] { try folder.files().filter { $0.hasPrefix("photos/ann/") } }
        _ = try waiting(for: "the first photo") { try stored() == ["photos/ann/first.png"] ? true : nil }
        try folder.write(try FileBytes.read(folder.url.appendingPathComponent("in/ann/1.png")), to: "inbox/second.png")
        _ = try waiting(for: "the second photo") { try stored().count == 2 ? true : nil }
        // Also where there is nothing in the inbox any more.
        for name in ["first.png", "second.png", "second.png.crdownload"] {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent("inbox/\(name)"))
        }
        running.interrupt()
        #expect(running.waitForEnd() == 0)
        let lines = try running.texts().output.split(separator: "\n")
        #expect(lines.count == 3 && lines.last?.contains("\"known\":0") == true, "each file is taken once: \(lines)")
    }

    @Test func anArchiveIsCollectedUnderItsOwnName() throws {
        let pack = Process()
        pack.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        pack.arguments = ["tar", "-cf", folder.url.appendingPathComponent("in.tar").path, "-C", folder.url.path, "in"]
        try pack.run()
        pack.waitUntilExit()
        let run = try run("collect in.tar --into photos --quiet")
        #expect(run.status == 0 && run.output.hasPrefix("4 photos stored"), "\(run.errors)")
        let trail = try String(contentsOf: folder.url.appendingPathComponent("photos/.collected.jsonl"), encoding: .utf8)
        #expect(trail.contains("in.tar/ann/0.png"))
        #expect(try self.run("collect in.tar --into photos --quiet").output.contains("4 known before"))
    }
}
