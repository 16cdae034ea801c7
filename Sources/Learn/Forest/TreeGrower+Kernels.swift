import Support

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
    private let scratch: TreeScratch
    /// The distinct rows drawn.
    private let memberCount: Int
    /// How often the bootstrap drew each row.
    private var multiplicity: [UInt16]

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
        scratch = TreeScratch(rows: samples.rows)
        var count = 0
        for (row, drawn) in multiplicity.enumerated() {
            scratch.marks[row] = UInt64(samples.labels[row]) << 16 | UInt64(drawn)
            guard drawn > 0 else { continue }
            scratch.members[count] = Int32(row)
            count += 1
        }
        memberCount = count
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
        // Pointers are taken once: reference counts of arrays shared by all threads would be fought over at every column.
        let samples = samples
        return samples.ranks.withUnsafeBufferPointer { ranks in
            samples.values.withUnsafeBufferPointer { values in
                grow(Columns(ranks: ranks.baseAddress!, values: values.baseAddress!))
            }
        }
    }

    /// Ranks and values of the samples, columns x rows.
    private struct Columns {
        let ranks: UnsafePointer<UInt16>
        let values: UnsafePointer<Float>
    }

    private mutating func grow(_ table: Columns) -> DecisionTree {
        var open = [Node(index: 0, start: 0, end: memberCount, depth: 0)]
        append()
        while let node = open.popLast() {
            let counts = classCounts(node)
            guard mayBeSplit(node, counts), let split = bestSplit(node, counts, table) else {
                makeLeaf(node, counts)
                continue
            }
            let middle = partition(node, split, table)
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
            let row = Int(scratch.members[place])
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

    private mutating func bestSplit(_ node: Node, _ counts: [Double], _ table: Columns) -> Split? {
        let total = samples.columns
        let wanted = parameters.features.resolved(columns: total)
        var scan = SplitScan(criterion: parameters.criterion, counts: counts, minimumLeaf: parameters.minimumLeaf)
        var best: (column: Int, rank: UInt16, score: Double)?
        var bestThreshold: (column: Int, threshold: Float, score: Double)?
        var looked = 0
        var varying = 0
        while looked < total && (looked < wanted || varying == 0) {
            let pick = looked + generator.next(below: total - looked)
            columns.swapAt(looked, pick)
            let column = Int(columns[looked])
            looked += 1
            switch parameters.splitting {
            case .best:
                guard collectKeys(node, column, table) else { continue }
                varying += 1
                if let (rank, score) = scan.best(scratch.keys, count: node.end - node.start, weights: classWeights),
                    score > best?.score ?? -.infinity
                {
                    best = (column, rank, score)
                }
            case .random:
                guard let (threshold, left, leftRows) = randomThreshold(node, column, table) else { continue }
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
            column: best.column, threshold: threshold(node, best.column, rank: best.rank, table), gain: best.score - scan.parentScore)
    }

    /// Fills the scratch keys with rank | class | multiplicity of the node's rows, sorted; false when the column is constant in the
    /// node.
    private func collectKeys(_ node: Node, _ column: Int, _ table: Columns) -> Bool {
        // Bounds: members are rows, columns * rows ranks exist, and keys hold as many as there are rows.
        let count = node.end - node.start
        let ranks = table.ranks + column * samples.rows
        let members = scratch.members + node.start
        let (keys, marks) = (scratch.keys, scratch.marks)
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
        RankSort.sort(keys, spare: scratch.spare, count: count, lowest: Int(lowest), highest: Int(highest))
        return true
    }

    /// The middle between the greatest value that goes left and the least that goes right, rounded so that it is not the latter.
    private func threshold(_ node: Node, _ column: Int, rank: UInt16, _ table: Columns) -> Float {
        var left = -Float.infinity
        var right = Float.infinity
        for place in node.start..<node.end {
            let cell = column * samples.rows + Int(scratch.members[place])
            if table.ranks[cell] <= rank {
                left = max(left, table.values[cell])
            } else {
                right = min(right, table.values[cell])
            }
        }
        let middle = left + (right - left) / 2
        return middle < right && middle.isFinite ? max(middle, left) : left
    }

    private mutating func randomThreshold(_ node: Node, _ column: Int, _ table: Columns) -> (Float, [Double], Int)? {
        let values = table.values + column * samples.rows
        let members = scratch.members
        var lowest = Float.infinity
        var highest = -Float.infinity
        for place in node.start..<node.end {
            let value = values[Int(members[place])]
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
            if values[row] <= threshold {
                left[samples.labels[row]] += Double(multiplicity[row]) * classWeights[samples.labels[row]]
                leftRows += 1
            }
        }
        return (threshold, left, leftRows)
    }

    /// Brings the rows that go left to the front of the node's run.
    private func partition(_ node: Node, _ split: Split, _ table: Columns) -> Int {
        let values = table.values + split.column * samples.rows
        let members = scratch.members
        var middle = node.start
        for place in node.start..<node.end where values[Int(members[place])] <= split.threshold {
            (members[place], members[middle]) = (members[middle], members[place])
            middle += 1
        }
        return middle
    }
}
