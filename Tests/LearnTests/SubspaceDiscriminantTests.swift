import Foundation
import Learn
import Testing

@Suite struct SubspaceDiscriminantTests {
    private static let classes = 4

    /// Clouds around centres in more columns than there are rows.
    private static func cloud(rowsPerClass: Int = 9, columns: Int = 60, seed: UInt64 = 5) -> (rows: Matrix, labels: [Int]) {
        var generator = SeededGenerator(seed: seed)
        func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + generator.uniform() } }
        let centres = (0..<classes).map { _ in (0..<columns).map { _ in normal() } }
        var values: [Float] = []
        var labels: [Int] = []
        for number in 0..<rowsPerClass * classes {
            let label = number % classes
            labels.append(label)
            values += centres[label].map { Float($0 + 1.5 * normal()) }
        }
        return (Matrix(rows: labels.count, columns: columns, values: values), labels)
    }

    /// The slow twin: (W + λ) w = μ(k) - μ solved on the columns themselves, by elimination.
    private static func plainScores(_ rows: Matrix, _ labels: [Int], shrinkage: Double, of queries: Matrix) -> [[Double]] {
        let (n, d) = (rows.rows, rows.columns)
        func row(_ index: Int, _ matrix: Matrix) -> [Double] { matrix.row(index).map(Double.init) }
        let counts = (0..<classes).map { label in Double(labels.count { $0 == label }) }
        var means = [[Double]](repeating: [Double](repeating: 0, count: d), count: classes)
        var trace = 0.0
        for index in 0..<n {
            for (column, value) in row(index, rows).enumerated() {
                means[labels[index]][column] += value / counts[labels[index]]
                trace += value * value
            }
        }
        let mean = (0..<d).map { column in
            (0..<classes).reduce(0.0) { sum, label in sum + means[label][column] * counts[label] / Double(n) }
        }
        var spread = [[Double]](repeating: [Double](repeating: 0, count: d), count: d)
        for index in 0..<n {
            let difference = zip(row(index, rows), means[labels[index]]).map { $0 - $1 }
            for i in 0..<d { for j in 0..<d { spread[i][j] += difference[i] * difference[j] / Double(n) } }
        }
        let ridge = shrinkage * trace / Double(n * n)
        for i in 0..<d { spread[i][i] += ridge }
        let weights = (0..<classes).map { label in solve(spread, zip(means[label], mean).map { $0 - $1 }) }
        return (0..<queries.rows).map { index in
            let query = row(index, queries)
            return (0..<classes).map { label in
                let own = zip(means[label], mean).map { $0 - $1 }
                let half = zip(own, weights[label]).reduce(0.0) { $0 + $1.0 * $1.1 } / 2
                let inner = zip(zip(query, mean).map { $0 - $1 }, weights[label]).reduce(0.0) { $0 + $1.0 * $1.1 }
                return inner - half + log(counts[label] / Double(n))
            }
        }
    }

    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (a, b) = (matrix, right)
        let n = b.count
        for pivot in 0..<n {
            for row in pivot + 1..<n {
                let factor = a[row][pivot] / a[pivot][pivot]
                for column in pivot..<n { a[row][column] -= factor * a[pivot][column] }
                b[row] -= factor * b[pivot]
            }
        }
        for pivot in (0..<n).reversed() {
            for column in pivot + 1..<n { b[pivot] -= a[pivot][column] * b[column] }
            b[pivot] /= a[pivot][pivot]
        }
        return b
    }

    @Test(arguments: [0.1, 1, 10])
    func withAllRowsAsLandmarksItIsTheAnalysisOnTheColumns(shrinkage: Double) throws {
        let (rows, labels) = Self.cloud()
        let queries = Self.cloud(rowsPerClass: 5, seed: 8).rows
        let model = try SubspaceDiscriminantParameters(shrinkage: shrinkage)
            .fit(LabelledRows(rows: rows, labels: labels), threads: 2)
        #expect(model.directions.rows == Self.classes - 1)
        let scores = try model.scores(queries)
        let expected = Self.plainScores(rows, labels, shrinkage: shrinkage, of: queries)
        // Inner products are rounded to single precision, and a millionth of the ridge is added to it.
        let tolerance = 1e-3
        for row in 0..<queries.rows {
            for label in 0..<Self.classes {
                #expect(abs(scores[row, label] - expected[row][label]) < tolerance * max(1, abs(expected[row][label])))
            }
        }
        #expect(try model.predict(queries) == scores.rowArgmax())
    }

    /// Rows are summed some thousands at a time, extra rows after the others.
    @Test func sumsDoNotDependOnHowManyRowsAreSummedAtOnce() throws {
        let (rows, labels) = Self.cloud(rowsPerClass: 700)
        #expect(rows.rows > 2048 && rows.rows % 2048 != 0)
        let mirrored = Matrix(rows: rows.rows, columns: rows.columns, values: rows.values.reversed())
        let space = LandmarkRows(rows.selecting(rows: LandmarkRows.spread(8, over: rows.rows)), threads: 2)
        let samples = SubspaceSearch.Samples(
            products: .init(
                rows: try space.products(of: rows, threads: 2), extras: try space.products(of: mirrored, threads: 2),
                sources: Array(labels.indices.reversed())),
            labels: labels, places: [Int?](repeating: nil, count: space.count))
        let kept = labels.indices.filter { $0 % 7 != 3 }
        let some = samples.selecting(rows: kept, labels: kept.map { labels[$0] })
        let search = try SubspaceSearch(space: space, samples: some, steps: [], preprocessing: [], threads: 2)
        // The plain way: all in one matrix.
        let own = rows.selecting(rows: kept)
        let made = mirrored.selecting(rows: kept.map { rows.rows - 1 - $0 })
        let all = try space.products(
            of: Matrix(rows: 2 * own.rows, columns: own.columns, values: own.values + made.values), threads: 2)
        let twice = kept.map { labels[$0] } + kept.map { labels[$0] }
        for label in 0..<Self.classes {
            let members = twice.indices.filter { twice[$0] == label }
            #expect(search.whole.counts[label] == Double(members.count))
            for column in 0..<space.count {
                let sum = members.reduce(0) { $0 + Double(all[$1, column]) }
                #expect(abs(search.whole.sums[label, column] - sum) < 1e-9 * max(1, abs(sum)) * Double(members.count))
            }
        }
        for row in 0..<space.count {
            for column in 0..<space.count {
                let sum = twice.indices.reduce(0) { $0 + Double(all[$1, row]) * Double(all[$1, column]) }
                let size = twice.indices.reduce(0) { $0 + abs(Double(all[$1, row]) * Double(all[$1, column])) }
                #expect(abs(search.whole.scatter[row, column] - sum) < 1e-12 * size)
            }
        }
    }

    private static func search(threads: Int = 2) throws -> (SubspaceSearch, Matrix, [Int], Matrix) {
        let (rows, labels) = cloud()
        var mirrored = rows
        for row in 0..<rows.rows { for column in 0..<rows.columns { mirrored[row, column] = rows[row, rows.columns - 1 - column] } }
        let places = LandmarkRows.spread(24, over: rows.rows)
        let space = LandmarkRows(rows.selecting(rows: places), threads: threads)
        let samples = SubspaceSearch.Samples(
            products: .init(
                rows: try space.products(of: rows, threads: threads), extras: try space.products(of: mirrored, threads: threads),
                sources: Array(labels.indices)),
            labels: labels, places: places.map { $0 })
        let search = try SubspaceSearch(space: space, samples: samples, steps: [], preprocessing: [], threads: threads)
        return (search, rows, labels, mirrored)
    }

    @Test func aFoldLearnsNothingOfItsTestRows() throws {
        let (search, rows, labels, mirrored) = try Self.search()
        let folds = try Folds.stratified(labels: labels, count: 3)
        let candidates = [0.3, 3].map { SubspaceDiscriminantParameters(shrinkage: $0) }
        let both = try search.run(candidates, folds: folds)
        #expect(both.testedRows == folds.flatMap(\.test))
        for (index, candidate) in candidates.enumerated() {
            let result = try search.run([candidate], folds: folds)
            #expect(both.candidates[index].predictions == result.best.predictions)
            #expect(both.candidates[index].foldAccuracies == result.best.foldAccuracies)
            if index == both.bestIndex { #expect(both.best == result.best) }
            var first = 0
            for fold in folds {
                // The same from the training rows alone: moments summed anew, landmarks chosen anew.
                let landmarks = search.samples.places.compactMap { $0 }.filter { !fold.test.contains($0) }
                let space = LandmarkRows(rows.selecting(rows: landmarks), threads: 1)
                let own = rows.selecting(rows: fold.train)
                let extra = mirrored.selecting(rows: fold.train)
                let train = Matrix(rows: 2 * own.rows, columns: own.columns, values: own.values + extra.values)
                let trainLabels = fold.train.map { labels[$0] }
                let products = try space.products(of: train, threads: 1)
                let moments = ClassMoments(
                    columns: space.count, labels: trainLabels + trainLabels, classCount: Self.classes, threads: 1
                ) { products.selecting(rows: Array($0)) }
                let solution = try DiscriminantSolution(
                    moments, gram: space.gram, landmarks: Array(0..<space.count), parameters: candidate, threads: 1)
                let expected = try solution.scores(
                    products: try space.products(of: rows.selecting(rows: fold.test), threads: 1), threads: 1)
                for row in 0..<fold.test.count {
                    for label in 0..<Self.classes {
                        let found = result.best.scores[first + row, label]
                        #expect(abs(found - expected[row, label]) < 1e-4 * max(1, abs(found)))
                    }
                }
                first += fold.test.count
            }
        }
    }

    @Test func theModelOfAllRowsIsTheSearchsOwnAndServesTheSameAnswers() throws {
        let (search, rows, labels, _) = try Self.search()
        let result = try search.run([SubspaceDiscriminantParameters()], folds: try Folds.stratified(labels: labels, count: 3))
        let classifier = try search.refit(result)
        #expect(classifier.featureCount == rows.columns)
        #expect(try classifier.predict(rows) == labels)
        var file = Safetensors()
        try classifier.write(to: &file)
        let read = try CalibratedClassifier(reading: try Safetensors(parsing: file.serialised()))
        #expect(read == classifier)
        let again = try Self.search(threads: 1).0
        let sameResult = try again.run([SubspaceDiscriminantParameters()], folds: try Folds.stratified(labels: labels, count: 3))
        #expect(sameResult == result)
        #expect(try again.refit(sameResult) == classifier)
    }

    @Test func strangersAreJudgedByModelsThatHaveNotSeenThem() throws {
        let (search, _, labels, _) = try Self.search()
        let folds = try Folds.stratified(labels: labels, count: 3)
        let result = try search.run([SubspaceDiscriminantParameters()], folds: folds)
        let calibration = try search.refit(result).calibration
        let threshold = try search.unknownThreshold(
            result, calibration: calibration, folds: folds, groups: Array(labels.indices), confidence: .lead, limit: .falseRejects(0.1),
            isCancelled: { false })
        #expect(threshold.strangerCount == labels.count)
        #expect(threshold.falseRejectRate <= 0.1)
        #expect(throws: LearnError.cancelled) {
            try search.unknownThreshold(
                result, calibration: calibration, folds: folds, groups: Array(labels.indices), confidence: .lead, limit: .falseRejects(0.1),
                isCancelled: { true })
        }
        #expect(throws: LearnError.cancelled) {
            try search.run([SubspaceDiscriminantParameters()], folds: try Folds.stratified(labels: labels, count: 3), isCancelled: { true })
        }
    }

    @Test func fewerDirectionsKeepThoseInWhichClassesDifferMost() throws {
        let (rows, labels) = Self.cloud(rowsPerClass: 12)
        let samples = try LabelledRows(rows: rows, labels: labels)
        let whole = try SubspaceDiscriminantParameters().fit(samples, threads: 2)
        let short = try SubspaceDiscriminantParameters(directions: 1).fit(samples, threads: 2)
        #expect(short.directions.rows == 1)
        #expect(short.directions.row(0) == whole.directions.row(0))
    }

    @Test func settingsOutOfRangeAreRefused() throws {
        let (rows, labels) = Self.cloud()
        let samples = try LabelledRows(rows: rows, labels: labels)
        for wrong in [
            SubspaceDiscriminantParameters(shrinkage: 0), SubspaceDiscriminantParameters(shrinkage: .nan),
            SubspaceDiscriminantParameters(landmarks: 1), SubspaceDiscriminantParameters(directions: 0),
        ] {
            #expect(throws: LearnError.self) { try wrong.fit(samples, threads: 1) }
        }
        #expect(Candidate(SubspaceDiscriminantParameters(shrinkage: 3)).name == "scale, subspace_discriminant shrinkage=3")
    }
}
