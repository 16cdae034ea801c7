import Learn

/// Sizes in a file, without writing it: a graph that is too large cannot be written to be measured.

extension Onnx_GraphProto {
    /// Bytes of the graph in a file: its numbers, texts and names, and a few bytes for each node and tensor.
    /// - Complexity: O(nodes + tensors + integers and texts in attributes).
    package var estimatedBytes: Int {
        initializer.reduce(0) { $0 + Self.field($1.estimatedBytes) } + node.reduce(0) { $0 + Self.field($1.estimatedBytes) }
    }

    /// Bytes of a field that says its length: a tag, the length, the content.
    fileprivate static func field(_ content: Int) -> Int { 1 + varint(UInt64(content)) + content }

    /// Bytes of an integer, seven bits in each (https://protobuf.dev/programming-guides/encoding).
    fileprivate static func varint(_ number: UInt64) -> Int { (UInt64.bitWidth - (number | 1).leadingZeroBitCount + 6) / 7 }
}

extension Onnx_NodeProto {
    fileprivate var estimatedBytes: Int {
        let texts = input + output + [name, opType, domain]
        return texts.reduce(0) { $0 + Onnx_GraphProto.field($1.utf8.count) }
            + attribute.reduce(0) { $0 + Onnx_GraphProto.field($1.estimatedBytes) }
    }
}

extension Onnx_AttributeProto {
    fileprivate var estimatedBytes: Int {
        let numbers = ints.reduce(0) { $0 + Onnx_GraphProto.varint(UInt64(bitPattern: $1)) }
        let texts = strings.reduce(0) { $0 + Onnx_GraphProto.field($1.count) }
        return Onnx_GraphProto.field(name.utf8.count) + numbers + texts + s.count + (hasT ? t.estimatedBytes : 0)
    }
}

extension Onnx_TensorProto {
    fileprivate var estimatedBytes: Int {
        let texts = stringData.reduce(0) { $0 + Onnx_GraphProto.field($1.count) }
        return Onnx_GraphProto.field(name.utf8.count) + texts + rawData.count
    }
}
