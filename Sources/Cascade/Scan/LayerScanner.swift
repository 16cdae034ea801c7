import Imaging

/// Searches pieces of layers with several cascades, which share the tables and the windows' contrasts. One instance belongs to one
/// thread at a time.
final class LayerScanner {
    /// The widest layer that is searched in one go. Wider ones are cut into stripes of columns, one after the other, so that the tables
    /// of a picture of 1,000,000 x 95 pixels take no more memory than those of 8,192 x 95.
    static let widestStripe = 8192

    /// Of the layers it can search.
    let width: Int
    private let tables: StripeTables
    private let searches: [any RowSearch]
    private let windows: [Size]
    private let isMirrored: [Bool]
    private let needsNorms: [Bool]
    private var contrasts: [WindowContrast] = []

    init(_ classifiers: [CascadeClassifier], width: Int) {
        self.width = width
        let windowSizes = classifiers.map(\.windowSize)
        let widest = windowSizes.map(\.width).max() ?? 0, highest = windowSizes.map(\.height).max() ?? 0
        let tables = StripeTables(
            width: min(width, Self.widestStripe + widest + 1), rowCapacity: highest + 66,
            tilted16: classifiers.contains(where: \.needs.tilted16), tilted32: classifiers.contains(where: \.needs.tilted32))
        self.tables = tables
        windows = windowSizes
        searches = classifiers.map { $0.makeSearch(tables) }
        isMirrored = classifiers.map(\.isMirrored)
        needsNorms = classifiers.map(\.needs.norms)
    }

    /// What each guest of the piece's layer finds in it, hits by row, then column (from the right for mirrored cascades); nil when the
    /// watch ended the search.
    /// - Parameter marked: by guest, the numbers of stages whose passing is to be noted, as bits.
    func scan(_ piece: ScanPiece, of source: LayerSource, marked: [UInt64], _ watch: SearchWatch) -> [MemberFindings]? {
        let layer = piece.layer
        for (guest, stages) in zip(layer.guests, marked) {
            searches[guest.member].start(
                MarkPlanes(stages: stages, rows: piece.rows, step: layer.step, count: guest.layer.windowsAcross))
        }
        let stripe = Self.widestStripe / (16 * layer.step)
        let stripes = stride(from: piece.blocks.lowerBound, to: piece.blocks.upperBound, by: stripe).map {
            $0..<min($0 + stripe, piece.blocks.upperBound)
        }
        let guests = layer.guests.indices
        if stripes.count == 1 {
            var skips = [[Bool]](repeating: [], count: guests.count)
            guard walk(piece, stripes[0], Array(guests), of: source, &skips, watch) else { return nil }
        } else {
            let rows = (piece.rows.count + layer.step - 1) / layer.step
            for goesLeft in [false, true] {
                let members = guests.filter { isMirrored[layer.guests[$0].member] == goesLeft }
                guard !members.isEmpty else { continue }
                var skips = [[Bool]](repeating: Array(repeating: false, count: rows), count: guests.count)
                for blocks in goesLeft ? stripes.reversed() : stripes {
                    guard walk(piece, blocks, members, of: source, &skips, watch) else { return nil }
                }
            }
        }
        return layer.guests.map { guest in
            var found = searches[guest.member].findings
            let isMirrored = isMirrored[guest.member]
            found.hits.sort { ($0.y, isMirrored ? -$0.x : $0.x) < ($1.y, isMirrored ? -$1.x : $1.x) }
            return found
        }
    }

    /// Takes the members through all rows of a piece, over some of its columns.
    /// - Parameter skips: by guest and row, whether the first window of these columns is skipped; empty where they are the only ones.
    /// - Returns: false when the watch ended it.
    private func walk(
        _ piece: ScanPiece, _ blocks: Range<Int>, _ guests: [Int], of source: LayerSource, _ skips: inout [[Bool]], _ watch: SearchWatch
    ) -> Bool {
        let layer = piece.layer, step = layer.step
        let widest = guests.map { layer.guests[$0].window.width }.max() ?? 0
        let left = blocks.lowerBound * 16 * step
        let columns = left..<min(layer.size.width, blocks.upperBound * 16 * step + widest + 1)
        let layout = TableLayout(isSplit: step == 2, columns: columns.count + 1)
        tables.begin(width: columns.count, layout: layout, top: piece.rows.lowerBound)
        for contrast in contrasts { contrast.begin() }
        var visits = guests.compactMap { visit($0, piece, blocks, left: left, layout) }
        var counted = 0
        for y in stride(from: piece.rows.lowerBound, to: piece.rows.upperBound, by: step) {
            let found = visits.reduce(0) { $0 + $1.search.findings.hits.count }
            if watch.hasEnded(newHits: found - counted) { return false }
            counted = found
            guard let height = visits.lazy.filter({ $0.isActive(y) }).map(\.window.height).max() else { continue }
            if y - tables.top + height > tables.rowCapacity {
                for visit in visits { visit.search.finish() }
                tables.advance(to: y - step)
            }
            while tables.filled < y - tables.top + height {
                source.write(row: tables.top + tables.filled, columns: columns, to: tables.nextRow)
                tables.addRow()
            }
            let at = (y - piece.rows.lowerBound) / step
            for i in visits.indices where visits[i].isActive(y) {
                let guest = visits[i].guest
                let isWhole = skips[guest].isEmpty
                var skipsFirst = isWhole ? false : skips[guest][at]
                visits[i].searchRow(y, tables, watch, isWhole: isWhole, &skipsFirst)
                if !isWhole { skips[guest][at] = skipsFirst }
            }
        }
        for visit in visits { visit.search.finish() }
        let found = visits.reduce(0) { $0 + $1.search.findings.hits.count }
        return !watch.hasEnded(newHits: found - counted)
    }

    /// Prepares a member for rows of the piece; nil where the columns hold none of its windows.
    private func visit(_ guest: Int, _ piece: ScanPiece, _ blocks: Range<Int>, left: Int, _ layout: TableLayout) -> RowVisit? {
        let member = piece.layer.guests[guest].member, layer = piece.layer.guests[guest].layer
        let count = min(layer.windowsAcross - 16 * blocks.lowerBound, 16 * blocks.count)
        guard count > 0 else { return nil }
        let frame = RowFrame(
            layout: layout, step: layer.step, firstX: left + layer.origin, firstBlock: blocks.lowerBound, count: count,
            origin: layer.origin, isMirrored: isMirrored[member], isGated: piece.regions[guest] != nil)
        searches[member].begin(frame)
        let contrast = needsNorms[member] ? self.contrast(windows[member], origin: layer.origin) : nil
        return RowVisit(
            guest: guest, layer: layer, window: windows[member], frame: frame, search: searches[member], contrast: contrast,
            region: piece.regions[guest])
    }

    private func contrast(_ window: Size, origin: Int) -> WindowContrast {
        if let known = contrasts.first(where: { $0.window == window && $0.origin == origin }) { return known }
        let contrast = WindowContrast(window: window, origin: origin, tables)
        contrasts.append(contrast)
        return contrast
    }
}
