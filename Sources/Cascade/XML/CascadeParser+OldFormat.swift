import Imaging

/// The layout of OpenCV before 2.4 (`type_id="opencv-haar-classifier"`): features stand inside the nodes.
extension CascadeParser {
    /// `size`, then `stages/_` with `trees/_/_` (nodes) and `stage_threshold`. `parent` and `next` of a stage are ignored, as
    /// OpenCV does, so that a tree of stages becomes a chain in file order.
    mutating func oldFormat(_ top: Int) throws(CascadeError) -> CascadeModel {
        guard let sizeText = tree.child("size", of: top) else {
            throw unsupported(top, "neither <stageType> nor <size>", "cascades of the new and the old format")
        }
        var numbers = NumberReader(tree.bytes, tree.elements[sizeText].content)
        let window = try checkedWindow(width: integer(&numbers, sizeText), height: integer(&numbers, sizeText), at: sizeText)
        var features: [HaarFeature] = []
        let stageList = try required("stages", of: top)
        for stage in tree.children(of: stageList) {
            let first = trees.count
            for list in tree.children(of: try required("trees", of: stage)) {
                let firstNode = nodes.count, firstLeaf = leaves.count
                for node in tree.children(of: list) {
                    features.append(try haarFeature(required("feature", of: node), window))
                    let threshold = try float(required("threshold", of: node))
                    let left = try oldChild(node, value: "left_val", next: "left_node", firstLeaf)
                    let right = try oldChild(node, value: "right_val", next: "right_node", firstLeaf)
                    nodes.append(.init(left: left, right: right, feature: features.count - 1, threshold: threshold, subset: 0))
                }
                try finishTree(list, firstNode: firstNode, firstLeaf: firstLeaf)
            }
            try finishStage(stage, firstTree: first, threshold: float(required("stage_threshold", of: stage)))
        }
        return try model(window, .haar(features), stageList)
    }

    /// Leaves are numbered in order of appearance, left before right; node numbers are used as they stand.
    private mutating func oldChild(_ node: Int, value: StaticString, next: StaticString, _ firstLeaf: Int) throws(CascadeError) -> Int {
        if let leaf = tree.child(value, of: node) {
            leaves.append(try float(leaf))
            return firstLeaf + 1 - leaves.count
        }
        let child = try required(next, of: node)
        let index = try integer(child)
        guard index > 0 else { throw invalid(child, "node \(index)", "a node number above 0") }
        return index
    }
}
