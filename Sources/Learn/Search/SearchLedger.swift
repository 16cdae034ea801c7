import Synchronization

/// What has been found out so far, shared by the threads of a search.
final class SearchLedger: Sendable {
    private struct State: Sendable {
        var outcomes: [OutcomeKey: FoldOutcome] = [:]
        var failures: [OutcomeKey: LearnError] = [:]
        var journal: SearchJournal.Handle?
        var journalFailure: String?
        /// Pieces taken over from a journal cost no time and do not count for the time left.
        var resumed = 0
    }
    private let state: Mutex<State>
    private let total: Int
    private let progress: (@Sendable (SearchProgress) -> Void)?
    private let start = ContinuousClock.now

    /// - Parameters:
    ///   - total: how many outcomes are to be found out.
    ///   - taken: outcomes of others, beside those of the journal.
    init(
        total: Int, progress: (@Sendable (SearchProgress) -> Void)?, journal: SearchJournal.Handle?, taken: [OutcomeKey: FoldOutcome] = [:]
    ) {
        self.total = total
        self.progress = progress
        var initial = State()
        initial.outcomes = (journal?.recovered ?? [:]).merging(taken) { own, _ in own }
        initial.resumed = initial.outcomes.count
        initial.journal = journal
        state = Mutex(initial)
    }

    /// All outcomes so far, taken over or made here.
    var found: [OutcomeKey: FoldOutcome] { state.withLock { $0.outcomes } }

    func outcome(_ key: OutcomeKey) -> FoldOutcome? { state.withLock { $0.outcomes[key] } }

    /// The failure on the first fold on which the candidate failed.
    func failure(candidate: Int, folds: Int) -> LearnError? {
        state.withLock { state in
            for fold in 0..<folds {
                if let failure = state.failures[OutcomeKey(candidate: candidate, fold: fold)] { return failure }
            }
            return nil
        }
    }

    /// Why the journal could not be written to its end; nil where it is whole.
    var journalFailure: String? { state.withLock { $0.journalFailure } }

    func record(_ outcomes: UnitRunner.Outcomes, fold: Int) {
        state.withLock { state in
            write(outcomes, fold: fold, &state)
            for (index, result) in outcomes {
                let key = OutcomeKey(candidate: index, fold: fold)
                switch result {
                case .success(let outcome): state.outcomes[key] = outcome
                case .failure(let error): state.failures[key] = error
                }
                let done = state.outcomes.count + state.failures.count
                let elapsed = ContinuousClock.now - start
                let fresh = done - state.resumed
                progress?(
                    SearchProgress(
                        done: done, total: total, elapsed: elapsed,
                        remaining: fresh > 0 ? elapsed / fresh * (total - done) : nil))
            }
        }
    }

    /// A journal that cannot be written any more (a full disk) must not end the search it serves: it is given up, and the result says so.
    private func write(_ outcomes: UnitRunner.Outcomes, fold: Int, _ state: inout State) {
        var succeeded: [(key: OutcomeKey, outcome: FoldOutcome)] = []
        for (index, result) in outcomes {
            if case .success(let outcome) = result { succeeded.append((OutcomeKey(candidate: index, fold: fold), outcome)) }
        }
        do {
            try state.journal?.append(succeeded)
        } catch {
            state.journalFailure = "\(error)"
            state.journal = nil
        }
    }
}
