import Learn
import Testing

@Suite struct SearchVariantTests {
    private let blobs = Blobs(sizes: [24, 24, 24], columns: 6, spread: 1.2, seed: 30)
    private let candidates = [0.001, 0.1, 10].map { Candidate(.logisticRegression(LogisticParameters(cost: $0))) }

    @Test func groupedFoldsKeepGroupsTogetherAndClassesPresent() throws {
        var generator = SeededGenerator(seed: 2)
        for trial in 0..<20 {
            let labels = (0..<60).map { _ in generator.next(below: 4) }
            let groups = (0..<60).map { _ in generator.next(below: 25) }
            let folds = try Folds.stratifiedGrouped(labels: labels, groups: groups, count: 4, shuffledBy: UInt64(trial))
            #expect(folds.flatMap(\.test).sorted() == Array(0..<60))
            for fold in folds {
                #expect(Set(fold.test.map { groups[$0] }).isDisjoint(with: fold.train.map { groups[$0] }))
                #expect(Set(fold.train.map { labels[$0] }) == Set(labels))
            }
        }
    }

    @Test func repeatedFoldsTestEveryRowOnceARepetition() throws {
        let labels = blobs.labels
        let groups = labels.indices.map { $0 / 3 }
        let stratified = try Folds.repeatedStratified(labels: labels, count: 4, repetitions: 3, seed: 9)
        let grouped = try Folds.repeatedStratifiedGrouped(labels: labels, groups: groups, count: 4, repetitions: 3, seed: 9)
        for folds in [stratified, grouped] {
            #expect(folds.count == 12)
            for repetition in 0..<3 { #expect(folds[repetition * 4..<repetition * 4 + 4].flatMap(\.test).sorted() == Array(0..<72)) }
            #expect(folds[0..<4] != folds[4..<8])
        }
        for fold in grouped { #expect(Set(fold.test.map { groups[$0] }).isDisjoint(with: fold.train.map { groups[$0] })) }
        #expect(grouped == (try Folds.repeatedStratifiedGrouped(labels: labels, groups: groups, count: 4, repetitions: 3, seed: 9)))
        #expect(throws: LearnError.invalidParameter(name: "repetitions", value: "0", allowed: "1 or more")) {
            try Folds.repeatedStratifiedGrouped(labels: labels, groups: groups, count: 4, repetitions: 0, seed: 9)
        }
    }

    /// A repetition asks about no new rows: what ties over one repetition ties over thirty of the same folds.
    @Test func repetitionsDoNotTurnChanceIntoEvidence() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let list = candidates + [Candidate(.majorityClass)]
        let once = try GridSearch(threads: 2).run(candidates: list, rows: blobs.rows, labels: blobs.labels, folds: folds)
        let often = try GridSearch(threads: 2).run(
            candidates: list, rows: blobs.rows, labels: blobs.labels, folds: (0..<30).flatMap { _ in folds })
        #expect(try once.tiesWithBest(labels: blobs.labels) == often.tiesWithBest(labels: blobs.labels))
        #expect(try once.tiesWithBest(labels: blobs.labels).last == false)
    }

    @Test func theWideGridRunsOnAnyPreprocessing() throws {
        let grid = CandidateGrid.wide(preprocessing: [.blockNormalise(lengths: [4, 2])], seed: 4)
        #expect(grid.count == 30)
        #expect(Set(grid.map(\.name)).count == 30)
        let result = try GridSearch(threads: 2).run(
            candidates: grid, rows: blobs.rows, labels: blobs.labels, folds: Folds.stratified(labels: blobs.labels, count: 2))
        #expect(result.candidates.allSatisfy { $0.failure == nil })
    }

