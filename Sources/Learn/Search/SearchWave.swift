import Support
import Synchronization

/// The part of a search that shares one preprocessing: units times folds, as many folds at a time as memory allows.
struct SearchWave: Sendable {
    let search: GridSearch
    let samples: LabelledRows
    let augmentation: Augmentation?
    let steps: [PreprocessingStep]
    let units: [SearchUnit]
    let ledger: SearchLedger
    /// The work that is to be done, and this preprocessing's place in it.
    let share: SearchShare
    let firstUnit: Int

    /// Trees that one thread grows in a go.
    private static let treesPerJob = 10

    /// A piece of work for one thread: a unit of a fold, or some trees of a unit of forests.
    private struct Job: Sendable {
        var place: Int
        var unit: Int
        var trees: Range<Int>?
    }

    func run(folds: [(index: Int, fold: Fold)]) throws(LearnError) {
        let needs = FoldData.Needs(units)
        let allowed = search.memoryMegabytes * 1_048_576
        let needed = folds.reduce(1) { largest, entry in
            let extra = augmentation?.count(selecting: entry.fold.train) ?? 0
            return max(
                largest,
                needs.bytes(train: entry.fold.train.count + extra, test: entry.fold.test.count, columns: samples.rows.columns))
        }
        let sharesKernels = needed <= allowed
        let width = max(1, allowed / needed)
        for start in stride(from: 0, to: folds.count, by: width) {
            try run(wave: Array(folds[start..<min(start + width, folds.count)]), needs: needs, sharesKernels: sharesKernels)
        }
    }

    /// Whether a unit's work on a fold is to be done here and has not been.
    private func isWanted(_ unit: Int, fold: Int) -> Bool {
        share.holds(unit: firstUnit + unit, fold: fold)
            && !units[unit].candidates.allSatisfy { ledger.outcome(OutcomeKey(candidate: $0, fold: fold)) != nil }
    }

    private func run(wave: [(index: Int, fold: Fold)], needs: FoldData.Needs, sharesKernels: Bool) throws(LearnError) {
        let wave = wave.filter { entry in units.indices.contains { isWanted($0, fold: entry.index) } }
        let prepared = try prepare(wave, needs: needs, sharesKernels: sharesKernels)
        let forests = Mutex([OutcomeKey: [Int: [RandomForest.Part]]]())
        let jobs = jobs(wave)
        // Few large jobs would leave threads idle: these then share the work inside the job.
        let inner = max(1, search.threads / max(1, jobs.count))
        let kernelMegabytes = max(1, search.memoryMegabytes / max(1, min(search.threads, jobs.count)))
        _ = try Parallel.map(jobs.count, threads: search.threads) { index throws(LearnError) in
            guard !search.isCancelled() else { throw LearnError.cancelled }
            let job = jobs[index]
            let fold = wave[job.place].index
            let unit = units[job.unit]
            guard let trees = job.trees, case .forests(let sizes, var parameters) = unit else {
                let runner = UnitRunner(data: prepared[job.place], kernelMegabytes: kernelMegabytes)
                ledger.record(runner.run(unit, threads: inner), fold: fold)
                return
            }
            parameters.trees = sizes.map(\.trees).max() ?? 0
            let key = OutcomeKey(candidate: job.unit, fold: fold)
            let outcomes = growForest(
                trees, of: parameters, sizes: sizes, data: prepared[job.place], key: key, forests: forests)
            if let outcomes { ledger.record(outcomes, fold: fold) }
        }
    }

    /// Grows some trees; the thread that grows the last of a forest turns all of them into outcomes.
    private func growForest(
        _ trees: Range<Int>, of parameters: ForestParameters, sizes: [(index: Int, trees: Int)], data: FoldData, key: OutcomeKey,
        forests: borrowing Mutex<[OutcomeKey: [Int: [RandomForest.Part]]]>
    ) -> UnitRunner.Outcomes? {
        do throws(LearnError) {
            guard let samples = data.forest else { return nil }
            let parts = try RandomForest.grow(samples, parameters: parameters, trees: trees, threads: 1)
            let all = forests.withLock { forests -> [RandomForest.Part]? in
                forests[key, default: [:]][trees.lowerBound] = parts
                let grown = forests[key]?.values.reduce(0) { $0 + $1.count } ?? 0
                guard grown == parameters.trees else { return nil }
                return forests.removeValue(forKey: key)?.sorted { $0.key < $1.key }.flatMap(\.value)
            }
            guard let all else { return nil }
            return UnitRunner.outcomes(of: sizes, trees: all.map(\.tree), data: data).map { ($0.0, .success($0.1)) }
        } catch {
            // Parameters are wrong for every part alike: the first one speaks for all.
            return trees.lowerBound == 0 ? sizes.map { ($0.index, .failure(error)) } : nil
        }
    }

    private func jobs(_ wave: [(index: Int, fold: Fold)]) -> [Job] {
        var jobs: [Job] = []
        for (number, unit) in units.enumerated() {
            for place in wave.indices where isWanted(number, fold: wave[place].index) {
                guard case .forests(let sizes, _) = unit else {
                    jobs.append(Job(place: place, unit: number, trees: nil))
                    continue
                }
                // At least one job, so that a forest without trees is reported as what it is.
                let trees = max(1, sizes.map(\.trees).max() ?? 0)
                for first in stride(from: 0, to: trees, by: Self.treesPerJob) {
                    jobs.append(Job(place: place, unit: number, trees: first..<min(first + Self.treesPerJob, trees)))
                }
            }
        }
        return jobs
    }

    private func prepare(
        _ wave: [(index: Int, fold: Fold)], needs: FoldData.Needs, sharesKernels: Bool
    ) throws(LearnError) -> [FoldData] {
        // Folds are prepared side by side when there are enough of them and copies of their rows are small, else one after the other
        // on all threads.
        let copies = wave.reduce(0) {
            max($0, FoldData.Needs.rowBytes(train: $1.fold.train.count, test: $1.fold.test.count, columns: samples.rows.columns))
        }
        let outer = wave.count >= search.threads && copies <= search.memoryMegabytes * 1_048_576 / 16 ? search.threads : 1
        let inner = max(1, search.threads / outer)
        return try Parallel.map(wave.count, threads: outer) { place throws(LearnError) in
            guard !search.isCancelled() else { throw LearnError.cancelled }
            return try FoldData(
                rows: samples.rows, labels: samples.labels, classCount: samples.classCount, fold: wave[place].fold,
                augmentation: augmentation, steps: steps, needs: needs, sharesKernels: sharesKernels, threads: inner)
        }
    }
}
