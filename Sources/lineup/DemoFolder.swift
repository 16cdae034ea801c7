import Foundation
import Imaging
import Portraits
import Recognition
import Support
import Synchronization

/// Where the demo keeps its portraits, crops, models and reports.
package struct DemoFolder: Sendable {
    package let root: URL

    package init(root: URL) { self.root = root }

    package var photos: URL { root.appendingPathComponent("photos") }
    package var keptAside: URL { root.appendingPathComponent("kept-aside") }
    /// The crops that a recipe keeps of the portraits to learn from, and of those kept aside.
    package func faces(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-faces") }
    package func keptAsideFaces(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-kept-aside-faces") }
    /// By the best recipe; the one that is served.
    package var model: URL { root.appendingPathComponent("model.safetensors") }
    package var classicModel: URL { root.appendingPathComponent("classic.safetensors") }

    /// What a recipe learned.
    package func report(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-report") }
    /// How it did on the portraits kept aside.
    package func evaluation(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-evaluation") }

    /// Draws portraits into `folder/<label>/<name>.png` on several threads.
    package static func draw(
        _ portraits: [PlannedPortrait], into folder: URL, threads: Int, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let done = Mutex(0)
        _ = try Parallel.map(portraits.count, threads: threads) { index in
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
