import Imaging
import Support

/// One cascade or several, with what is needed to search pictures with them.
struct CascadeSearch: Sendable {
    struct Member: Sendable {
        var classifier: CascadeClassifier
        var parameters: DetectionParameters
        var scaleStride = 1
        var gate: CascadeEnsemble.Gate?
        /// Windows that passed at least so many stages are told, too.
        var nearStages: Int?
    }

    let members: [Member]
    private let scanners: ScannerPool
    /// By member: the numbers of stages whose passing opens a gate, as bits.
    private let marked: [UInt64]
    /// By member: 0 without a gate, otherwise one more than the members of the gate.
    private let turns: [Int]

    /// - Precondition: gates name earlier members, and stages those have.
    init(_ members: [Member], scanners: ScannerPool = ScannerPool()) {
        self.members = members
        self.scanners = scanners
        var marked = [UInt64](repeating: 0, count: members.count), turns = [Int](repeating: 0, count: members.count)
        for (index, member) in members.enumerated() {
            if let stages = member.nearStages { marked[index] |= 1 << UInt64(stages) }
            guard let gate = member.gate else { continue }
            for other in gate.members {
                marked[other] |= 1 << UInt64(gate.stages)
                turns[index] = max(turns[index], turns[other] + 1)
            }
        }
        (self.marked, self.turns) = (marked, turns)
    }

    /// Every member's layers of a picture.
    private func plans(_ picture: Size) -> [ScalePlan] {
        members.map { member in
            var plan = ScalePlan(
                picture: picture, window: member.classifier.windowSize, parameters: member.parameters,
                isMirrored: member.classifier.isMirrored)
            plan.layers.removeAll { $0.index % member.scaleStride != 0 }
            return plan
        }
    }

    /// How many windows the members visit at most.
    func windowCount(_ picture: Size) -> Int {
        plans(picture).reduce(0) { $0 + $1.layers.reduce(0) { $0 + $1.windows } }
    }

    /// What each member saw, by scale, row and column; what was seen so far when the watch ended it.
    func sightings(in gray: Gray, threads: Int, _ watch: SearchWatch) -> [CascadeEnsemble.Sighting] {
        let plans = plans(gray.size)
        var hits = [[Hit]](repeating: [], count: members.count)
        var marks = [[Int: [MarkPlanes]]](repeating: [:], count: members.count)
        for turn in 0...(turns.max() ?? 0) {
            let guests = members.indices.filter { turns[$0] == turn }
            let layers = SharedLayer.united(guests.map { ($0, members[$0].classifier.windowSize, plans[$0]) })
            let pieces: [ScanPiece]
            var kept: [Int: Gray] = [:]
            if turn == 0 {
                pieces = layers.map {
                    ScanPiece(layer: $0, rows: 0..<$0.rows, blocks: $0.blocks, regions: Array(repeating: nil, count: $0.guests.count))
                }
            } else {
                pieces = gatedPieces(layers, plans, marks, threads: threads)
                kept = shrunken(gray, for: pieces, threads: threads)
            }
            let parts = ScanPiece.split(pieces, threads: threads)
            let found = scan(parts, of: gray, kept: kept, threads: threads, watch)
            for (part, findings) in zip(parts, found) {
                for (guest, finding) in zip(part.layer.guests, findings ?? []) {
                    hits[guest.member] += finding.hits.map { Hit(rect: guest.layer.rect(x: $0.x, y: $0.y), weight: $0.weight) }
                    if finding.marks.stages != 0 { marks[guest.member][part.layer.index, default: []].append(finding.marks) }
                }
            }
            if found.contains(where: { $0 == nil }) { break }
        }
        return members.indices.map { index in
            CascadeEnsemble.Sighting(hits: hits[index], near: near(members[index], plans[index], marks[index]))
        }
    }

    /// The windows that passed as many stages as the member tells of.
    private func near(_ member: Member, _ plan: ScalePlan, _ marks: [Int: [MarkPlanes]]) -> [Rect] {
        guard let stages = member.nearStages else { return [] }
        return plan.layers.flatMap { layer in
            (marks[layer.index] ?? []).sorted { $0.top < $1.top }.flatMap { planes in
                planes.windows(passed: stages).map { layer.rect(x: layer.origin + $0.column * layer.step, y: $0.y) }
            }
        }
    }

    private func scan(
        _ parts: [ScanPiece], of gray: Gray, kept: [Int: Gray], threads: Int, _ watch: SearchWatch
    ) -> [[MemberFindings]?] {
        guard let widest = parts.map(\.layer.size.width).max() else { return [] }
        let order = parts.indices.sorted { (-parts[$0].cost, $0) < (-parts[$1].cost, $1) }
        let classifiers = members.map(\.classifier)
        return Parallel.map(
            parts.count, threads: threads, order: order, context: { scanners.loan(width: widest, classifiers) }
        ) { loan, index in
            let part = parts[index]
            let marked = part.layer.guests.map { self.marked[$0.member] }
            let plane = kept[part.layer.index] ?? (part.isWide ? gray.resizedLinearExact(to: part.layer.size) : gray)
            return plane.withSource(of: part.layer.size) { loan.scanner.scan(part, of: $0, marked: marked, watch) }
        }
    }

    /// The layers that gated members look into.
    private func shrunken(_ gray: Gray, for pieces: [ScanPiece], threads: Int) -> [Int: Gray] {
        let sizes = Dictionary(pieces.map { ($0.layer.index, $0.layer.size) }, uniquingKeysWith: { first, _ in first })
            .sorted { $0.key < $1.key }
        let planes = Parallel.map(sizes.count, threads: threads) { gray.resizedLinearExact(to: sizes[$0].value) }
        return Dictionary(uniqueKeysWithValues: zip(sizes.map(\.key), planes))
    }

    /// The parts of the layers in which gates let windows through.
    private func gatedPieces(
        _ layers: [SharedLayer], _ plans: [ScalePlan], _ marks: [[Int: [MarkPlanes]]], threads: Int
    ) -> [ScanPiece] {
        Parallel.map(layers.count, threads: threads) { index -> [ScanPiece] in
            let layer = layers[index]
            let regions = layer.guests.map { guest -> GateRegion? in
                guard let gate = members[guest.member].gate else { return nil }
                var region = GateRegion(guest.layer)
                for other in gate.members {
                    for near in plans[other].layers where abs(near.index - layer.index) <= gate.layers {
                        guard let planes = marks[other][near.index] else { continue }
                        region.add(near: near, planes, passed: gate.stages, reach: gate.reach, of: guest.layer)
                    }
                }
                return region
            }
            return layer.pieces(regions)
        }.flatMap { $0 }
    }
}
