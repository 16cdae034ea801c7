import Foundation
import Learn
import LearnONNX

/// Runs the operators that exported graphs use, slowly and straight from their definitions (https://onnx.ai/onnx/operators).
struct ONNXInterpreter {
    struct Array: Equatable {
        var shape: [Int]
        var values: [Double] = []
        var texts: [String] = []
    }
    enum Failure: Error { case unknown(String) }

    let model: Onnx_ModelProto

    /// All outputs of the graph.
    func run(_ rows: Matrix) throws -> [String: Array] {
        var known = ["features": Array(shape: [rows.rows, rows.columns], values: rows.values.map(Double.init))]
        for tensor in model.graph.initializer { known[tensor.name] = try Self.array(tensor) }
        for node in model.graph.node {
            let inputs = try node.input.map { name in
                guard let value = known[name] else { throw Failure.unknown(name) }
                return value
            }
            for (name, value) in zip(node.output, try evaluate(node, inputs)) { known[name] = value }
        }
        return known.filter { entry in model.graph.output.contains { $0.name == entry.key } }
    }

    static func array(_ tensor: Onnx_TensorProto) throws -> Array {
        let shape = tensor.dims.map(Int.init)
        let bytes = [UInt8](tensor.rawData)
        switch Onnx_TensorProto.DataType(rawValue: Int(tensor.dataType)) {
        case .double:
            guard let doubles = Tensor(type: .float64, shape: shape, bytes: bytes).doubles else { throw Failure.unknown("float64 tensor") }
            return Array(shape: shape, values: doubles)
        case .float:
            guard let floats = Tensor(type: .float32, shape: shape, bytes: bytes).floats else { throw Failure.unknown("float32 tensor") }
            return Array(shape: shape, values: floats.map(Double.init))
        case .int64:
            let words = bytes.withUnsafeBytes { raw in
                (0..<raw.count / 8).map { Double(Int64(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))) }
            }
            return Array(shape: shape, values: words)
        case .string: return Array(shape: shape, texts: tensor.stringData.map { String(decoding: $0, as: UTF8.self) })
        default: throw Failure.unknown("type \(tensor.dataType)")
        }
    }

    private func evaluate(_ node: Onnx_NodeProto, _ x: [Array]) throws -> [Array] {
        func attribute(_ name: String) -> Int? { node.attribute.first { $0.name == name }.map { Int($0.i) } }
        func each(_ body: (Double) -> Double) -> [Array] { [Array(shape: x[0].shape, values: x[0].values.map(body))] }
        func pairs(_ body: (Double, Double) -> Double) -> [Array] { [Self.broadcast(x, body: { body($0[0], $0[1]) })] }
        switch node.opType {
        case "Identity": return [x[0]]
        case "Cast": return attribute("to") == 1 ? each { Double(Float($0)) } : [x[0]]
        case "Add": return pairs(+)
        case "Sub": return pairs(-)
        case "Mul": return pairs(*)
        case "Div": return pairs(/)
        case "Max": return pairs(max)
        case "Pow": return pairs(pow)
        case "Greater": return pairs { $0 > $1 ? 1 : 0 }
        case "Equal": return pairs { $0 == $1 ? 1 : 0 }
        case "Where": return [Self.broadcast(x, body: { $0[0] != 0 ? $0[1] : $0[2] })]
        case "Clip": return each { min(x[2].values[0], max(x[1].values[0], $0)) }
        case "Sqrt": return each { $0.squareRoot() }
        case "Exp": return each { exp($0) }
        case "Log": return each { log($0) }
        case "Tanh": return each { tanh($0) }
        case "Sigmoid": return each { 1 / (1 + exp(-$0)) }
        case "Unsqueeze": return [Array(shape: x[0].shape + [1], values: x[0].values)]
        case "MatMul":
            let (rows, inner, columns) = (x[0].shape[0], x[0].shape[1], x[1].shape[1])
            var product = [Double](repeating: 0, count: rows * columns)
            for row in 0..<rows {
                for k in 0..<inner {
                    for column in 0..<columns {
                        product[row * columns + column] += x[0].values[row * inner + k] * x[1].values[k * columns + column]
                    }
                }
            }
            return [Array(shape: [rows, columns], values: product)]
        case "ReduceSum":
            let (rows, middle) = (x[0].shape[0], x[0].shape[1])
            let inner = x[0].shape.count == 3 ? x[0].shape[2] : 1
            var sums = [Double](repeating: 0, count: rows * inner)
            for place in x[0].values.indices { sums[place / (middle * inner) * inner + place % inner] += x[0].values[place] }
            return [Array(shape: attribute("keepdims") == 1 ? [rows, 1] : [rows, inner], values: sums)]
        case "Softmax":
            return [
                Self.byRow(x[0]) { row in
                    let highest = row.max() ?? 0
                    let powers = row.map { exp($0 - highest) }
                    return powers.map { $0 / powers.reduce(0, +) }
                }
            ]
        case "ArgMax":
            var winners = Self.byRow(x[0]) { row in [Double(row.firstIndex(of: row.max() ?? 0) ?? 0)] }
            winners.shape.removeLast()
            return [winners]
        case "Gather" where attribute("axis") == 1: return [Self.byRow(x[0]) { row in x[1].values.map { row[Int($0)] } }]
        case "Gather":
            let indices = x[1].values.map { Int($0) }
            let width = x[0].shape.dropFirst().reduce(1, *)
            return [
                Array(
                    shape: x[1].shape + x[0].shape.dropFirst(),
                    values: x[0].values.isEmpty ? [] : indices.flatMap { x[0].values[$0 * width..<($0 + 1) * width] },
                    texts: x[0].texts.isEmpty ? [] : indices.map { x[0].texts[$0] })
            ]
        case "Split":
            var start = 0
            return x[1].values.map { length in
                defer { start += Int(length) }
                return Self.byRow(x[0]) { row in Swift.Array(row[start..<start + Int(length)]) }
            }
        case "Concat":
            let rows = x[0].shape[0]
            let values = (0..<rows).flatMap { row in
                x.flatMap { part in part.values[row * part.shape[1]..<(row + 1) * part.shape[1]] }
            }
            return [Array(shape: [rows, values.count / rows], values: values)]
        case "TopK":
            let order = Self.byRow(x[0]) { row in
                let sorted = row.indices.sorted { (row[$0], $0) < (row[$1], $1) }
                return sorted.prefix(Int(x[1].values[0])).map(Double.init)
            }
            let count = order.shape[1]
            let nearest = order.values.enumerated().map { x[0].values[$0.offset / count * x[0].shape[1] + Int($0.element)] }
            return [Array(shape: order.shape, values: nearest), order]
        case "TreeEnsembleRegressor": return [try Self.trees(node, x[0])]
        default: throw Failure.unknown(node.opType)
        }
    }

    private static func byRow(_ x: Array, _ body: ([Double]) -> [Double]) -> Array {
        let rows = (0..<x.shape[0]).map { body(Swift.Array(x.values[$0 * x.shape[1]..<($0 + 1) * x.shape[1]])) }
        return Array(shape: [x.shape[0], rows.first?.count ?? 0], values: rows.flatMap { $0 })
    }

    /// Shapes are aligned at their ends; extents of 1 repeat.
    private static func broadcast(_ x: [Array], body: ([Double]) -> Double) -> Array {
        let rank = x.map(\.shape.count).max() ?? 0
        let shapes = x.map { [Int](repeating: 1, count: rank - $0.shape.count) + $0.shape }
        let shape = (0..<rank).map { axis in shapes.map { $0[axis] }.max() ?? 1 }
        let values = (0..<shape.reduce(1, *)).map { place in
            body(
                zip(x, shapes).map { array, own in
                    var (rest, stride, index) = (place, 1, 0)
                    for axis in (0..<rank).reversed() {
                        index += own[axis] == 1 ? 0 : rest % shape[axis] * stride
                        stride *= own[axis]
                        rest /= shape[axis]
                    }
                    return array.values[index]
                })
        }
        return Array(shape: shape, values: values)
    }

    private static func trees(_ node: Onnx_NodeProto, _ rows: Array) throws -> Array {
        func find(_ name: String) throws -> Onnx_AttributeProto {
            guard let attribute = node.attribute.first(where: { $0.name == name }) else { throw Failure.unknown(name) }
            return attribute
        }
        func ints(_ name: String) throws -> [Int] { try find(name).ints.map(Int.init) }
        func doubles(_ name: String) throws -> [Double] { try array(find(name).t).values }
        struct Place: Hashable { var tree, node: Int }
        let places = zip(try ints("nodes_treeids"), try ints("nodes_nodeids")).map { Place(tree: $0, node: $1) }
        let number = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($0.element, $0.offset) })
        let (features, thresholds) = (try ints("nodes_featureids"), try doubles("nodes_values_as_tensor"))
        let (lefts, rights) = (try ints("nodes_truenodeids"), try ints("nodes_falsenodeids"))
        let isLeaf = try find("nodes_modes").strings.map { $0 == Data("LEAF".utf8) }
        var leaves: [Place: [(label: Int, weight: Double)]] = [:]
        let targets = zip(
            zip(try ints("target_treeids"), try ints("target_nodeids")),
            zip(try ints("target_ids"), try doubles("target_weights_as_tensor")))
        for (place, weight) in targets { leaves[Place(tree: place.0, node: place.1), default: []].append(weight) }
        let targetCount = Int(try find("n_targets").i)
        return byRow(rows) { row in
            var sums = [Double](repeating: 0, count: targetCount)
            for tree in Set(places.map(\.tree)).sorted() {
                var place = Place(tree: tree, node: 0)
                while let index = number[place], !isLeaf[index] {
                    place.node = row[features[index]] <= thresholds[index] ? lefts[index] : rights[index]
                }
                for (label, weight) in leaves[place] ?? [] { sums[label] += weight }
            }
            return sums.map { Double(Float($0)) }
        }
    }
}
