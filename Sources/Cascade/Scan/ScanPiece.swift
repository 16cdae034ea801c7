import Imaging

/// A part of a layer, searched by one thread.
struct ScanPiece: Sendable {
    var layer: SharedLayer
    /// Rows of windows, from a multiple of the layer's step.
    var rows: Range<Int>
    /// Which blocks of 16 windows of each row.
    var blocks: Range<Int>
    /// By guest: the windows a gated one visits; nil where the guest has no gate.
    var regions: [GateRegion?]

    /// About how long it takes, in windows.
    var cost: Int { 1 + layer.guests.count * rows.count * blocks.count * 16 / layer.step }

    /// Whether its layer is searched in several stripes of columns, one after the other.
    var isWide: Bool { blocks.count * 16 * layer.step > LayerScanner.widestStripe }

    /// Cuts pieces by rows when several threads share them.
    static func split(_ pieces: [ScanPiece], threads: Int) -> [ScanPiece] {
        guard threads > 1 else { return pieces }
        // Small enough to even out, large enough for the rows that neighbouring pieces both need.
        let share = pieces.reduce(0) { $0 + $1.cost } / (threads * 6) + 1
        return pieces.flatMap { piece -> [ScanPiece] in
            if piece.isWide { return [piece] }
            let height = piece.layer.guests.map(\.window.height).max() ?? 1
            let parts = min(max(piece.cost / share, 1), max(piece.rows.count / (2 * height), 1))
            let rows = (piece.rows.count / parts / 2 + 1) * 2
            return stride(from: piece.rows.lowerBound, to: piece.rows.upperBound, by: rows).map {
                var part = piece
                part.rows = $0..<min($0 + rows, piece.rows.upperBound)
                return part
            }
        }
    }
}

extension SharedLayer {
    /// The blocks of 16 windows of the member that has most.
    var blocks: Range<Int> { 0..<((guests.map(\.layer.windowsAcross).max() ?? 0) + 15) / 16 }

    /// The rows and columns that hold windows of the guests' regions. Rows without any split a layer where they are so many that
    /// starting anew behind them is cheaper.
    func pieces(_ regions: [GateRegion?]) -> [ScanPiece] {
        let gap = (guests.map(\.window.height).max() ?? 0) / step
        var pieces: [ScanPiece] = []
        for row in 0..<(rows + step - 1) / step {
            let spans = regions.compactMap { $0 }.compactMap { row < $0.rows ? $0.span(inRow: row) : nil }
            guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else { continue }
            if let open = pieces.last, row * step - open.rows.upperBound <= gap * step {
                let blocks = min(first, open.blocks.lowerBound)..<max(last + 1, open.blocks.upperBound)
                pieces[pieces.count - 1].blocks = blocks
                pieces[pieces.count - 1].rows = open.rows.lowerBound..<min((row + 1) * step, rows)
            } else {
                pieces.append(
                    ScanPiece(layer: self, rows: row * step..<min((row + 1) * step, rows), blocks: first..<last + 1, regions: regions))
            }
        }
        return pieces
    }
}
