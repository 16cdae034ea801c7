import Dispatch
import Support

/// Judges candidates by cross-validation.
///
/// Preprocessing is learned inside each fold, from its training rows. Candidates of one fold share its preprocessed rows, one
/// matrix of inner products (every kernel is a function of it; logistic regressions with more columns than rows work on it too),
/// its sorted columns, and the trees of forests that differ in size alone. A path of logistic regressions over C starts each
/// solution from the one before. Predictions follow each estimator's own decision rule.
///
/// The result depends on candidates, rows, labels and folds alone, not on the number of threads.
public struct GridSearch: Sendable {
    /// Threads working at once.
    public var threads: Int
    /// Bound on the memory of the folds worked on at the same time, in mebibytes. At least one fold is worked on; when its kernel
    /// matrices alone would not fit, machines make their own and share the bound, see ``SVMParameters/cacheMegabytes``.
    public var memoryMegabytes: Int
    /// Where finished work is written down, so that a search that was killed goes on from there.
    public var journal: SearchJournal?
    /// What the tasks of a job array have found out, see ``run(shard:into:candidates:rows:labels:folds:augmentation:)``: it is taken over; results
    /// of another search are passed over.
    public var shares: [SearchJournal]
    /// Called after each candidate of each fold, never by two threads at once.
    public var progress: (@Sendable (SearchProgress) -> Void)?
    /// Called between pieces of work from any thread; true ends the search with ``LearnError/cancelled``.
    public var isCancelled: @Sendable () -> Bool

    /// A search with no journal and no progress, on all cores.
    public init(
        threads: Int = .allCores, memoryMegabytes: Int = 2048, journal: SearchJournal? = nil, shares: [SearchJournal] = [],
        progress: (@Sendable (SearchProgress) -> Void)? = nil, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.threads = max(1, threads)
        self.memoryMegabytes = memoryMegabytes
        self.journal = journal
        self.shares = shares
        self.progress = progress
        self.isCancelled = isCancelled
    }

    /// Runs the search on the calling thread and `threads - 1` others.
    ///
    /// A candidate that fails (a bad parameter, a solver that diverges) is reported as such and does not end the search.
    /// - Parameters:
    ///   - candidates: what is chosen among.
    ///   - rows: one sample a row.
    ///   - labels: the class of every row.
    ///   - folds: the splits that judge them.
    ///   - augmentation: extra rows to learn from, never to be judged on; they follow the rows they were made from into each
    ///     fold's training rows.
    /// - Throws: ``LearnError``: what ``LabelledRows/init(rows:labels:)`` finds; `empty` without candidates or folds;
    ///   `classWithoutRows` when a fold's training rows lack a class; `invalidParameter` for a fold naming rows that do not exist or
    ///   testing a row it trains on, or an extra row made from none; `cancelled`; the first candidate's failure when all fail.
    public func run(
        candidates: [Candidate], rows: Matrix, labels: [Int], folds: [Fold], augmentation: Augmentation? = nil
    ) throws(LearnError) -> SearchResult {
        let (ledger, classCount) = try fill(
            shard: nil, candidates: candidates, rows: rows, labels: labels, folds: folds, augmentation: augmentation)
        return try Self.collect(ledger, candidates: candidates, labels: labels, classCount: classCount, folds: folds)
    }

    /// Does one share of the search, as a task of a job array, and writes what it found out into `result`, whole; nothing is decided.
    ///
    /// A later ``run(candidates:rows:labels:folds:augmentation:)`` with the results as its ``shares`` finds its work done, and makes up for
    /// those that are missing. Candidates that fail are tried again there, and fail again.
    /// - Throws: as ``run(candidates:rows:labels:folds:augmentation:)``, but for candidates that fail; `invalidParameter` where `result`
    ///   cannot be written.
    public func run(
        shard: Shard, into result: SearchJournal, candidates: [Candidate], rows: Matrix, labels: [Int], folds: [Fold],
        augmentation: Augmentation? = nil
    ) throws(LearnError) {
        let (ledger, _) = try fill(
            shard: shard, candidates: candidates, rows: rows, labels: labels, folds: folds, augmentation: augmentation)
        let fingerprint = try SearchJournal.fingerprint(
            candidates: candidates, rows: rows, labels: labels, folds: folds, augmentation: augmentation)
        try result.write(ledger.found, fingerprint: fingerprint)
    }

