import Foundation
import Synchronization
import Testing
import lineup

@Suite struct ProgressTests {
    private final class Page: Sendable {
        private let state = Mutex("")
        var text: String { state.withLock { $0 } }
        func write(_ text: String) { state.withLock { $0 += text } }
    }

    @Test func elsewhereThanOnATerminalEveryTenthIsALine() {
        let page = Page()
        let progress = Progress("clean", quiet: false, isTerminal: false, write: page.write)
        for done in 1...40 { progress.update(done: done, total: 40) }
        progress.finish()
        let lines = page.text.split(separator: "\n")
        #expect(lines.count == 11)
        #expect(lines.first?.hasPrefix("clean 1/40") == true)
        #expect(lines.last?.hasPrefix("clean 40/40") == true)
        #expect(!page.text.contains("\r"))
    }

    @Test func onATerminalTheBarRedrawsItselfAndEndsItsLine() {
        let page = Page()
        let progress = Progress("search", quiet: false, isTerminal: true, write: page.write)
        progress.update(done: 1, total: 2)
        progress.update(done: 2, total: 2)
        progress.finish()
        progress.finish()
        #expect(page.text.components(separatedBy: "\r").count == 3)
        #expect(page.text.hasSuffix("\n") && page.text.filter { $0 == "\n" }.count == 1)
    }

    @Test func anotherStageBeginsOnItsOwnLine() {
        let page = Page()
        let progress = Progress("measure", quiet: false, isTerminal: true, write: page.write)
        progress.update("measure", done: 5, total: 5)
        progress.update("search", done: 1, total: 9)
        #expect(page.text.contains("measure 5/5") && page.text.contains("\n\r\u{1B}[2K"))
    }

    @Test func quietShowsNothing() {
        let page = Page()
        let progress = Progress("clean", quiet: true, isTerminal: true, write: page.write)
        progress.update(done: 1, total: 1)
        progress.finish()
        #expect(page.text.isEmpty)
    }

    @Test func theBarIsFullOnlyAtTheEnd() {
        #expect(Progress.bar(done: 0, total: 9) == String(repeating: "░", count: 24))
        #expect(Progress.bar(done: 8, total: 9).hasSuffix("░"))
        #expect(Progress.bar(done: 9, total: 9) == String(repeating: "█", count: 24))
    }

    @Test func rateAndTimeLeftComeFromWhatWasDoneNow() {
        #expect(Progress.status("clean", done: 30, total: 120, fresh: 30, seconds: 3) == "clean 30/120, 10.0/s, 9 s left")
        // 80 were done by a run before this one.
        #expect(Progress.status("clean", done: 100, total: 120, fresh: 20, seconds: 2) == "clean 100/120, 10.0/s, 2 s left")
        #expect(Progress.status("clean", done: 120, total: 120, fresh: 10, seconds: 1) == "clean 120/120, 10.0/s")
        #expect(Progress.status("clean", done: 5, total: 9, fresh: 0, seconds: 0) == "clean 5/9")
    }
}
