import Foundation
import Support

extension ReviewSession {
    /// Measures and ranks the crops, off the caller's thread: from then on `order` has the most suspicious first. Decisions may be made meanwhile;
    /// crops that they took away before they were measured come last.
    /// - Parameter report: called after each crop that was measured.
    /// - Returns: files that are no readable picture.
    /// - Throws: as `MeasuredCrops` and `LearnError` as the fits throw; what it was is in ``progress`` too.
    @discardableResult
    public func rank(
        progress report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> [TrainingSet.Skipped] {
        do {
            let (measured, ranking) = try await offCooperativePool { [self] cancellation in
                let measured = try MeasuredCrops(
                    folder: URL(fileURLWithPath: folder.string), threads: threads, cancellation: cancellation
                ) { done, total in
                    note(measured: done, of: total)
                    report(done, total)
                }
                return (measured, try SuspicionRanking(of: measured, threads: threads))
            }
            return take(measured, ranking)
        } catch {
            failed("\(error)")
            throw error
        }
    }

    /// The share of crops that a linear model, which has not seen them, gives the label they have now: crops put aside and those whose face
    /// was changed left out. NaN with a single label, and until the crops are ranked.
    /// - Throws: `LearnError` as the fit throws.
    public func accuracy() async throws -> Double {
        guard let (measured, places) = measurements else { return .nan }
        let items = items
        let kept = items.indices.filter { places[$0] != nil && ![.reject, .face].contains(items[$0].state) }
        let labels = kept.map { items[$0].file.parts[0] }
        let numbers = Dictionary(Set(labels).sorted().enumerated().map { ($1, $0) }) { first, _ in first }
        let classes = labels.compactMap { numbers[$0] }
        let rows = kept.compactMap { places[$0] }
        let threads = threads
        return try await offCooperativePool { _ in
            try LabelProbabilities(
                rows: measured.rows.selecting(rows: rows), classes: classes, labels: numbers.count,
                groups: rows.map { measured.groups[$0] },
                threads: threads
            ).accuracy
        }
    }
}
