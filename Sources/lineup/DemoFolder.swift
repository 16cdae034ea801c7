import Foundation
import Imaging
import Portraits
import Synchronization

/// Where the demo keeps its portraits, crops, models and reports.
struct DemoFolder: Sendable {
    let root: URL

    init(root: URL) { self.root = root }

    var photos: URL { root.appendingPathComponent("photos") }
    var keptAside: URL { root.appendingPathComponent("kept-aside") }
    var faces: URL { root.appendingPathComponent("faces") }
    var keptAsideFaces: URL { root.appendingPathComponent("kept-aside-faces") }
    /// By the best recipe; the one that is served.
    var model: URL { root.appendingPathComponent("model.safetensors") }
    var classicModel: URL { root.appendingPathComponent("classic.safetensors") }

    /// What a recipe learned, and how it did on the portraits kept aside.
    func report(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-report") }
    func evaluation(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-evaluation") }

    /// Draws portraits into `folder/<label>/<name>.png` on several threads.
    static func draw(
        _ portraits: [PlannedPortrait], into folder: URL, threads: Int, cancellation: Cancellation,
        progress: @Sendable (_ done: Int, _ total: Int) -> Void
    ) throws {
        let done = Mutex(0)
        _ = try parallelMap(count: portraits.count, threads: threads) { index in
            try cancellation.check()
            let portrait = portraits[index]
            let file = folder.appendingPathComponent(portrait.label).appendingPathComponent(portrait.fileName)
            try AtomicFile.write(try ImageFile.encodePNG(portrait.draw().image), to: file)
            let count = done.withLock { count in
                count += 1
                return count
            }
            progress(count, portraits.count)
        }
    }
}
