import Foundation
import Imaging
import Synchronization

/// Where the demo keeps its portraits, crops, models and reports.
public struct DemoFolder: Sendable {
    public let root: URL

    public init(root: URL) { self.root = root }

    public var photos: URL { root.appendingPathComponent("photos") }
    public var keptAside: URL { root.appendingPathComponent("kept-aside") }
    public var faces: URL { root.appendingPathComponent("faces") }
    public var keptAsideFaces: URL { root.appendingPathComponent("kept-aside-faces") }
    /// By the best recipe; the one that is served.
    public var model: URL { root.appendingPathComponent("model.safetensors") }
    public var classicModel: URL { root.appendingPathComponent("classic.safetensors") }

    /// What a recipe learned, and how it did on the portraits kept aside.
    public func report(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-report") }
    public func evaluation(of recipe: Recipe) -> URL { root.appendingPathComponent("\(recipe.name)-evaluation") }

    /// Draws portraits into `folder/<label>/<name>.png` on several threads.
    public static func draw(
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
