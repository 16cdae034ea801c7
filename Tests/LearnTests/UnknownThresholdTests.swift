import Foundation
import Learn
import Testing

@Suite struct UnknownThresholdTests {
    private static let blobs = Blobs(sizes: [15, 15, 15, 15], columns: 8, spread: 0.5, seed: 11)
    private static let candidates = [
        Candidate(.logisticRegression(LogisticParameters())), Candidate(.svm(SVMParameters(cost: 10))),
        Candidate(.randomForest(ForestParameters(trees: 30))),
    ]

    private static func search(_ blobs: Blobs = blobs) throws -> SearchResult {
        try GridSearch(threads: 2).run(
            candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: Folds.stratified(labels: blobs.labels, count: 3))
    }

    @Test func confidencesAreThoseOfTheDefinition() {
        let rows = [[0.2, 0.5, 0.3], [0.5, 0.2, 0.3], [0.5, 0.5], [0, 1], [0.1, 0.3, 0.6]]
        #expect(rows.map { Confidence.highestProbability.value(of: $0) } == [0.5, 0.5, 0.5, 1, 0.6])
        #expect(rows.map { Confidence.margin.value(of: $0) } == [0.5 - 0.3, 0.5 - 0.3, 0, 1, 0.6 - 0.3])
        let leads = rows.map { Confidence.lead.value(of: $0) }
        for (row, lead) in zip(rows, leads) {
            let logarithms = row.map { log(max($0, 1e-12)) }
            let expected = log(row.max() ?? 0) - logarithms.reduce(0, +) / Double(row.count)
            #expect(abs(lead - expected) < 1e-12)
        }
    }

    @Test func theBackgroundIsComparedWithButNeverTheAnswer() {
        let row = [0.2, 0.1, 0.7]
        #expect(Confidence.highestProbability.value(of: row, hasBackground: true) == 0.2)
        #expect(Confidence.margin.value(of: row, hasBackground: true) == 0.2 - 0.7)
        let lead = log(0.2) - (log(0.2) + log(0.1) + log(0.7)) / 3
        #expect(abs(Confidence.lead.value(of: row, hasBackground: true) - lead) < 1e-12)
    }