    /// The ledger with everything of the search, or of a share of it, found out; and how many classes there are.
    private func fill(
        shard: Shard?, candidates: [Candidate], rows: Matrix, labels: [Int], folds: [Fold], augmentation: Augmentation?
    ) throws(LearnError) -> (ledger: SearchLedger, classCount: Int) {
        guard !candidates.isEmpty else { throw LearnError.empty(what: "candidates") }
        guard !folds.isEmpty else { throw LearnError.empty(what: "folds") }
        let samples = try LabelledRows(rows: rows, labels: labels)
        for (index, fold) in folds.enumerated() { try Self.check(fold, index: index, rows: rows.rows) }
        var groups: [(steps: [PreprocessingStep], members: [(index: Int, estimator: Estimator)])] = []
        for (index, candidate) in candidates.enumerated() {
            if let place = groups.firstIndex(where: { $0.steps == candidate.preprocessing }) {
                groups[place].members.append((index, candidate.estimator))
            } else {
                groups.append((candidate.preprocessing, [(index, candidate.estimator)]))
            }
        }
        try augmentation?.check(against: rows)
        var written: SearchJournal.Handle?
        var taken: [OutcomeKey: FoldOutcome] = [:]
        if journal != nil || !shares.isEmpty {
            let fingerprint = try SearchJournal.fingerprint(
                candidates: candidates, rows: rows, labels: labels, folds: folds, augmentation: augmentation)
            let fits = { (key: OutcomeKey, outcome: FoldOutcome) in
                candidates.indices.contains(key.candidate) && folds.indices.contains(key.fold)
                    && outcome.fits(testRows: folds[key.fold].test.count, classCount: samples.classCount)
            }
            written = try journal?.open(fingerprint: fingerprint, fits: fits)
            for share in shares { taken.merge(share.recovered(fingerprint: fingerprint, fits: fits)) { first, _ in first } }
        }
        let units = groups.map { SearchUnit.group($0.members) }
        let work = SearchShare(shard: shard, folds: folds.count)
        let ledger = SearchLedger(
            total: zip(units, work.firstUnits(units)).reduce(0) { $0 + work.candidates(of: $1.0, firstUnit: $1.1) }, progress: progress,
            journal: written, taken: taken)
        for (group, (units, firstUnit)) in zip(groups, zip(units, work.firstUnits(units))) {
            let wave = SearchWave(
                search: self, samples: samples, augmentation: augmentation, steps: group.steps, units: units, ledger: ledger, share: work,
                firstUnit: firstUnit)
            try wave.run(folds: folds.enumerated().map { ($0.offset, $0.element) })
        }
        return (ledger, samples.classCount)
    }

    /// As ``run(candidates:rows:labels:folds:augmentation:)``, off the caller's thread; cancelling the task ends the search.
    public func runInBackground(
        candidates: [Candidate], rows: Matrix, labels: [Int], folds: [Fold], augmentation: Augmentation? = nil
    ) async throws(LearnError) -> SearchResult {
        let cancellation = Cancellation()
        var search = self
        let ownCheck = isCancelled
        search.isCancelled = { ownCheck() || cancellation.isRequested }
        let cancellable = search
        let result: Result<SearchResult, LearnError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    do throws(LearnError) {
                        let result = try cancellable.run(
                            candidates: candidates, rows: rows, labels: labels, folds: folds, augmentation: augmentation)
                        continuation.resume(returning: .success(result))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            }
        } onCancel: {
            cancellation.request()
        }
        return try result.get()
    }

    private static func check(_ fold: Fold, index: Int, rows: Int) throws(LearnError) {
        let named = fold.train + fold.test
        guard !fold.train.isEmpty, !fold.test.isEmpty, named.allSatisfy({ (0..<rows).contains($0) }),
            Set(fold.train).isDisjoint(with: fold.test)
        else {
            throw LearnError.invalidParameter(
                name: "fold \(index)", value: "\(fold.train.count) + \(fold.test.count) rows",
                allowed: "training and test rows in 0..<\(rows), none in both")
        }
    }

    private static func collect(
        _ ledger: SearchLedger, candidates: [Candidate], labels: [Int], classCount: Int, folds: [Fold]
    ) throws(LearnError) -> SearchResult {
        let tested = folds.flatMap(\.test)
        let results = candidates.enumerated().map { index, candidate in
            if let failure = ledger.failure(candidate: index, folds: folds.count) {
                return CandidateResult(candidate: candidate, failure: failure)
            }
            let outcomes = folds.indices.compactMap { ledger.outcome(OutcomeKey(candidate: index, fold: $0)) }
            let accuracies = zip(folds, outcomes).map { fold, outcome in
                Double(zip(fold.test, outcome.predictions).filter { labels[$0] == $1 }.count) / Double(fold.test.count)
            }
            return CandidateResult(
                candidate: candidate, foldAccuracies: accuracies, predictions: outcomes.flatMap(\.predictions),
                scores: DoubleMatrix(rows: tested.count, columns: classCount, values: outcomes.flatMap(\.scores)))
        }
        return try SearchResult(candidates: results, testedRows: tested, journalFailure: ledger.journalFailure)
    }
}
