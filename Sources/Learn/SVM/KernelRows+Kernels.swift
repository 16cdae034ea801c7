import Support

/// Kernel values of one two-class problem, a row at a time.
protocol KernelRows: AnyObject {
    var count: Int { get }
    /// K(i, i) of every row.
    var diagonal: [Double] { get }
    /// K(index, 0..<count), valid until the next two calls.
    func row(_ index: Int) -> UnsafePointer<Double>
}

/// The whole matrix in memory: a selection of rows of a larger kernel matrix.
final class StoredKernelRows: KernelRows {
    let count: Int
    let diagonal: [Double]
    private let storage: KernelMemory<Double>

    /// - Complexity: O(members.count²).
    init(kernel: DoubleMatrix, members: [Int]) {
        count = members.count
        diagonal = members.map { kernel.values[$0 * kernel.columns + $0] }
        storage = KernelMemory(capacity: members.count * members.count)
        let target = storage.start
        let columns = kernel.columns
        kernel.values.withUnsafeBufferPointer { values in
            for (place, row) in members.enumerated() {
                for (other, column) in members.enumerated() {
                    target[place * members.count + other] = values[row * columns + column]
                }
            }
        }
    }

    func row(_ index: Int) -> UnsafePointer<Double> { UnsafePointer(storage.start + index * count) }
}

/// Kernel rows computed from the samples when requested; the least recently used ones make room for new ones.
final class CachedKernelRows: KernelRows {
    let count: Int
    let diagonal: [Double]
    private let rows: Matrix
    private let kernel: ResolvedKernel
    private let norms: [Double]
    private let storage: KernelMemory<Double>
    private var slotOfRow: [Int]
    private var rowInSlot: [Int]
    private var lastUse: [Int]
    private var clock = 0
    private var usedSlots = 0

    /// - Parameter megabytes: bound of the cache; at least two rows are kept, whatever it is.
    init(rows: Matrix, kernel: ResolvedKernel, megabytes: Int) {
        self.rows = rows
        self.kernel = kernel
        let count = rows.rows
        self.count = count
        let norms = rows.squaredNorms()
        self.norms = norms
        diagonal = norms.map { kernel.value(product: $0, normA: $0, normB: $0) }
        let slots = min(count, max(2, megabytes * 1_048_576 / (8 * max(1, count))))
        storage = KernelMemory(capacity: slots * count)
        slotOfRow = [Int](repeating: -1, count: count)
        rowInSlot = [Int](repeating: -1, count: slots)
        lastUse = [Int](repeating: 0, count: slots)
    }

    func row(_ index: Int) -> UnsafePointer<Double> {
        clock += 1
        if slotOfRow[index] < 0 { fill(slot: freeSlot(), row: index) }
        let slot = slotOfRow[index]
        lastUse[slot] = clock
        return UnsafePointer(storage.start + slot * count)
    }

    private func freeSlot() -> Int {
        if usedSlots < rowInSlot.count {
            usedSlots += 1
            return usedSlots - 1
        }
        var oldest = 0
        for slot in 1..<lastUse.count where lastUse[slot] < lastUse[oldest] { oldest = slot }
        slotOfRow[rowInSlot[oldest]] = -1
        return oldest
    }

    private func fill(slot: Int, row index: Int) {
        let target = storage.start + slot * count
        KernelRow.products(of: index, with: rows, into: target)
        if kernel.form != .linear {
            for other in 0..<count {
                target[other] = kernel.value(product: target[other], normA: norms[index], normB: norms[other])
            }
        }
        slotOfRow[index] = slot
        rowInSlot[slot] = index
    }
}