    @Test func backgroundRowsAreStrangersAndNeverLeftOut() throws {
        // The fourth class is the background.
        let (rows, labels) = (Self.blobs.rows, Self.blobs.labels)
        let result = try Self.search()
        let found = try UnknownThreshold.leavingClassesOut(
            result, candidate: 0, rows: rows, labels: labels, background: 3, confidence: .lead, limit: .falseRejects(0.05), threads: 2)
        #expect(found.hasBackground == true)
        // Three classes of 15 left out, and 15 rows of the background.
        #expect(found.strangerCount == 60)
        #expect(found.falseRejectRate <= 0.05)
        #expect(throws: LearnError.self) {
            try UnknownThreshold.leavingClassesOut(
                result, candidate: 0, rows: rows, labels: labels, background: 1, limit: .falseRejects(0.05), threads: 2)
        }
    }

    @Test func aSearchWithoutItsBackgroundCountsTheOtherRowsAlone() throws {
        let (labels, folds) = (Self.blobs.labels, try Folds.stratified(labels: Self.blobs.labels, count: 3))
        let all = try Self.search()
        let rest = try all.leavingOut(background: 3, labels: labels, folds: folds)
        #expect(rest.testedRows == all.testedRows.filter { labels[$0] != 3 })
        for (candidate, whole) in zip(rest.candidates, all.candidates) {
            #expect(candidate.scores.columns == 3)
            #expect(candidate.predictions.allSatisfy { $0 < 3 })
            let kept = all.testedRows.indices.filter { labels[all.testedRows[$0]] != 3 }
            for (place, index) in kept.enumerated() where whole.predictions[index] != 3 {
                #expect(candidate.predictions[place] == whole.predictions[index])
            }
            let right = zip(rest.testedRows, candidate.predictions).count { labels[$0] == $1 }
            let mean = Double(right) / Double(rest.testedRows.count)
            #expect(abs(candidate.mean - mean) < 1e-12)
        }
    }

    @Test func thresholdKeepsTheStatedRate() throws {
        let strangers = [0.2, 0.9, 0.5, 0.5, 0.7, 0.3, 0.6, 0.4, 0.8, 0.1]
        for (rate, threshold) in [(0.0, 0.9.nextUp), (0.1, 0.8.nextUp), (0.45, 0.5.nextUp), (0.5, 0.5.nextUp), (1, 0)] {
            let fitted = try UnknownThreshold(
                strangers: strangers, known: [0.95, 0.55], confidence: .highestProbability, falseAcceptRate: rate)
            #expect(fitted.threshold == threshold, "\(rate)")
            #expect(fitted.falseAcceptRate <= rate)
        }
        let fitted = try UnknownThreshold(
            strangers: strangers, known: [0.95, 0.55], confidence: .highestProbability, falseAcceptRate: 0.2)
        #expect(fitted.falseRejectRate == 0.5)
        #expect(fitted.isKnown([0.2, 0.8]) && !fitted.isKnown([0.4, 0.6]))
    }

    @Test(arguments: [Confidence.margin, .highestProbability], [false, true])
    func leavingClassesOutMakesStrangers(confidence: Confidence, isSplit: Bool) throws {
        let folds = isSplit ? try Folds.stratified(labels: Self.blobs.labels, count: 3) : nil
        let (rows, labels) = (Self.blobs.rows, Self.blobs.labels)
        let result = try Self.search()
        for index in Self.candidates.indices {
            let found = try UnknownThreshold.leavingClassesOut(
                result, candidate: index, rows: rows, labels: labels, folds: folds, confidence: confidence, limit: .falseAccepts(0.1),
                threads: 2)
            // The slow twin: every model by hand.
            let chosen = result.candidates[index]
            let calibration = try Calibration.fit(.temperature, scores: chosen.scores, labels: result.testedRows.map { labels[$0] })
            var strangers: [Double] = []
            for left in 0..<4 {
                let kept = (folds?[left % 3].train ?? Array(labels.indices)).filter { labels[$0] != left }
                let pipeline = try chosen.candidate.fit(
                    rows: rows.selecting(rows: kept), labels: kept.map { labels[$0] > left ? labels[$0] - 1 : labels[$0] }, threads: 1)
                let scores = try pipeline.scores(rows.selecting(rows: labels.indices.filter { labels[$0] == left }), threads: 1)
                let probabilities = calibration.probabilities(scores)
                strangers += (0..<15).map { confidence.value(of: probabilities.row($0)) }
            }
            let known = calibration.probabilities(chosen.scores)
            let names = known.rowArgmax()
            let named = names.indices.filter { names[$0] == labels[result.testedRows[$0]] }
            let expected = try UnknownThreshold(
                strangers: strangers, known: named.map { confidence.value(of: known.row($0)) }, confidence: confidence,
                falseAcceptRate: 0.1)
            #expect(found == expected)
            #expect(found.strangerCount == 60)
            #expect(found.falseAcceptRate <= 0.1)
        }
    }

    @Test func rowsUnderAWrongNameHaveNoneToLose() throws {
        // Every fifth row has the next class's name, as other people's faces do in folders that nobody looked through.
        let (rows, labels) = (Self.blobs.rows, Self.blobs.labels.enumerated().map { $0 % 5 == 0 ? ($1 + 1) % 4 : $1 })
        let folds = try Folds.stratified(labels: labels, count: 3)
        let result = try GridSearch(threads: 2).run(candidates: [Self.candidates[0]], rows: rows, labels: labels, folds: folds)
        let found = try UnknownThreshold.leavingClassesOut(
            result, rows: rows, labels: labels, folds: folds, confidence: .lead, limit: .falseRejects(0.05), threads: 2)
        let tested = result.testedRows.map { labels[$0] }
        let probabilities = try Calibration.fit(.temperature, scores: result.best.scores, labels: tested).probabilities(result.best.scores)
        let leads = tested.indices.map { Confidence.lead.value(of: probabilities.row($0)) }
        let named = zip(leads, zip(tested, result.best.scores.rowArgmax())).filter { $1.0 == $1.1 }.map(\.0)
        // Twelve rows have a wrong name, and some of the others are led astray by them.
        #expect((30..<60).contains(named.count))
        #expect(found.threshold == named.sorted()[named.count / 20])
        // A bound over all rows would be lower, and let more strangers pass.
        #expect(found.threshold > leads.sorted()[leads.count / 20])
    }

    @Test func whereNoRowIsNamedRightAllCount() throws {
        // The search learned that each of these rows belongs to the class before.
        let labels = Self.blobs.labels.map { ($0 + 1) % 4 }
        let found = try UnknownThreshold.leavingClassesOut(
            Self.search(), candidate: 0, rows: Self.blobs.rows, labels: labels, confidence: .margin, limit: .falseRejects(0.05), threads: 2)
        #expect(found.strangerCount == 60)
        #expect(found.falseRejectRate <= 0.05)
    }

    @Test func rowsInAGroupWithAStrangerAreNotLearnedFrom() throws {
        // The first ten rows of class 3 are copies of those of class 0 in all but name: seen, they would be recognised with certainty.
        var blobs = Self.blobs
        for row in 0..<10 {
            for column in 0..<8 { blobs.rows[45 + row, column] = blobs.rows[row, column] }
        }
        let groups = (0..<60).map { (45..<55).contains($0) ? $0 - 45 : $0 }
        let result = try Self.search(blobs)
        func strangers(_ groups: [Int]?) throws -> UnknownThreshold {
            try UnknownThreshold.leavingClassesOut(
                result, candidate: 0, rows: blobs.rows, labels: blobs.labels, groups: groups, limit: .falseAccepts(0.05), threads: 1)
        }
        #expect(try strangers(groups).threshold < strangers(nil).threshold)
    }

    @Test func thresholdOfStrangersHoldsForOtherStrangers() throws {
        // Twelve people known, twelve never seen: the share of those accepted is near the stated one.
        let all = Blobs(sizes: [Int](repeating: 20, count: 24), columns: 20, spread: 0.7, seed: 17)
        let known = all.labels.indices.filter { all.labels[$0] < 12 }
        let (rows, labels) = (all.rows.selecting(rows: known), known.map { all.labels[$0] })
        let result = try GridSearch(threads: 2).run(
            candidates: [Self.candidates[0]], rows: rows, labels: labels, folds: Folds.stratified(labels: labels, count: 4))
        let threshold = try UnknownThreshold.leavingClassesOut(result, rows: rows, labels: labels, limit: .falseAccepts(0.1), threads: 2)
        let model = try CalibratedClassifier.refit(result, rows: rows, labels: labels, threads: 2)
        let others = all.labels.indices.filter { all.labels[$0] >= 12 }
        let probabilities = try model.probabilities(all.rows.selecting(rows: others), threads: 2)
        let accepted = (0..<others.count).filter { threshold.isKnown(probabilities.row($0)) }.count
        print("strangers accepted: \(Double(accepted) / 240), stated 0.1; known rejected: \(threshold.falseRejectRate)")
        // 240 rows of 12 people: two standard errors of people, not of rows.
        #expect(Double(accepted) / 240 < 0.2)
        #expect(threshold.falseRejectRate < 0.5)
    }

    @Test(arguments: 1...5) func cancellationIsSeenBeforeEachFit(question: Int) throws {
        let result = try Self.search()
        let asked = Counter()
        func threshold() throws -> UnknownThreshold {
            try UnknownThreshold.leavingClassesOut(
                result, candidate: 0, rows: Self.blobs.rows, labels: Self.blobs.labels, limit: .falseAccepts(0.1), threads: 1,
                isCancelled: { asked.next() == question })
        }
        // Four classes, four fits: a fifth question is never asked.
        if question <= 4 {
            #expect(throws: LearnError.cancelled) { try threshold() }
        } else {
            #expect(try threshold().strangerCount == 60)
        }
        #expect(asked.value == min(question, 4))
    }

    @Test func fileCarriesTheThreshold() throws {
        let threshold = try UnknownThreshold(strangers: [0.2, 0.3], known: [0.9], confidence: .margin, falseAcceptRate: 0)
        var file = Safetensors()
        #expect(try UnknownThreshold.reading(file) == nil)
        try threshold.write(to: &file, prefix: "m")
        let parsed = try Safetensors(parsing: file.serialised())
        #expect(try UnknownThreshold.reading(parsed, prefix: "m") == threshold)
        #expect(try UnknownThreshold.reading(parsed) == nil)
        let text = try #require(file.metadata["m.unknown"])
        for damaged in [
            "", "{}", text.replacing("\"margin\"", with: "\"luck\""),
            text.replacing("\"falseRejectRate\":0", with: "\"falseRejectRate\":-1"),
        ] {
            file.metadata["m.unknown"] = damaged
            #expect(throws: LearnError.self, "\(damaged)") { try UnknownThreshold.reading(file, prefix: "m") }
        }
    }

    @Test func whatIsMissingIsNamed() throws {
        let result = try Self.search()
        let (rows, labels) = (Self.blobs.rows, Self.blobs.labels)
        #expect(throws: LearnError.invalidParameter(name: "falseAcceptRate", value: "1.5", allowed: "0 to 1")) {
            try UnknownThreshold.leavingClassesOut(result, rows: rows, labels: labels, limit: .falseAccepts(1.5), threads: 1)
        }
        #expect(throws: LearnError.rowLabelMismatch(rows: 60, labels: 1)) {
            try UnknownThreshold.leavingClassesOut(result, rows: rows, labels: labels, groups: [1], limit: .falseAccepts(0.1), threads: 1)
        }
        #expect(throws: LearnError.invalidParameter(name: "classes", value: "2", allowed: "3 or more, for one to be left out")) {
            try UnknownThreshold.leavingClassesOut(
                result, rows: rows, labels: labels.map { $0 % 2 }, limit: .falseAccepts(0.1), threads: 1)
        }
        #expect(throws: LearnError.empty(what: "strangers")) {
            try UnknownThreshold(strangers: [], known: [1], confidence: .margin, falseAcceptRate: 0.1)
        }
    }

    @Test func aLimitOnLostNamesGivesTheHighestThresholdWithinIt() throws {
        let known = (1...20).map { Double($0) / 20 }
        let strangers = [0.04, 0.06, 0.1, 0.3, 0.55]
        let threshold = try UnknownThreshold(strangers: strangers, known: known, confidence: .margin, falseRejectRate: 0.05)
        #expect(threshold.threshold == 0.1)
        #expect(threshold.falseRejectRate == 0.05)
        #expect(threshold.falseAcceptRate == 0.6 && threshold.statedFalseAcceptRate == 0.6)
        // Of five strangers none may be accepted at 5 %, one at 20 %, two at 50 %.
        let curve = try #require(threshold.curve)
        #expect(curve.map(\.falseAcceptRate) == [0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
        #expect(curve.map(\.falseRejectRate) == [0.55, 0.55, 0.55, 0.55, 0.3, 0.1])
        #expect(throws: LearnError.invalidParameter(name: "falseRejectRate", value: "-0.1", allowed: "0 to 1")) {
            try UnknownThreshold(strangers: strangers, known: known, confidence: .margin, falseRejectRate: -0.1)
        }
    }

    @Test func aSurerRowIsLessLikelyAStranger() throws {
        let threshold = try UnknownThreshold(
            strangers: [0.1, 0.2, 0.3, 0.4], known: [0.5, 0.7, 0.8, 0.9], confidence: .margin, falseRejectRate: 0)
        let sure = try #require(threshold.strangerProbability([0.95, 0.05]))
        let unsure = try #require(threshold.strangerProbability([0.55, 0.45]))
        #expect(sure < 0.5 && unsure > 0.5)
    }
}
