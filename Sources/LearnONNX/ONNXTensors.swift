import Foundation
import Learn

extension Onnx_TensorProto {
    static func onnx(_ numbers: [Double], shape: [Int]) -> Self {
        make(.double, shape: shape, bytes: Tensor(numbers).bytes)
    }

    static func onnx(_ numbers: [Float], shape: [Int]) -> Self {
        make(.float, shape: shape, bytes: Tensor(numbers).bytes)
    }

    static func onnx(_ numbers: [Int]) -> Self {
        let words = numbers.map { Int64($0).littleEndian }
        return make(.int64, shape: [numbers.count], bytes: Tensor.bytes(words))
    }

    static func onnx(_ texts: [String]) -> Self {
        var tensor = make(.string, shape: [texts.count], bytes: [])
        tensor.stringData = texts.map { Data($0.utf8) }
        return tensor
    }

    private static func make(_ type: DataType, shape: [Int], bytes: [UInt8]) -> Self {
        var tensor = Onnx_TensorProto()
        tensor.dataType = Int32(type.rawValue)
        tensor.dims = shape.map(Int64.init)
        tensor.rawData = Data(bytes)
        return tensor
    }
}

extension Onnx_AttributeProto {
    static func onnx(_ name: String, _ number: Int) -> Self {
        var attribute = named(name, .int)
        attribute.i = Int64(number)
        return attribute
    }

    static func onnx(_ name: String, _ numbers: [Int]) -> Self {
        var attribute = named(name, .ints)
        attribute.ints = numbers.map(Int64.init)
        return attribute
    }

    static func onnx(_ name: String, _ text: String) -> Self {
        var attribute = named(name, .string)
        attribute.s = Data(text.utf8)
        return attribute
    }

    static func onnx(_ name: String, _ texts: [String]) -> Self {
        var attribute = named(name, .strings)
        attribute.strings = texts.map { Data($0.utf8) }
        return attribute
    }

    static func onnx(_ name: String, _ numbers: [Double]) -> Self {
        var attribute = named(name, .tensor)
        attribute.t = .onnx(numbers, shape: [numbers.count])
        return attribute
    }

    private static func named(_ name: String, _ type: AttributeType) -> Self {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        attribute.type = type
        return attribute
    }
}
