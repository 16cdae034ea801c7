import Cascade
import Imaging
import Testing

/// Several cascades over one pyramid, against the cascades alone and against plain gates.
@Suite struct EnsembleTests {
    /// Windows of several sizes, stumps and trees, tilted features, local binary patterns, and mirrored ones.
    static func members(stages: Int) throws -> [CascadeEnsemble.Member] {
        let profile = try SearchTests.shortened(.profileFace, to: stages)
        return [
            .init(try SearchTests.shortened(.frontalFaceDefault, to: stages), minNeighbors: 1),
            .init(try SearchTests.shortened(.frontalFaceAlt2, to: stages), minNeighbors: 2, minSize: Size(width: 30, height: 30)),
            .init(profile, minNeighbors: 0), .init(profile.mirrored(), minNeighbors: 0, scaleStride: 2),
            .init(try SearchTests.shortened(.lbpFrontalFace, to: stages), minNeighbors: 1, maxSize: Size(width: 60, height: 60)),
            .init(try SearchTests.shortened(.fullBody, to: stages), minNeighbors: 1),
        ]
    }

    static func parameters(_ member: CascadeEnsemble.Member, _ factor: Double) throws -> DetectionParameters {
        try DetectionParameters(
            scaleFactor: factor, minNeighbors: member.minNeighbors, minSize: member.minSize, maxSize: member.maxSize, threads: 1)
    }

    @Test(arguments: [1, 2, 5]) func membersFindWhatTheyFindAlone(threads: Int) throws {
        let members = try Self.members(stages: 3)
        let ensemble = try CascadeEnsemble(members, scaleFactor: 1.2)
        for picture in SearchTests.pictures() {
            let found = try ensemble.detections(in: picture, threads: threads)
            let hits = try ensemble.hits(in: picture, threads: threads)
            #expect(found.count == members.count)
            for (index, member) in members.enumerated() where member.scaleStride == 1 {
                let parameters = try Self.parameters(member, 1.2)
                #expect(hits[index] == member.classifier.hits(in: picture, parameters), "\(index), \(picture.size)")
                #expect(try found[index] == member.classifier.detections(in: picture, parameters), "\(index), \(picture.size)")
            }
        }
    }

    /// Near windows are the hits of the same cascade without its last stages.
    @Test(arguments: [1, 2, 4], [false, true]) func windowsThatCameNearAreTold(threads: Int, isMirrored: Bool) throws {
        func member(_ stages: Int, near: Int? = nil) throws -> CascadeEnsemble.Member {
            let classifier = try SearchTests.shortened(.frontalFaceAlt2, to: stages)
            return .init(isMirrored ? classifier.mirrored() : classifier, minNeighbors: 0, nearStages: near)
        }
        let (whole, part) = (try member(4), try member(2))
        let ensemble = try CascadeEnsemble([try member(4, near: 2), whole], scaleFactor: 1.2)
        // Hits of a mirrored cascade stand from right to left.
        func ordered(_ rects: [Rect]) -> [[Int]] { rects.map { [$0.width, $0.y, $0.x] }.sorted { $0.lexicographicallyPrecedes($1) } }
        var seen = 0
        for picture in SearchTests.pictures() {
            let sightings = try ensemble.sightings(in: picture, threads: threads)
            let parameters = try Self.parameters(part, 1.2)
            let isEqual = ordered(sightings[0].near) == ordered(part.classifier.hits(in: picture, parameters).map(\.rect))
            #expect(isEqual, "\(picture.size)")
            #expect(sightings[0].hits == whole.classifier.hits(in: picture, parameters))
            #expect(sightings[1].near.isEmpty && sightings[1].hits == sightings[0].hits)
            seen += sightings[0].near.count - sightings[0].hits.count
        }
        #expect(seen > 0)
    }

    @Test func nearWindowsAreThoseOfTheSearchedPart() throws {
        let picture = Synthetic.clouds(width: 190, height: 131, cell: 9, seed: 4)
        let region = Rect(x: 21, y: 13, width: 120, height: 90)
        let ensemble = try CascadeEnsemble(
            [.init(try SearchTests.shortened(.frontalFaceAlt2, to: 4), nearStages: 2)], scaleFactor: 1.2)
        let near = try ensemble.sightings(in: picture, within: SearchLimits(region: region))[0].near
        #expect(!near.isEmpty)
        #expect(near == (try ensemble.sightings(in: picture.cropped(to: region))[0].near.map { $0.offsetBy(x: 21, y: 13) }))
    }

