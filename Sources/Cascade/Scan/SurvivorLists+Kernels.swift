/// A window of a layer that passed every stage.
struct WindowHit {
    var x: Int
    var y: Int
    /// The last stage's sum.
    var weight: Double
}

/// The windows that left their blocks, by the stage that is next for them.
///
/// They wait until a stage has 8, over several rows: the more stages a window passed, the fewer others are left beside it.
final class SurvivorLists {
    private var entries: [[Int32]]
    private var norms: [[Float]]
    private let groupEntries = UnsafeMutablePointer<Int32>.allocate(capacity: 8)
    private let groupNorms = UnsafeMutablePointer<Float>.allocate(capacity: 8)

    init(stages: Int) {
        entries = Array(repeating: [], count: stages + 1)
        norms = entries.map { _ in [] }
    }

    deinit {
        groupEntries.deallocate()
        groupNorms.deallocate()
    }

    func count(_ stage: Int) -> Int { entries[stage].count }

    func append(_ entry: Int32, _ norm: Float, to stage: Int) {
        entries[stage].append(entry)
        norms[stage].append(norm)
    }

    func removeLast(_ stage: Int) -> (entry: Int32, norm: Float) {
        (entries[stage].removeLast(), norms[stage].removeLast())
    }

    /// The last `count` of a stage, at most 8, filled up to 8 with copies; valid until the next call.
    func removeLast(_ stage: Int, _ count: Int) -> (entries: UnsafePointer<Int32>, norms: UnsafePointer<Float>) {
        for lane in 0..<8 {
            let from = entries[stage].count - count + min(lane, count - 1)
            groupEntries[lane] = entries[stage][from]
            groupNorms[lane] = norms[stage][from]
        }
        entries[stage].removeLast(count)
        norms[stage].removeLast(count)
        return (UnsafePointer(groupEntries), UnsafePointer(groupNorms))
    }
}
