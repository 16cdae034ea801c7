/// Grows one tree.
///
/// A node's rows are a run of `members`. For a split, columns are drawn without replacement; those constant in the node do not
/// count as looked at until one that is not has been found (scikit-learn's rule). Of a column, the node's values are sorted by rank
/// together with their classes, and every boundary between different values is tried.
struct TreeGrower {
    let samples: ForestSamples
    let parameters: ForestParameters
    /// Weight of a row of each class.
    let classWeights: [Double]
    private var generator: SeededGenerator
    private var tree: DecisionTree
    /// Weighted impurity decrease by column, not normalised.
    private(set) var importances: [Double]
    private var columns: [Int32]
    /// Row numbers, each once, those of a node being neighbours.
    private var members: [Int32] = []
    /// How often the bootstrap drew each row.
    private var multiplicity: [UInt16]
    /// class << 16 | multiplicity of each row: the lower part of its sorting key.
    private let marks: [UInt64]
    private var keys: [UInt64] = []
    private var spare: [UInt64] = []

    struct Node {
        var index: Int
        var start: Int
        var end: Int
        var depth: Int
    }

    init(samples: ForestSamples, parameters: ForestParameters, classWeights: [Double], tree number: Int) {
        self.samples = samples
        self.parameters = parameters
        // A bootstrap draws by weight; what was drawn counts as often as it was.
        self.classWeights = parameters.bootstrap ? classWeights.map { _ in 1 } : classWeights
        generator = SeededGenerator(seed: parameters.seed, stream: number)
        tree = DecisionTree(classCount: samples.classCount)
        importances = [Double](repeating: 0, count: samples.columns)
        columns = (0..<samples.columns).map(Int32.init)
        multiplicity = Self.draw(
            samples.labels, classWeights: classWeights, bootstrap: parameters.bootstrap, generator: &generator)
        let drawn = multiplicity
        marks = drawn.indices.map { UInt64(samples.labels[$0]) << 16 | UInt64(drawn[$0]) }
        members = multiplicity.indices.filter { multiplicity[$0] > 0 }.map(Int32.init)
        keys = [UInt64](repeating: 0, count: members.count)
        spare = keys
    }

    /// How often each row enters a tree. With a bootstrap, as many draws as there are rows, each row's chance being the weight of
    /// its class. Counts stay below 65,536: more equal draws than that do not happen.
    static func draw(
        _ labels: [Int], classWeights: [Double], bootstrap: Bool, generator: inout SeededGenerator
    ) -> [UInt16] {
        guard bootstrap else { return [UInt16](repeating: 1, count: labels.count) }
        var counts = [UInt16](repeating: 0, count: labels.count)
        let isEven = classWeights.allSatisfy { $0 == classWeights[0] }
        var cumulative: [Double] = []
        if !isEven {
            var sum = 0.0
            for label in labels {
                sum += classWeights[label]
                cumulative.append(sum)
            }
        }
        for _ in labels.indices {
            let row = isEven ? generator.next(below: labels.count) : pick(cumulative, generator.uniform())
            counts[row] = counts[row] == .max ? .max : counts[row] + 1
        }
        return counts
    }

