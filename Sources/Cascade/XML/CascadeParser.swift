import Imaging

/// Turns the bytes of a cascade file, in the format of OpenCV 2.4 and later or in the older one, into a checked model.
struct CascadeParser {
    let tree: XMLTree
    var stages: [CascadeModel.Stage] = []
    var trees: [CascadeModel.Tree] = []
    var nodes: [CascadeModel.Node] = []
    var leaves: [Float] = []
    var subsets: [UInt32] = []

    /// - Throws: `CascadeError` with the place and what was found there.
    /// - Complexity: O(bytes).
    static func parse(_ bytes: [UInt8]) throws(CascadeError) -> CascadeModel {
        let tree = try XMLTree(bytes)
        guard tree.isNamed(0, "opencv_storage") else {
            let name = String(decoding: bytes[tree.elements[0].name], as: UTF8.self)
            throw CascadeError.invalid(element: name, at: tree.position(ofElement: 0), found: name, expected: "opencv_storage as the root")
        }
        guard let top = tree.children(of: 0).first(where: { _ in true }) else {
            throw CascadeError.invalid(
                element: "opencv_storage", at: tree.position(ofElement: 0), found: "no element", expected: "a cascade")
        }
        var parser = CascadeParser(tree: tree)
        return try tree.child("stageType", of: top) != nil ? parser.newFormat(top) : parser.oldFormat(top)
    }

    private mutating func newFormat(_ top: Int) throws(CascadeError) -> CascadeModel {
        try requireWord("BOOST", in: "stageType", of: top, supported: "BOOST")
        let type = try required("featureType", of: top)
        let isLBP = word(type) == "LBP"
        guard isLBP || word(type) == "HAAR" else {
            throw unsupported(type, word(type), "HAAR and LBP")
        }
        let window = try checkedWindow(
            width: integer(required("width", of: top)), height: integer(required("height", of: top)), at: top)
        let featureList = try required("features", of: top)
        let kind: CascadeModel.Kind =
            isLBP ? .lbp(try lbpFeatures(featureList, window)) : .haar(try haarFeatures(featureList, window))
        let categories = try integer(required("maxCatCount", of: required("featureParams", of: top)))
        guard categories == (isLBP ? 256 : 0) else {
            throw invalid(top, "maxCatCount \(categories)", isLBP ? "256, the codes of a local binary pattern" : "0 for HAAR")
        }
        let count = tree.children(of: featureList).reduce(0) { n, _ in n + 1 }
        let stageList = try required("stages", of: top)
        for stage in tree.children(of: stageList) {
            let threshold = try float(required("stageThreshold", of: stage))
            let first = trees.count
            for weak in tree.children(of: try required("weakClassifiers", of: stage)) {
                try appendTree(weak, featureCount: count, isLBP: isLBP)
            }
            try finishStage(stage, firstTree: first, threshold: threshold)
        }
        return try model(window, kind, stageList)
    }

    private mutating func appendTree(_ weak: Int, featureCount: Int, isLBP: Bool) throws(CascadeError) {
        let nodeText = try required("internalNodes", of: weak)
        var numbers = NumberReader(tree.bytes, tree.elements[nodeText].content)
        let firstNode = nodes.count
        while numbers.advance() {
            let left = try integer(&numbers, nodeText)
            let right = try integer(&numbers, nodeText)
            let place = numbers.at
            let feature = try integer(&numbers, nodeText)
            guard (0..<featureCount).contains(feature) else {
                throw CascadeError.invalid(
                    element: tree.path(to: nodeText), at: tree.position(of: place), found: "feature \(feature)",
                    expected: "0..<\(featureCount)")
            }
            var node = CascadeModel.Node(left: left, right: right, feature: feature, threshold: 0, subset: subsets.count)
            if isLBP {
                for _ in 0..<8 { subsets.append(UInt32(bitPattern: Int32(try integer(&numbers, nodeText)))) }
            } else {
                node.threshold = try float(&numbers, nodeText)
            }
            nodes.append(node)
        }
        let leafText = try required("leafValues", of: weak)
        var values = NumberReader(tree.bytes, tree.elements[leafText].content)
        let firstLeaf = leaves.count
        while values.advance() { leaves.append(try float(&values, leafText)) }
        try finishTree(weak, firstNode: firstNode, firstLeaf: firstLeaf)
    }

    private func haarFeatures(_ list: Int, _ window: Size) throws(CascadeError) -> [HaarFeature] {
        var features: [HaarFeature] = []
        for element in tree.children(of: list) { features.append(try haarFeature(element, window)) }
        return features
    }

    /// `<rects>` with one to three `x y width height weight`, and `<tilted>`.
    func haarFeature(_ element: Int, _ window: Size) throws(CascadeError) -> HaarFeature {
        var isTilted = false
        if let mark = tree.child("tilted", of: element) { isTilted = try integer(mark) != 0 }
        let list = try required("rects", of: element)
        var rects: [HaarFeature.WeightedRect] = []
        for item in tree.children(of: list) {
            var numbers = NumberReader(tree.bytes, tree.elements[item].content)
            let rect = Rect(
                x: try integer(&numbers, item), y: try integer(&numbers, item), width: try integer(&numbers, item),
                height: try integer(&numbers, item))
            let weight = try float(&numbers, item)
            let extent =
                isTilted
                ? Rect(x: rect.x - rect.height, y: rect.y, width: rect.width + rect.height, height: rect.width + rect.height) : rect
            try check(rect, extent: extent, inside: window, item)
            rects.append(.init(rect: rect, weight: weight))
        }
        guard (1...3).contains(rects.count) else { throw invalid(list, "\(rects.count) rectangles", "1 to 3") }
        return HaarFeature(rects: rects, isTilted: isTilted)
    }

    private func lbpFeatures(_ list: Int, _ window: Size) throws(CascadeError) -> [LBPFeature] {
        var features: [LBPFeature] = []
        for element in tree.children(of: list) {
            let item = try required("rect", of: element)
            var numbers = NumberReader(tree.bytes, tree.elements[item].content)
            let block = Rect(
                x: try integer(&numbers, item), y: try integer(&numbers, item), width: try integer(&numbers, item),
                height: try integer(&numbers, item))
            let feature = LBPFeature(block: block)
            try check(block, extent: feature.grid, inside: window, item)
            features.append(feature)
        }
        return features
    }

    private func check(_ rect: Rect, extent: Rect, inside window: Size, _ element: Int) throws(CascadeError) {
        let bounds = Rect(x: 0, y: 0, width: window.width, height: window.height)
        guard rect.width >= 0, rect.height >= 0, bounds.contains(extent) else {
            throw invalid(element, "the rectangle \(rect), reaching over \(extent)", "one inside the \(window) window")
        }
    }
}
