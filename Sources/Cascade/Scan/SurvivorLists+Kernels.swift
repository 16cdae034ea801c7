import Support

/// The windows that left their blocks, by the stage that is next for them.
///
/// They wait until a stage has 8, over several rows: the more stages a window passed, the fewer others are left beside it.
///
/// Plain memory instead of arrays in arrays, whose exclusivity checks and reference counts showed in profiles.
final class SurvivorLists {
    private struct List: BitwiseCopyable {
        var entries: UnsafeMutablePointer<Int32>
        var norms: UnsafeMutablePointer<Float>
        var count: Int
        var capacity: Int
    }

    /// The memory of one list.
    private final class Room {
        let entries: KernelMemory<Int32>
        let norms: KernelMemory<Float>

        init(_ capacity: Int) {
            entries = KernelMemory(capacity: capacity)
            norms = KernelMemory(capacity: capacity)
        }

        func list(count: Int) -> List {
            List(entries: entries.start, norms: norms.start, count: count, capacity: entries.capacity)
        }
    }

    private var rooms: [Room]
    private let memory: KernelMemory<List>
    private let lists: UnsafeMutablePointer<List>
    private let groupEntries = KernelMemory<Int32>(capacity: 8)
    private let groupNorms = KernelMemory<Float>(capacity: 8)

    init(stages: Int) {
        rooms = (0...stages).map { _ in Room(32) }
        memory = KernelMemory(rooms.map { $0.list(count: 0) })
        lists = memory.start
    }

    /// Forgets all windows.
    func removeAll() {
        for stage in rooms.indices { lists[stage].count = 0 }
    }

    @inline(__always)
    func count(_ stage: Int) -> Int { lists[stage].count }

    @inline(__always)
    func append(_ entry: Int32, _ norm: Float, to stage: Int) {
        let list = lists + stage
        if list.pointee.count == list.pointee.capacity { grow(stage) }
        list.pointee.entries[list.pointee.count] = entry
        list.pointee.norms[list.pointee.count] = norm
        list.pointee.count += 1
    }

    @inline(never)
    private func grow(_ stage: Int) {
        let old = lists[stage]
        let room = Room(2 * old.capacity)
        room.entries.start.update(from: old.entries, count: old.count)
        room.norms.start.update(from: old.norms, count: old.count)
        lists[stage] = room.list(count: old.count)
        rooms[stage] = room
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
        let entries = groupEntries.start, norms = groupNorms.start
        for lane in 0..<8 {
            let from = list.pointee.count - count + min(lane, count - 1)
            entries[lane] = list.pointee.entries[from]
            norms[lane] = list.pointee.norms[from]
        }
        list.pointee.count -= count
        return (UnsafePointer(entries), UnsafePointer(norms))
    }
}
