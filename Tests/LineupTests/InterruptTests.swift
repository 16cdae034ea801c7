import Foundation
import Imaging
import Recognition
import TestSupport
import Testing
import lineup

@Suite(.serialized) struct InterruptTests {
    @Test func ctrlCStopsACommandCleanlyAndARerunGoesOn() throws {
        let folder = try TemporaryFolder()
        let pixels = (0..<3 * 900 * 700).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
        let photo = try ImageFile.encodePNG(Image(width: 900, height: 700, pixels: pixels))
        for number in 0..<60 { try folder.write(photo, to: "photos/ann/\(number).png") }
        let run = try LineupProcess.start(["clean", "photos", "--recipe", "classic", "--threads", "1"], in: folder.url)
        defer { run.kill() }
        try waiting(for: "progress") { try run.texts().errors.contains("clean 6/60") ? () : nil }
        run.interrupt()
        #expect(run.waitForEnd() == Interrupt.exitCode)
        #expect(try run.texts().errors.contains("run the same command again"))
        #expect(try !folder.files().contains("faces/manifest.jsonl"))
        let again = try LineupProcess(["clean", "photos", "--recipe", "classic", "--json", "--quiet"], in: folder.url)
        #expect(again.status == 0)
        #expect(again.output.contains("\"reused\":true"))
    }
}