    /// The first row whose cumulative weight exceeds this share of the total.
    private static func pick(_ cumulative: [Double], _ share: Double) -> Int {
        let target = share * cumulative[cumulative.count - 1]
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > target { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// - Complexity: O(looked-at columns * rows * depth) on average.
    mutating func grow() -> DecisionTree {
        var open = [Node(index: 0, start: 0, end: members.count, depth: 0)]
        append()
        while let node = open.popLast() {
            let counts = classCounts(node)
            guard mayBeSplit(node, counts), let split = bestSplit(node, counts) else {
                makeLeaf(node, counts)
                continue
            }
            let middle = partition(node, split)
            let left = tree.features.count
            append()
            append()
            tree.features[node.index] = Int32(split.column)
            tree.thresholds[node.index] = split.threshold
            tree.children[node.index] = Int32(left)
            importances[split.column] += split.gain
            open.append(Node(index: left + 1, start: middle, end: node.end, depth: node.depth + 1))
            open.append(Node(index: left, start: node.start, end: middle, depth: node.depth + 1))
        }
        return tree
    }

    private mutating func append() {
        tree.features.append(-1)
        tree.thresholds.append(0)
        tree.children.append(0)
    }

    private func classCounts(_ node: Node) -> [Double] {
        var counts = [Double](repeating: 0, count: samples.classCount)
        for place in node.start..<node.end {
            let row = Int(members[place])
            let label = samples.labels[row]
            counts[label] += Double(multiplicity[row]) * classWeights[label]
        }
        return counts
    }

    private func mayBeSplit(_ node: Node, _ counts: [Double]) -> Bool {
        let size = node.end - node.start
        return size >= parameters.minimumSplit && size >= 2 * parameters.minimumLeaf
            && node.depth < parameters.maximumDepth ?? .max && counts.filter { $0 > 0 }.count > 1
    }

    private mutating func makeLeaf(_ node: Node, _ counts: [Double]) {
        let total = counts.reduce(0, +)
        tree.children[node.index] = Int32(tree.proportions.count / samples.classCount)
        tree.proportions += counts.map { Float($0 / total) }
    }

    struct Split {
        var column: Int
        var threshold: Float
        /// Weighted impurity decrease.
        var gain: Double
    }

    private mutating func bestSplit(_ node: Node, _ counts: [Double]) -> Split? {
        let wanted = parameters.features.resolved(columns: samples.columns)
        var scan = SplitScan(criterion: parameters.criterion, counts: counts, minimumLeaf: parameters.minimumLeaf)
        var best: (column: Int, rank: UInt16, score: Double)?
        var bestThreshold: (column: Int, threshold: Float, score: Double)?
        var looked = 0
        var varying = 0
        while looked < samples.columns && (looked < wanted || varying == 0) {
            let pick = looked + generator.next(below: samples.columns - looked)
            columns.swapAt(looked, pick)
            let column = Int(columns[looked])
            looked += 1
            switch parameters.splitting {
            case .best:
                guard collectKeys(node, column) else { continue }
                varying += 1
                if let (rank, score) = scan.best(keys, count: node.end - node.start, weights: classWeights),
                    score > best?.score ?? -.infinity
                {
                    best = (column, rank, score)
                }
            case .random:
                guard let (threshold, left, leftRows) = randomThreshold(node, column) else { continue }
                varying += 1
                if let score = scan.score(left: left, leftRows: leftRows, rows: node.end - node.start),
                    score > bestThreshold?.score ?? -.infinity
                {
                    bestThreshold = (column, threshold, score)
                }
            }
        }
        if let found = bestThreshold {
            return Split(column: found.column, threshold: found.threshold, gain: found.score - scan.parentScore)
        }
        guard let best else { return nil }
        return Split(
            column: best.column, threshold: threshold(node, best.column, rank: best.rank), gain: best.score - scan.parentScore)
    }

    /// Fills `keys` with rank | class | multiplicity of the node's rows, sorted; false when the column is constant in the node.
    private mutating func collectKeys(_ node: Node, _ column: Int) -> Bool {
        let count = node.end - node.start
        let rows = samples.rows
        return samples.ranks.withUnsafeBufferPointer { ranks in
            marks.withUnsafeBufferPointer { marks in
                members.withUnsafeBufferPointer { members in
                    keys.withUnsafeMutableBufferPointer { keys in
                        spare.withUnsafeMutableBufferPointer { spare in
                            // Bounds: members are rows, columns * rows ranks exist, and keys hold as many as the root has rows.
                            let ranks = ranks.baseAddress! + column * rows
                            let members = members.baseAddress! + node.start
                            let keys = keys.baseAddress!
                            var lowest = UInt16.max
                            var highest = UInt16.min
                            for place in 0..<count {
                                let row = Int(members[place])
                                let rank = ranks[row]
                                lowest = min(lowest, rank)
                                highest = max(highest, rank)
                                keys[place] = UInt64(rank) << 48 | marks[row]
                            }
                            guard lowest < highest else { return false }
                            RankSort.sort(
                                keys, spare: spare.baseAddress!, count: count, lowest: Int(lowest), highest: Int(highest))
                            return true
                        }
                    }
                }
            }
        }
    }

    /// The middle between the greatest value that goes left and the least that goes right, rounded so that it is not the latter.
    private func threshold(_ node: Node, _ column: Int, rank: UInt16) -> Float {
        var left = -Float.infinity
        var right = Float.infinity
        for place in node.start..<node.end {
            let cell = column * samples.rows + Int(members[place])
            if samples.ranks[cell] <= rank {
                left = max(left, samples.values[cell])
            } else {
                right = min(right, samples.values[cell])
            }
        }
        let middle = left + (right - left) / 2
        return middle < right && middle.isFinite ? max(middle, left) : left
    }

    private mutating func randomThreshold(_ node: Node, _ column: Int) -> (Float, [Double], Int)? {
        let cells = column * samples.rows
        var lowest = Float.infinity
        var highest = -Float.infinity
        for place in node.start..<node.end {
            let value = samples.values[cells + Int(members[place])]
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        guard lowest < highest else { return nil }
        var threshold = lowest + Float(generator.uniform()) * (highest - lowest)
        if !(threshold < highest) { threshold = lowest }
        var left = [Double](repeating: 0, count: samples.classCount)
        var leftRows = 0
        for place in node.start..<node.end {
            let row = Int(members[place])
            if samples.values[cells + row] <= threshold {
                left[samples.labels[row]] += Double(multiplicity[row]) * classWeights[samples.labels[row]]
                leftRows += 1
            }
        }
        return (threshold, left, leftRows)
    }

    /// Brings the rows that go left to the front of the node's run.
    private mutating func partition(_ node: Node, _ split: Split) -> Int {
        let cells = split.column * samples.rows
        var middle = node.start
        for place in node.start..<node.end where samples.values[cells + Int(members[place])] <= split.threshold {
            members.swapAt(place, middle)
            middle += 1
        }
        return middle
    }
}