    @Test(arguments: [0, 21, -1]) func moreStagesThanThereAreCannotBeTold(stages: Int) throws {
        let member = CascadeEnsemble.Member(try .standard(.frontalFaceAlt2), nearStages: stages)
        #expect(throws: CascadeError.self) { try CascadeEnsemble([member]) }
    }

    @Test func aScaleStrideLeavesLayersOut() throws {
        let classifier = try SearchTests.shortened(.frontalFaceDefault, to: 3)
        let picture = Synthetic.clouds(width: 190, height: 131, cell: 9, seed: 4)
        let parameters = try SearchTests.parameters(1.2)
        let layers = ScalePlan(picture: picture.size, window: classifier.windowSize, parameters: parameters).layers
        let sides = Set(layers.filter { $0.index % 3 == 0 }.map(\.window.width))
        let ensemble = try CascadeEnsemble([.init(classifier, scaleStride: 3)], scaleFactor: 1.2)
        let expected = classifier.hits(in: picture, parameters).filter { sides.contains($0.rect.width) }
        #expect(!expected.isEmpty)
        #expect(try ensemble.hits(in: picture) == [expected])
    }

    /// What gates say, one window after the other.
    struct PlainGates {
        let members: [CascadeEnsemble.Member]
        let factor: Double
        let picture: Gray

        struct Window: Hashable {
            var layer: Int
            var x, y: Int
        }

        /// How many stages each visited window of a member passed.
        private var passed: [[Window: Int]] = []
        private(set) var hits: [[Hit]] = []

        init(_ members: [CascadeEnsemble.Member], _ factor: Double, _ picture: Gray) throws {
            (self.members, self.factor, self.picture) = (members, factor, picture)
            for index in members.indices { try search(index) }
        }

        private mutating func search(_ index: Int) throws {
            let member = members[index]
            let plan = try plan(member)
            var passed: [Window: Int] = [:]
            var hits: [Hit] = []
            for layer in plan.layers where layer.index % member.scaleStride == 0 && layer.windows > 0 {
                let window = PlainWindow(member.classifier.model, picture.resizedLinearExact(to: layer.size))
                for y in stride(from: 0, to: layer.rows, by: layer.step) {
                    var x = layer.origin
                    while x < layer.columns {
                        if let gate = member.gate, try !isOpen(gate, layer, x, y) {
                            x += layer.step
                            continue
                        }
                        switch window.verdict(x, y) {
                        case .flat: break
                        case .rejected(let stage):
                            passed[Window(layer: layer.index, x: x, y: y)] = stage
                            if stage == 0 && member.gate == nil { x += layer.step }
                        case .passed(let weight):
                            passed[Window(layer: layer.index, x: x, y: y)] = member.classifier.stageCount
                            hits.append(Hit(rect: layer.rect(x: x, y: y), weight: weight))
                        }
                        x += layer.step
                    }
                }
            }
            self.passed.append(passed)
            self.hits.append(hits)
        }

        private func plan(_ member: CascadeEnsemble.Member) throws -> ScalePlan {
            ScalePlan(
                picture: picture.size, window: member.classifier.windowSize,
                parameters: try EnsembleTests.parameters(member, factor))
        }

        private func isOpen(_ gate: CascadeEnsemble.Gate, _ layer: ScalePlan.Layer, _ x: Int, _ y: Int) throws -> Bool {
            let own = layer.rect(x: x, y: y)
            for other in gate.members {
                for near in try plan(members[other]).layers where abs(near.index - layer.index) <= gate.layers {
                    let (across, down) = (2 * gate.reach * Double(near.window.width), 2 * gate.reach * Double(near.window.height))
                    for (window, stages) in passed[other] where window.layer == near.index && stages >= gate.stages {
                        let rect = near.rect(x: window.x, y: window.y)
                        let dx = abs(2 * rect.x + rect.width - 2 * own.x - own.width)
                        let dy = abs(2 * rect.y + rect.height - 2 * own.y - own.height)
                        if Double(dx) <= across && Double(dy) <= down { return true }
                    }
                }
            }
            return false
        }
    }

