import Imaging

/// The small readers and the checks that both formats share.
extension CascadeParser {
    /// A window's sides, in pixels: OpenCV's normalising rectangle leaves a border of one pixel, so 3 is the least; at 1024 all
    /// sums of a window stay exact in the integers used for them.
    static let windowSides = 3...1024

    func checkedWindow(width: Int, height: Int, at element: Int) throws(CascadeError) -> Size {
        guard Self.windowSides.contains(width), Self.windowSides.contains(height) else {
            throw invalid(element, "a window of \(width)x\(height)", "sides of \(Self.windowSides) pixels")
        }
        return Size(width: width, height: height)
    }

    /// Checks the tree just appended: as many leaves as nodes and one, children that exist, exactly one way to each node.
    mutating func finishTree(_ element: Int, firstNode: Int, firstLeaf: Int) throws(CascadeError) {
        let count = nodes.count - firstNode
        guard count > 0 else { throw invalid(element, "no node", "at least one") }
        guard leaves.count - firstLeaf == count + 1 else {
            throw invalid(element, "\(leaves.count - firstLeaf) leaves for \(count) nodes", "\(count + 1)")
        }
        if count > 1 {
            var isReached = [Bool](repeating: false, count: count)
            var pending = [0]
            while let index = pending.popLast() {
                guard !isReached[index] else { throw invalid(element, "node \(index) with two parents", "a tree") }
                isReached[index] = true
                for child in [nodes[firstNode + index].left, nodes[firstNode + index].right] {
                    guard child < count, child >= -count else {
                        throw invalid(element, "child \(child)", "a node below \(count) or a leaf from -\(count) to 0")
                    }
                    if child > 0 { pending.append(child) }
                }
            }
            // The children of a node that is never reached were not checked above, and nobody could say what it is for.
            if let lost = isReached.firstIndex(of: false) {
                throw invalid(element, "node \(lost) without a parent", "a tree of all \(count) nodes")
            }
        }
        trees.append(.init(nodes: firstNode..<nodes.count, leaves: firstLeaf..<leaves.count))
    }

    mutating func finishStage(_ element: Int, firstTree: Int, threshold: Float) throws(CascadeError) {
        guard trees.count > firstTree else { throw invalid(element, "no weak classifier", "at least one") }
        stages.append(.init(trees: firstTree..<trees.count, threshold: threshold - Float(1e-5)))
    }

    func model(_ window: Size, _ kind: CascadeModel.Kind, _ stageList: Int) throws(CascadeError) -> CascadeModel {
        guard !stages.isEmpty else { throw invalid(stageList, "no stage", "at least one") }
        let model = CascadeModel(
            window: window, kind: kind, stages: stages, trees: trees, nodes: nodes, leaves: leaves, subsets: subsets)
        // A single-node tree inside a cascade of trees uses its child numbers too.
        if !model.isStumpBased {
            for node in trees.filter({ $0.nodes.count == 1 }).map({ nodes[$0.nodes.lowerBound] }) {
                guard (-1...0).contains(node.left), (-1...0).contains(node.right) else {
                    throw invalid(stageList, "children \(node.left) and \(node.right) of a single node", "leaves 0 and -1")
                }
            }
        }
        return model
    }

    func required(_ name: StaticString, of element: Int) throws(CascadeError) -> Int {
        guard let child = tree.child(name, of: element) else {
            throw invalid(element, "no <\(name)>", "one")
        }
        return child
    }

    /// The text of an element without its white space, cut after 40 bytes.
    func word(_ element: Int) -> String {
        String(decoding: tree.bytes[tree.elements[element].content].filter { !isXMLSpace($0) }.prefix(40), as: UTF8.self)
    }

    func requireWord(_ wanted: String, in name: StaticString, of element: Int, supported: String) throws(CascadeError) {
        let child = try required(name, of: element)
        guard word(child) == wanted else { throw unsupported(child, word(child), supported) }
    }

    func integer(_ element: Int) throws(CascadeError) -> Int {
        var numbers = NumberReader(tree.bytes, tree.elements[element].content)
        return try integer(&numbers, element)
    }

    func float(_ element: Int) throws(CascadeError) -> Float {
        var numbers = NumberReader(tree.bytes, tree.elements[element].content)
        return try float(&numbers, element)
    }

    func integer(_ numbers: inout NumberReader, _ element: Int) throws(CascadeError) -> Int {
        guard let value = numbers.integer() else { throw notANumber(numbers, element, "a whole number") }
        return value
    }

    func float(_ numbers: inout NumberReader, _ element: Int) throws(CascadeError) -> Float {
        guard let value = numbers.float() else { throw notANumber(numbers, element, "a finite number") }
        return value
    }

    private func notANumber(_ numbers: NumberReader, _ element: Int, _ expected: String) -> CascadeError {
        .invalid(element: tree.path(to: element), at: tree.position(of: numbers.at), found: numbers.token, expected: expected)
    }

    func invalid(_ element: Int, _ found: String, _ expected: String) -> CascadeError {
        .invalid(element: tree.path(to: element), at: tree.position(ofElement: element), found: found, expected: expected)
    }

    func unsupported(_ element: Int, _ found: String, _ supported: String) -> CascadeError {
        .unsupported(element: tree.path(to: element), at: tree.position(ofElement: element), found: found, supported: supported)
    }
}
