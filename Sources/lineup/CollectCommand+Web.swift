import Collecting
import Foundation
import Recognition

extension CollectCommand {
    enum WebSource {
        case list(URL)
        case page(String, RelativePath)
    }

    #if Download
        /// Fetches with progress, until all is done or Ctrl-C.
        func collectWeb(_ source: WebSource) async throws {
            let interrupt = Interrupt()
            let collector = WebCollector(into: fileURL(into), settings: try web.settings(), readmits: again)
            let progress = Progress("collect", quiet: quiet)
            defer { progress.finish() }
            let show: (WebCollector.Progress) throws -> Void = { state in
                progress.update(done: state.done, total: state.total, note: WebCollector.Summary.words(state.faults))
                if let item = state.item { try printItem(item) }
            }
            let summary: WebCollector.Summary
            switch source {
            case .page(let page, let label):
                summary = try await collector.collect(page: page, label: label, cancellation: interrupt.cancellation, progress: show)
            case .list(let file):
                let list = try PhotoList(file)
                for fault in list.faults { Failure.say("\(file.path), line \(fault.line): \(fault.reason); passed over") }
                summary = try await collector.collect(
                    list.photos, of: file.standardizedFileURL.path, cancellation: interrupt.cancellation, progress: show)
            }
            progress.finish()
            if json {
                try printJSONLine(DoneEvent(["summary": summary]))
            } else {
                print(text(of: summary.photos) + ", \(summary.unchanged) unchanged")
                if !summary.faults.isEmpty { print("not had: \(summary.faultsInWords)") }
            }
            printForgotten(summary.photos)
            if summary.isInVain {
                throw CollectingError.nothingFetched(source: page ?? self.source ?? "", faults: summary.faultsInWords)
            }
        }
    #else
        func collectWeb(_ source: WebSource) async throws {
            throw MissingTrait(name: "Download", use: "fetches photos")
        }
    #endif
}
