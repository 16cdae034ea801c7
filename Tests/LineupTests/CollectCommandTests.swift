import Foundation
import Imaging
import Portraits
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