    @Test(arguments: [(0.0, 0, 1), (0.25, 1, 2), (0.6, 2, 1), (3, 9, 3)])
    func gatesLetThroughWhatTheySay(reach: Double, layers: Int, stages: Int) throws {
        var members = Array(try Self.members(stages: 4).prefix(3))
        members[1].gate = .init([0], stages: stages, reach: reach, layers: layers)
        members[2].gate = .init([0, 1], stages: 1, reach: reach / 2, layers: layers)
        let (patterns, eyes) = (try SearchTests.shortened(.lbpFrontalFace, to: 3), try SearchTests.shortened(.eye, to: 2))
        members.append(.init(patterns, gate: .init([1], stages: stages, reach: reach, layers: layers)))
        members.append(.init(eyes, gate: .init([3], stages: 2, reach: reach, layers: layers)))
        var found = 0
        for (width, height, cell) in [(110, 90, 9), (64, 120, 7)] {
            let picture = Synthetic.clouds(width: width, height: height, cell: cell, seed: 4)
            let plain = try PlainGates(members, 1.3, picture).hits
            let ensemble = try CascadeEnsemble(members, scaleFactor: 1.3)
            for threads in [1, 3] { #expect(try ensemble.hits(in: picture, threads: threads) == plain, "\(picture.size)") }
            found += plain[1...].reduce(0) { $0 + $1.count }
        }
        #expect(found > 0)
    }

    /// A gate that any window opens, everywhere, lets all hits of a search alone through, and more.
    @Test func mirroredMembersCanHaveGates() throws {
        let frontal = try SearchTests.shortened(.frontalFaceDefault, to: 1)
        let profile = try SearchTests.shortened(.profileFace, to: 3).mirrored()
        let ensemble = try CascadeEnsemble(
            [.init(frontal), .init(profile, gate: .init([0], stages: 1, reach: 16, layers: 64))], scaleFactor: 1.2)
        let picture = Synthetic.clouds(width: 141, height: 90, cell: 9, seed: 4)
        let alone = Set(profile.hits(in: picture, try SearchTests.parameters(1.2)))
        let gated = Set(try ensemble.hits(in: picture)[1])
        #expect(!alone.isEmpty && gated.isSuperset(of: alone))
    }

    @Test func limitsHoldForAllMembersTogether() throws {
        let members = try Self.members(stages: 2)
        let ensemble = try CascadeEnsemble(members, scaleFactor: 1.2)
        let picture = LimitsTests.tiles()
        let all = try ensemble.hits(in: picture)
        let count = all.reduce(0) { $0 + $1.count }
        #expect(try ensemble.hits(in: picture, within: SearchLimits(maximumHits: count)) == all)
        #expect(throws: CascadeError.tooManyHits(limit: count - 1)) {
            try ensemble.hits(in: picture, within: SearchLimits(maximumHits: count - 1))
        }
        #expect(throws: CascadeError.outOfTime) {
            try ensemble.detections(in: picture, within: SearchLimits(deadline: .now - .seconds(1)))
        }
        let region = Rect(x: 11, y: 7, width: 100, height: 90)
        let part = try ensemble.detections(in: picture.cropped(to: region)).map { $0.map { $0.rect.offsetBy(x: 11, y: 7) } }
        #expect(try ensemble.detections(in: picture, within: SearchLimits(region: region)).map { $0.map(\.rect) } == part)
        let parts = try ensemble.hits(in: picture.cropped(to: region)).map { $0.map { $0.rect.offsetBy(x: 11, y: 7) } }
        #expect(try ensemble.hits(in: picture, within: SearchLimits(region: region)).map { $0.map(\.rect) } == parts)
    }

    @Test func impossibleMembersAreRefused() throws {
        let classifier = try SearchTests.shortened(.frontalFaceDefault, to: 3)
        let good = CascadeEnsemble.Member(classifier)
        let wrong: [CascadeEnsemble.Gate] = [
            .init([], stages: 1), .init([1], stages: 1), .init([-1], stages: 1), .init([0], stages: 0), .init([0], stages: 4),
            .init([0], stages: 1, reach: -1), .init([0], stages: 1, reach: .nan), .init([0], stages: 1, layers: -1),
        ]
        for gate in wrong {
            #expect(throws: CascadeError.self) { try CascadeEnsemble([good, .init(classifier, gate: gate)]) }
        }
        #expect(throws: CascadeError.self) { try CascadeEnsemble([.init(classifier, scaleStride: 0)]) }
        #expect(throws: CascadeError.self) { try CascadeEnsemble([.init(classifier, minNeighbors: -1)]) }
        #expect(throws: CascadeError.self) { try CascadeEnsemble([good], scaleFactor: 1) }
        #expect(throws: CascadeError.self) { try CascadeEnsemble([good]).hits(in: LimitsTests.tiles(), threads: 0) }
        #expect(try CascadeEnsemble([]).hits(in: LimitsTests.tiles()).isEmpty)
    }
}
