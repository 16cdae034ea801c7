import Learn
import Recognition
import Testing

/// What a photo's faces are called, alone and together.
struct PhotoNamesTests {
    private func threshold() throws -> UnknownThreshold {
        try UnknownThreshold(
            strangers: [0.05, 0.1, 0.2, 0.3], known: [0.4, 0.6, 0.8, 0.9, 0.95], confidence: .margin, falseRejectRate: 0)
    }

    private func names(_ alone: [[Double]], unknown: UnknownThreshold?, together: Bool) throws -> PhotoNames {
        PhotoNames(try DoubleMatrix(alone), labels: 3, unknown: unknown, together: together)
    }

    @Test func withoutAThresholdFacesKeepTheirProbabilities() throws {
        let alone = [[0.7, 0.2, 0.1], [0.7, 0.1, 0.2]]
        let names = try names(alone, unknown: nil, together: true)
        #expect(names.scores == alone)
        #expect(names.areKnown == [true, true])
    }

    @Test func theClassicWayNamesEachFaceAlone() throws {
        let alone = [[0.9, 0.05, 0.05], [0.9, 0.05, 0.05]]
        let names = try names(alone, unknown: try threshold(), together: false)
        #expect(names.scores == alone)
    }

    @Test func scoresSumToOneAndKeepTheOrderOfASingleFace() throws {
        let names = try names([[0.6, 0.3, 0.1]], unknown: try threshold(), together: true)
        #expect(abs(names.scores[0].reduce(0, +) - 1) < 1e-12)
        #expect(names.scores[0][0] > names.scores[0][1] && names.scores[0][1] > names.scores[0][2])
    }

    @Test func aNameGoesToTheSurerFaceOnly() throws {
        let names = try names([[0.7, 0.28, 0.02], [0.98, 0.01, 0.01]], unknown: try threshold(), together: true)
        #expect(names.areKnown == [false, true])
        #expect(names.scores[1][0] > names.scores[1][1])
        #expect(names.scores[0][1] > names.scores[0][0])
        for scores in names.scores { #expect(abs(scores.reduce(0, +) - 1) < 1e-12) }
    }

    @Test func aCollageKeepsItsName() throws {
        let face = [0.96, 0.02, 0.02]
        let names = try names([face, face], unknown: try threshold(), together: true)
        #expect(names.areKnown == [true, true])
        #expect(names.scores[0][0] > names.scores[0][1])
    }

    @Test func facesUnlikeEverybodyAreNotKnown() throws {
        let names = try names([[0.4, 0.35, 0.25]], unknown: try threshold(), together: true)
        #expect(names.areKnown == [false])
    }

    @Test func bystandersAreNobodyAndGetNoScore() throws {
        // The fourth probability is that of bystanders: one face is most like them, the other one is not.
        let unknown = try UnknownThreshold(
            strangers: [-2, -1, 0, 0.5], known: [2, 2.5, 3, 4], confidence: .lead, hasBackground: true, falseRejectRate: 0)
        let faces = try DoubleMatrix([[0.2, 0.05, 0.05, 0.7], [0.9, 0.02, 0.03, 0.05]])
        let names = PhotoNames(faces, labels: 3, unknown: unknown, together: true)
        #expect(names.areKnown == [false, true])
        #expect(names.scores.allSatisfy { $0.count == 3 })
        for scores in names.scores { #expect(abs(scores.reduce(0, +) - 1) < 1e-12) }
        // The label stays the most probable one.
        #expect(names.scores[0][0] > names.scores[0][1])
        let alone = PhotoNames(faces, labels: 3, unknown: nil, together: false)
        let first = alone.scores[0][0]
        #expect(abs(first - 0.2 / 0.3) < 1e-12)
    }
}
