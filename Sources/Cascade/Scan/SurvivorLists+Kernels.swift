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
///
/// Plain memory instead of arrays in arrays, whose exclusivity checks and reference counts showed in profiles.
final class SurvivorLists {
    private struct List {
        var entries: UnsafeMutablePointer<Int32>
        var norms: UnsafeMutablePointer<Float>
        var count = 0
        var capacity: Int

        init(capacity: Int) {
            entries = .allocate(capacity: capacity)
            norms = .allocate(capacity: capacity)
            self.capacity = capacity
        }

        func deallocate() {
            entries.deallocate()
            norms.deallocate()
        }
    }

    private let lists: UnsafeMutablePointer<List>
    private let stages: Int
    private let groupEntries = UnsafeMutablePointer<Int32>.allocate(capacity: 8)
    private let groupNorms = UnsafeMutablePointer<Float>.allocate(capacity: 8)

    init(stages: Int) {
        self.stages = stages
        lists = .allocate(capacity: stages + 1)
        for stage in 0...stages { (lists + stage).initialize(to: List(capacity: 32)) }
    }

    deinit {
        for stage in 0...stages { lists[stage].deallocate() }
        lists.deallocate()
        groupEntries.deallocate()
        groupNorms.deallocate()
    }

    @inline(__always)
    func count(_ stage: Int) -> Int { lists[stage].count }

    @inline(__always)
    func append(_ entry: Int32, _ norm: Float, to stage: Int) {
        let list = lists + stage
        if list.pointee.count == list.pointee.capacity { grow(list) }
        list.pointee.entries[list.pointee.count] = entry
        list.pointee.norms[list.pointee.count] = norm
        list.pointee.count += 1
    }

    @inline(never)
    private func grow(_ list: UnsafeMutablePointer<List>) {
        var larger = List(capacity: 2 * list.pointee.capacity)
        larger.entries.update(from: list.pointee.entries, count: list.pointee.count)
        larger.norms.update(from: list.pointee.norms, count: list.pointee.count)
        larger.count = list.pointee.count
        list.pointee.deallocate()
        list.pointee = larger
    }

    /// - Precondition: the stage has one.
    func removeLast(_ stage: Int) -> (entry: Int32, norm: Float) {
        let list = lists + stage
        precondition(list.pointee.count > 0)
        list.pointee.count -= 1
        return (list.pointee.entries[list.pointee.count], list.pointee.norms[list.pointee.count])
    }

    /// The last `count` of a stage, at most 8, filled up to 8 with copies; valid until the next call.
    /// - Precondition: the stage has so many.
    func removeLast(_ stage: Int, _ count: Int) -> (entries: UnsafePointer<Int32>, norms: UnsafePointer<Float>) {
        let list = lists + stage
        precondition(count > 0 && count <= list.pointee.count)
        for lane in 0..<8 {
            let from = list.pointee.count - count + min(lane, count - 1)
            groupEntries[lane] = list.pointee.entries[from]
            groupNorms[lane] = list.pointee.norms[from]
        }
        list.pointee.count -= count
        return (UnsafePointer(groupEntries), UnsafePointer(groupNorms))
    }
}
