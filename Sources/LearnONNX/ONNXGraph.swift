import Foundation
import Learn

/// A graph of ONNX operators while it is being put together: every node's result is a new value, so nodes stand in the order in
/// which they can be computed.
///
/// Unless said otherwise a value is double precision, one row a sample.
struct ONNXGraph {
    /// The result of a node, an initialiser or the graph's input.
    struct Value: Hashable {
        let name: String
    }

    private(set) var proto = Onnx_GraphProto()

    /// A node with one result.
    mutating func add(
        _ operation: String, _ inputs: Value..., attributes: [Onnx_AttributeProto] = [], domain: String = ""
    ) -> Value {
        add(operation, inputs, results: 1, attributes: attributes, domain: domain)[0]
    }

    /// A node with any number of inputs and results.
    mutating func add(
        _ operation: String, _ inputs: [Value], results: Int, attributes: [Onnx_AttributeProto] = [], domain: String = ""
    ) -> [Value] {
        let name = "\(operation)\(proto.node.count)"
        let outputs = (0..<results).map { Value(name: results == 1 ? name : "\(name).\($0)") }
        var node = Onnx_NodeProto()
        node.name = name
        node.opType = operation
        node.domain = domain
        node.input = inputs.map(\.name)
        node.output = outputs.map(\.name)
        node.attribute = attributes
        proto.node.append(node)
        return outputs
    }

    /// Gives a value the name under which it leaves the graph.
    mutating func output(_ value: Value, as name: String, type: Onnx_TensorProto.DataType, columns: Int?, explanation: String) {
        var node = Onnx_NodeProto()
        node.name = name
        node.opType = "Identity"
        node.input = [value.name]
        node.output = [name]
        proto.node.append(node)
        proto.output.append(Self.description(name, type: type, columns: columns, explanation: explanation))
    }

    mutating func input(_ name: String, type: Onnx_TensorProto.DataType, columns: Int, explanation: String) -> Value {
        proto.input.append(Self.description(name, type: type, columns: columns, explanation: explanation))
        return Value(name: name)
    }

    mutating func setName(_ name: String) { proto.name = name }

    // MARK: Constants

    mutating func constant(_ numbers: [Double], shape: [Int]? = nil) -> Value {
        constant(.onnx(numbers, shape: shape ?? [numbers.count]))
    }

    mutating func constant(_ number: Double) -> Value { constant([number], shape: []) }

    mutating func constant(_ matrix: DoubleMatrix) -> Value { constant(matrix.values, shape: [matrix.rows, matrix.columns]) }

    /// Kept in single precision in the file, used in double.
    mutating func constant(_ matrix: Matrix) -> Value {
        widened(constant(.onnx(matrix.values, shape: [matrix.rows, matrix.columns])))
    }

    mutating func constant(_ numbers: [Int]) -> Value { constant(.onnx(numbers)) }

    mutating func constant(_ texts: [String]) -> Value { constant(.onnx(texts)) }

    private mutating func constant(_ tensor: Onnx_TensorProto) -> Value {
        var named = tensor
        named.name = "constant\(proto.initializer.count)"
        proto.initializer.append(named)
        return Value(name: named.name)
    }

    // MARK: Common steps

    mutating func widened(_ value: Value) -> Value { cast(value, to: .double) }

    mutating func cast(_ value: Value, to type: Onnx_TensorProto.DataType) -> Value {
        add("Cast", value, attributes: [.onnx("to", type.rawValue)])
    }

    /// Rounds to single precision, as rows between preprocessing steps are.
    mutating func rounded(_ value: Value) -> Value { widened(cast(value, to: .float)) }

    /// Keeps the leading 33 bits (Dekker's splitting), so that numbers that differ by the order of additions alone become equal.
    mutating func leadingBits(_ value: Value) -> Value {
        let scaled = add("Mul", value, constant(1_048_577))  // 2^20 + 1
        return add("Sub", scaled, add("Sub", scaled, value))
    }

    /// Sum over columns, as one column.
    mutating func rowSum(_ value: Value) -> Value {
        add("ReduceSum", value, constant([1]), attributes: [.onnx("keepdims", 1)])
    }

    /// Squared length of every row, as one column.
    mutating func squaredNorms(_ value: Value) -> Value { rowSum(add("Mul", value, value)) }

    /// The column of the largest number in each row, the first of equals: int64.
    mutating func argmax(_ value: Value) -> Value {
        add("ArgMax", value, attributes: [.onnx("axis", 1), .onnx("keepdims", 0), .onnx("select_last_index", 0)])
    }

    private static func description(
        _ name: String, type: Onnx_TensorProto.DataType, columns: Int?, explanation: String
    ) -> Onnx_ValueInfoProto {
        var shape = Onnx_TensorShapeProto()
        var rows = Onnx_TensorShapeProto.Dimension()
        rows.dimParam = "rows"
        shape.dim = [rows]
        if let columns {
            var width = Onnx_TensorShapeProto.Dimension()
            width.dimValue = Int64(columns)
            shape.dim.append(width)
        }
        var tensor = Onnx_TypeProto.Tensor()
        tensor.elemType = Int32(type.rawValue)
        tensor.shape = shape
        var info = Onnx_ValueInfoProto()
        info.name = name
        info.docString = explanation
        info.type.tensorType = tensor
        return info
    }
}
