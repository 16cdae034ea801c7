import Dispatch
import Foundation
import Imaging

/// A piece of the search: some rows of windows of one layer.
struct SearchItem: Sendable {
    var layer: ScalePlan.Layer
    var rows: Range<Int>

    /// About how long it takes, in windows.
    var cost: Int { 1 + layer.columns * rows.count / (layer.step * layer.step) }
}

extension CascadeClassifier {
    /// Every window that passes all stages: by scale, then row, then column.
    package func hits(in gray: Gray, _ parameters: DetectionParameters) -> [Hit] {
        hits(in: gray, parameters, layers: nil)
    }

    func hits(in gray: Gray, _ parameters: DetectionParameters, layers: Pyramid? = nil, watch: SearchWatch = .idle) -> [Hit] {
        let plan = ScalePlan(picture: gray.size, window: model.window, parameters: parameters)
        let items = searchItems(plan, threads: parameters.threads)
        guard let widest = plan.layers.map(\.size.width).max(), !items.isEmpty else { return [] }
        let queue = WorkQueue(items)
        let work: @Sendable (Int) -> Void = { _ in
            let search = makeSearch(width: widest)
            while let (index, item) = queue.next() {
                let size = item.layer.size
                let found = (layers?.layer(size) ?? gray).withSource(of: size) {
                    search.hits(in: item.layer, rows: item.rows, of: $0, watch)
                }
                queue.finish(index, found.map { Hit(rect: item.layer.rect(x: $0.x, y: $0.y), weight: $0.weight) })
            }
        }
        let threads = min(parameters.threads, items.count)
        if threads == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: threads, execute: work) }
        return queue.results()
    }

    /// The layers, cut into stripes when several threads share them.
    private func searchItems(_ plan: ScalePlan, threads: Int) -> [SearchItem] {
        let whole = plan.layers.map { SearchItem(layer: $0, rows: 0..<$0.rows) }.filter { $0.layer.windows > 0 }
        guard threads > 1 else { return whole }
        // Small enough to even out, large enough for the rows that neighbouring stripes both need.
        let share = whole.reduce(0) { $0 + $1.cost } / (threads * 6) + 1
        return whole.flatMap { item -> [SearchItem] in
            let pieces = min(max(item.cost / share, 1), max(item.layer.rows / (2 * model.window.height), 1))
            let rows = (item.layer.rows / pieces / 2 + 1) * 2
            return stride(from: 0, to: item.layer.rows, by: rows).map {
                SearchItem(layer: item.layer, rows: $0..<min($0 + rows, item.layer.rows))
            }
        }
    }
}

extension Gray {
    /// Calls `body` with the rows of this plane shrunk to `size`.
    fileprivate func withSource<T>(of size: Size, _ body: (LayerSource) -> T) -> T {
        pixels.withUnsafeBufferPointer { pixels in
            body(LayerSource(pixels.baseAddress!, picture: self.size, layer: size))
        }
    }
}

/// Hands out search items, the longest first, and keeps their results in the items' order.
final class WorkQueue: @unchecked Sendable {  // all state is behind the lock
    private let lock = NSLock()
    private let items: [SearchItem]
    private let order: [Int]
    private var taken = 0
    private var found: [[Hit]]

    init(_ items: [SearchItem]) {
        self.items = items
        order = items.indices.sorted { (-items[$0].cost, $0) < (-items[$1].cost, $1) }
        found = Array(repeating: [], count: items.count)
    }

    func next() -> (Int, SearchItem)? {
        lock.withLock {
            guard taken < order.count else { return nil }
            defer { taken += 1 }
            return (order[taken], items[order[taken]])
        }
    }

    func finish(_ index: Int, _ hits: [Hit]) {
        lock.withLock { found[index] = hits }
    }

    func results() -> [Hit] {
        lock.withLock { Array(found.joined()) }
    }
}
