import Cascade
import Foundation
import Imaging
import Recognition
import Testing

@Suite struct CandidateUnionTests {
    private let searches = FindingSettings.standard.searches

    private func hit(_ x: Int, _ y: Int, _ side: Int, _ weight: Double = 1) -> Hit {
        Hit(rect: Rect(x: x, y: y, width: side, height: side), weight: weight)
    }

    @Test func hitsOfOneSearchInOnePlaceAreOneCandidate() throws {
        let found = try CandidateUnion(searches).candidates(from: [[hit(100, 100, 50, 2), hit(104, 102, 54, 5), hit(400, 90, 50)], [], []])
        #expect(found.count == 2)
        #expect(found[0].statements.map(\.neighbors) == [2, 0, 0])
        #expect(found[0].statements[0].weight == 5)
        #expect(found[0].square == FaceSquare(centre: [127.5, 126.5], side: 52))
        #expect(found[1].neighbors == 1)
    }

    @Test func searchesForProfilesAreBroughtToTheFrontalSquare() throws {
        // A face of 60 pixels about (200, 200), as each search would frame it.
        let profile = 60 / 0.823
        let left = hit(Int((200 + 0.155 * profile - profile / 2).rounded()), Int(200 - profile / 2), Int(profile.rounded()))
        let right = hit(Int((200 - 0.155 * profile - profile / 2).rounded()), Int(200 - profile / 2), Int(profile.rounded()))
        let found = try CandidateUnion(searches).candidates(from: [[hit(170, 170, 60)], [left], [right]])
        #expect(found.count == 1)
        #expect(found[0].statements.map(\.neighbors) == [1, 1, 1])
        #expect(abs(found[0].square.side - 60) < 1)
        #expect(abs(found[0].turn(searches)) < 1e-12)
    }

    @Test func aHeadThatLeansIsOneCandidateWithItsMeanLean() throws {
        let leaning = [0.2, 0.5].map {
            LeaningSearch.Sighted(square: FaceSquare(centre: [126, 126], side: 52), roll: $0, weight: 10 * $0)
        }
        let found = try CandidateUnion(searches).candidates(from: [[hit(100, 100, 50, 2)], [], []], leaning: leaning)
        #expect(found.count == 1)
        #expect(found[0].statements.map(\.neighbors) == [1, 0, 0, 2])
        #expect(found[0].statements[3].weight == 5)
        #expect(abs(found[0].roll - 0.7 / 3) < 1e-12)
        let pose = found[0].pose
        #expect(abs(atan2(pose.along.y, pose.along.x) - found[0].roll) < 1e-12)
        let square = pose.square
        #expect(abs(square.side - found[0].square.side) < 1e-9 && abs(square.centre.x - found[0].square.centre.x) < 1e-9)
    }

    @Test func equalsAPlainComparisonOfAllPairs() throws {
        var dice = SystemFreeDice(state: 7)
        for count in [0, 1, 2, 17, 120] {
            let hits = (0..<3).map { _ in
                (0..<count).map { _ in hit(dice.below(300), dice.below(200), 24 + dice.below(60), Double(dice.below(100))) }
            }
            let union = CandidateUnion(searches)
            #expect(try union.candidates(from: hits).map(\.statements) == slowTwin(hits, union))
        }
    }

    /// Floods from each hit to all that belong to it.
    private func slowTwin(_ hits: [[Hit]], _ union: CandidateUnion) -> [[CandidateFace.Statement]] {
        let all = hits.enumerated().flatMap { search, found in found.map { (search, $0, union.square(of: $0, search: search)) } }
        var group = [Int](repeating: -1, count: all.count)
        var statements: [[CandidateFace.Statement]] = []
        for first in all.indices where group[first] < 0 {
            var open = [first]
            var own = [CandidateFace.Statement](repeating: .init(), count: hits.count)
            group[first] = statements.count
            while let i = open.popLast() {
                let (search, hit, square) = all[i]
                own[search].weight = own[search].neighbors == 0 ? hit.weight : max(own[search].weight, hit.weight)
                own[search].neighbors += 1
                for j in all.indices where group[j] < 0 {
                    let other = all[j].2
                    let side = min(square.side, other.side)
                    let step = other.centre - square.centre
                    if abs(step.x) <= 0.2 * side, abs(step.y) <= 0.2 * side, abs(other.side - square.side) <= 0.3 * side {
                        group[j] = statements.count
                        open.append(j)
                    }
                }
            }
            statements.append(own)
        }
        return statements
    }
}

/// A small generator for places; the same numbers every time.
struct SystemFreeDice {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