    @Test func shuffledFoldsAreBalancedAndRepeatable() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 5, shuffledBy: 7)
        #expect(folds == (try Folds.stratified(labels: blobs.labels, count: 5, shuffledBy: 7)))
        #expect(folds != (try Folds.stratified(labels: blobs.labels, count: 5, shuffledBy: 8)))
        #expect(folds.flatMap(\.test).sorted() == Array(0..<72))
        for fold in folds {
            for label in 0..<3 { #expect((4...5).contains(fold.test.filter { blobs.labels[$0] == label }.count)) }
        }
        let repeated = try Folds.repeatedStratified(labels: blobs.labels, count: 3, repetitions: 4, seed: 1)
        #expect(repeated.count == 12)
        #expect(Set(repeated.map(\.test)).count == 12)
    }

    @Test func nestedSearchJudgesOnRowsThatHadNoSay() throws {
        let outer = try Folds.stratified(labels: blobs.labels, count: 3)
        let labels = blobs.labels
        let nested = try NestedSearch(
            candidates: candidates, rows: blobs.rows, labels: labels, outer: outer, search: GridSearch(threads: 2)
        ) { rows throws(LearnError) in
            try Folds.stratified(labels: rows.map { labels[$0] }, count: 4)
        }
        #expect(nested.folds.count == 3)
        for (fold, result) in zip(outer, nested.folds) {
            let train = blobs.rows.selecting(rows: fold.train)
            let pipeline = try result.winner.fit(rows: train, labels: fold.train.map { labels[$0] }, threads: 1)
            #expect(try pipeline.predict(blobs.rows.selecting(rows: fold.test), threads: 1) == result.predictions)
        }
        #expect(abs(nested.mean - nested.folds.reduce(0) { $0 + $1.accuracy } / 3) < 1e-12)
    }

    @Test func halvingEndsOnAllRowsWithTheBest() throws {
        let many = (0..<9).map { Candidate(.logisticRegression(LogisticParameters(cost: [1e-7, 1e-6, 0.1][$0 % 3] * Double($0 + 1)))) }
        let halving = try HalvingSearch(
            candidates: many, rows: blobs.rows, labels: blobs.labels, folds: 3, smallest: 18, seed: 1, search: GridSearch(threads: 2))
        #expect(halving.rounds.map { $0.candidates.count } == [9, 3, 1])
        #expect(halving.rounds[0].rows == 18)
        #expect(halving.rounds.last?.rows == 72)
        #expect(halving.result.candidates.count == 1)
    }

    @Test func randomCandidatesRepeat() throws {
        func draw(_ seed: UInt64) throws -> [Candidate] {
            try CandidateGrid.random(count: 5, seed: seed) { draw in
                Candidate(.svm(SVMParameters(cost: draw.logUniform(0.01, 100), kernel: draw.choice([.linear, .rbf(gamma: .scale)]))))
            }
        }
        #expect(try draw(1) == draw(1))
        #expect(try draw(1) != draw(2))
        for candidate in try draw(3) {
            guard case .svm(let parameters) = candidate.estimator else { continue }
            #expect((0.01...100).contains(parameters.cost))
        }
        let some = try CandidateGrid.sample(CandidateGrid.classic(), count: 4, seed: 5)
        #expect(some.count == 4)
        #expect(Set(some).isSubset(of: Set(CandidateGrid.classic())))
        #expect(throws: LearnError.empty(what: "candidates")) { try CandidateGrid.sample([], count: 4, seed: 5) }
    }

    @Test func generatorIsTheSameEverywhere() {
        // xoshiro256** seeded by SplitMix64(0): the first numbers of its authors' reference code.
        var generator = SeededGenerator(seed: 0)
        #expect([generator.next(), generator.next()] == [11_091_344_671_253_066_420, 13_793_997_310_169_335_082])
    }

    @Test func candidateNamesAndParametersAreStable() {
        #expect(CandidateGrid.classic()[1].name == "scale, svm C=10 gamma=auto kernel=rbf")
        #expect(CandidateGrid.classic()[12].estimator.settings == ["trees": "300"])
        #expect(Set(CandidateGrid.classic().map(\.name)).count == 16)
    }
}
