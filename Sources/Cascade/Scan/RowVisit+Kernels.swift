import Imaging

/// One member on its way through the rows of a piece.
struct RowVisit {
    let guest: Int
    let layer: ScalePlan.Layer
    let window: Size
    let frame: RowFrame
    let search: any RowSearch
    let contrast: WindowContrast?
    let region: GateRegion?
    /// Which of the row's windows may pass, where a mask has a say.
    private var allowed: [UInt16] = []

    init(
        guest: Int, layer: ScalePlan.Layer, window: Size, frame: RowFrame, search: any RowSearch, contrast: WindowContrast?,
        region: GateRegion?
    ) {
        self.guest = guest
        self.layer = layer
        self.window = window
        self.frame = frame
        self.search = search
        self.contrast = contrast
        self.region = region
    }

    /// Whether the member has windows to visit in a row.
    func isActive(_ y: Int) -> Bool {
        y < layer.rows && (region?.hasWindows(inRow: y / layer.step) ?? true)
    }

    /// - Parameter isWhole: whether the frame has all windows of the row, so that a row without an allowed one can be left out.
    mutating func searchRow(_ y: Int, _ tables: StripeTables, _ watch: SearchWatch, isWhole: Bool, _ skipsFirst: inout Bool) {
        let blocks = 0..<(frame.count + 15) / 16
        let row = y - tables.top
        if watch.hasMask {
            let any = watch.allows(row: y, in: layer, frame, &allowed)
            if !any && isWhole { return }
            region?.intersect(&allowed, row: y / layer.step, from: frame.firstBlock)
        }
        let norms = contrast?.norms(y: y, count: frame.count)
        if watch.hasMask {
            allowed.withUnsafeBufferPointer {
                search.search(row: row, blocks: blocks, norms: norms, $0.baseAddress, skipsFirst: &skipsFirst)
            }
        } else if let region {
            region.withWords(row: y / layer.step, from: frame.firstBlock) {
                search.search(row: row, blocks: blocks, norms: norms, $0, skipsFirst: &skipsFirst)
            }
        } else {
            search.search(row: row, blocks: blocks, norms: norms, nil, skipsFirst: &skipsFirst)
        }
    }
}
