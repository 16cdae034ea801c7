// A forest's trees stand one after the other in common arrays: nodes of all trees, leaves of all trees, and how many of each a
// tree has.
extension ModelArchive {
    mutating func put(_ model: RandomForest, _ schema: inout ModelSchema) {
        schema.kind = .forest
        put("forest.nodes", model.trees.map(\.features.count))
        put("forest.leaves", model.trees.map { $0.proportions.count / model.classCount })
        put("forest.features", Tensor(model.trees.flatMap(\.features)))
        put("forest.thresholds", Tensor(model.trees.flatMap(\.thresholds)))
        put("forest.children", Tensor(model.trees.flatMap(\.children)))
        let leaves = model.trees.flatMap(\.proportions)
        put("forest.proportions", Tensor(leaves, shape: [leaves.count / model.classCount, model.classCount]))
        put("forest.importances", model.importances)
    }

    func forest(_ schema: ModelSchema, columns: Int) throws(LearnError) -> RandomForest {
        let most = Int(Int32.max)
        let nodes = try integers("forest.nodes", in: 1...most)
        try require(!nodes.isEmpty, "forest.nodes", "1 tree or more", "none")
        let leaves = try integers("forest.leaves", count: nodes.count, in: 1...most)
        let total = nodes.reduce(0, +)
        let features = try integers("forest.features", count: total, in: -1...(columns - 1))
        let children = try integers("forest.children", count: total, in: 0...most)
        let proportions = try matrix("forest.proportions", rows: leaves.reduce(0, +), columns: schema.classCount)
        try require(
            proportions.values.allSatisfy { (0...1).contains($0) }, "forest.proportions", "shares from 0 to 1", "others")
        let thresholds = try floats("forest.thresholds", count: total)
        var trees: [DecisionTree] = []
        var firstNode = 0
        var firstLeaf = 0
        for (number, (nodeCount, leafCount)) in zip(nodes, leaves).enumerated() {
            var tree = DecisionTree(classCount: schema.classCount)
            tree.features = features[firstNode..<firstNode + nodeCount].map(Int32.init)
            tree.children = children[firstNode..<firstNode + nodeCount].map(Int32.init)
            tree.thresholds = Array(thresholds[firstNode..<firstNode + nodeCount])
            tree.proportions = Array(
                proportions.values[firstLeaf * schema.classCount..<(firstLeaf + leafCount) * schema.classCount])
            try require(tree.isSound(leaves: leafCount), "forest.children", "children after their parents", "tree \(number) not so")
            trees.append(tree)
            firstNode += nodeCount
            firstLeaf += leafCount
        }
        return RandomForest(
            classCount: schema.classCount, featureCount: columns, importances: try doubles("forest.importances", count: columns),
            trees: trees)
    }

    /// Finite single-precision numbers.
    func floats(_ name: String, count: Int) throws(LearnError) -> [Float] {
        guard let tensor = file.tensors[key(name)], let numbers = tensor.floats, tensor.shape == [count],
            numbers.allSatisfy(\.isFinite)
        else {
            throw LearnError.modelEntry(name: key(name), expected: "F32 [\(count)], finite", found: "another or none")
        }
        return numbers
    }
}

extension DecisionTree {
    /// Whether every walk from the root ends in a leaf that exists: children come after their parents, so no walk can circle.
    func isSound(leaves: Int) -> Bool {
        features.indices.allSatisfy { node in
            let child = Int(children[node])
            return features[node] < 0 ? child < leaves : child > node && child + 1 < features.count
        }
    }
}
