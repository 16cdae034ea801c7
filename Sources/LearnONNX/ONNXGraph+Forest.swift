import Foundation
import Learn

extension ONNXGraph {
    /// Class proportions averaged over the trees. The operator's comparisons and sums are in double precision, its result in single.
    mutating func proportions(_ forest: RandomForest, rows: Value) -> Value {
        var trees: [Int] = []
        var nodes: [Int] = []
        var features: [Int] = []
        var modes: [String] = []
        var thresholds: [Double] = []
        var lefts: [Int] = []
        var rights: [Int] = []
        var leafTrees: [Int] = []
        var leafNodes: [Int] = []
        var leafClasses: [Int] = []
        var leafWeights: [Double] = []
        for (number, tree) in forest.trees.enumerated() {
            for node in tree.features.indices {
                let child = Int(tree.children[node])
                let isLeaf = tree.features[node] < 0
                trees.append(number)
                nodes.append(node)
                features.append(isLeaf ? 0 : Int(tree.features[node]))
                modes.append(isLeaf ? "LEAF" : "BRANCH_LEQ")
                thresholds.append(isLeaf ? 0 : Double(tree.thresholds[node]))
                lefts.append(isLeaf ? 0 : child)
                rights.append(isLeaf ? 0 : child + 1)
                guard isLeaf else { continue }
                for label in 0..<forest.classCount {
                    leafTrees.append(number)
                    leafNodes.append(node)
                    leafClasses.append(label)
                    leafWeights.append(Double(tree.proportions[child * forest.classCount + label]))
                }
            }
        }
        let sums = add(
            "TreeEnsembleRegressor", rows,
            attributes: [
                .onnx("n_targets", forest.classCount), .onnx("aggregate_function", "SUM"), .onnx("post_transform", "NONE"),
                .onnx("nodes_treeids", trees), .onnx("nodes_nodeids", nodes), .onnx("nodes_featureids", features),
                .onnx("nodes_modes", modes), .onnx("nodes_values_as_tensor", thresholds), .onnx("nodes_truenodeids", lefts),
                .onnx("nodes_falsenodeids", rights), .onnx("target_treeids", leafTrees), .onnx("target_nodeids", leafNodes),
                .onnx("target_ids", leafClasses), .onnx("target_weights_as_tensor", leafWeights),
            ], domain: ONNXExport.machineLearningDomain)
        return add("Div", widened(sums), constant(Double(forest.treeCount)))
    }

    /// log((p * trials + 1/2) / (trials + classes/2)), see ``RandomForest/scores(_:threads:)``.
    mutating func smoothedLogarithm(_ proportions: Value, trials: Int, classCount: Int) -> Value {
        let counts = add("Add", add("Mul", proportions, constant(Double(trials))), constant(0.5))
        return add("Log", add("Div", counts, constant(Double(trials) + Double(classCount) / 2)))
    }
}
