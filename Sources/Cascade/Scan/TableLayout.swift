/// Where a column of a table lies in its row.
///
/// Windows are searched 16 at a time, neighbours in the lanes of a vector. In layers whose windows start on every other column,
/// even and odd columns are kept apart, so that a feature's corner of 16 neighbouring windows is still one contiguous load.
struct TableLayout: Equatable {
    /// Whether even and odd columns are kept apart.
    let isSplit: Bool
    /// Entries of a row.
    let stride: Int

    /// Room at the end of each half row for the lanes past the last window.
    static let slack = 16

    /// - Parameter columns: of the widest table, that is the layer's width plus 1.
    init(isSplit: Bool, columns: Int) {
        self.isSplit = isSplit
        // An odd multiple of 64 bytes for 16-bit entries: rows do not fall on the same cache sets.
        let half = (columns + 1) / 2 + Self.slack
        stride = (2 * half + 31) / 64 * 64 + 32  // the least of 32, 96, 160, … not below 2 * half
    }

    /// Entries before the odd columns.
    var half: Int { stride / 2 }

    @inline(__always)
    func place(_ column: Int) -> Int {
        isSplit ? (column & 1) * half + column >> 1 : column
    }
}
