/// Where the windows of a row lie in the tables, and how they are gone through.
struct RowFrame {
    var layout = TableLayout(isSplit: false, columns: 1)
    var step = 1
    /// The layer's column of the frame's first window.
    var firstX = 0
    /// The first block of 16 windows, counted in the layer's rows.
    var firstBlock = 0
    /// How many windows.
    var count = 0
    /// Columns between the tables' first and the first window: 0, or 1 where a mirrored cascade's windows start on odd columns.
    var origin = 0
    var isMirrored = false
    /// Whether only allowed windows are visited; otherwise all are visited, and only allowed ones may pass.
    var isGated = false

    /// The layer's column of a window.
    @inline(__always)
    func x(_ window: Int) -> Int { firstX + window * step }
}

/// A window of a layer that passed every stage.
struct WindowHit: Sendable {
    var x: Int
    var y: Int
    /// The last stage's sum.
    var weight: Double
}

/// What a piece of a layer gave for one member.
struct MemberFindings: Sendable {
    var hits: [WindowHit] = []
    var marks = MarkPlanes()
}
