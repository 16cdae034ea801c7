/// Finds, among the windows of one row after another, those that pass every stage of one cascade. One instance belongs to one thread.
protocol RowSearch: AnyObject {
    /// Starts a piece of a layer; forgets what was found before.
    /// - Parameter marks: empty planes for the windows that pass the stages other members want to know of.
    func start(_ marks: MarkPlanes)

    /// Sets where the windows of the next rows lie.
    func begin(_ frame: RowFrame)

    /// Searches a row.
    /// - Parameters:
    ///   - row: of the stripe.
    ///   - blocks: which blocks of 16 of the frame's windows; from the right when the frame is mirrored.
    ///   - norms: the windows' contrasts, for Haar cascades.
    ///   - allowed: which of the frame's windows may pass, 16 a word; nil for all.
    ///   - skipsFirst: whether the first window was taken by its rejected neighbour; becomes the same for the window behind the last.
    func search(row: Int, blocks: Range<Int>, norms: UnsafePointer<Float>?, _ allowed: UnsafePointer<UInt16>?, skipsFirst: inout Bool)

    /// Decides all windows that still wait; the stripe moves next.
    func finish()

    /// What was found since `start`, in no order.
    var findings: MemberFindings { get }
}
