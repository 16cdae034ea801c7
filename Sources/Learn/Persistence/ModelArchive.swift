import Foundation
import Support

/// Writes the parts of a model into a safetensors file under a common prefix, and reads them back with every number checked.
///
/// Numbers are tensors; what is not a number is one JSON text under the metadata key "PREFIX.schema".
struct ModelArchive {
    /// The version of the schema written; readers refuse newer ones.
    static let schemaVersion = 1

    var file: Safetensors
    let prefix: String

    func key(_ name: String) -> String { "\(prefix).\(name)" }

    // MARK: Writing

    mutating func put(_ name: String, _ tensor: Tensor) { file.tensors[key(name)] = tensor }
    mutating func put(_ name: String, _ matrix: Matrix) { put(name, Tensor(matrix.values, shape: [matrix.rows, matrix.columns])) }
    mutating func put(_ name: String, _ matrix: DoubleMatrix) { put(name, Tensor(matrix.values, shape: [matrix.rows, matrix.columns])) }
    mutating func put(_ name: String, _ numbers: [Double]) { put(name, Tensor(numbers)) }
    mutating func put(_ name: String, _ numbers: [Int]) { put(name, Tensor(numbers.map { Int32(clamping: $0) })) }

    // MARK: Reading

    private func tensor(_ name: String, _ expected: String) throws(LearnError) -> Tensor {
        guard let tensor = file.tensors[key(name)] else {
            throw LearnError.modelEntry(name: key(name), expected: expected, found: "nothing")
        }
        return tensor
    }

    private func mismatch(_ name: String, _ expected: String, _ tensor: Tensor) -> LearnError {
        .modelEntry(name: key(name), expected: expected, found: "\(tensor.type.rawValue) \(tensor.shape)")
    }

    /// Finite numbers; `count` of them when given.
    func doubles(_ name: String, count: Int? = nil) throws(LearnError) -> [Double] {
        let expected = "F64 [\(count.map(String.init) ?? "any")], finite"
        let tensor = try tensor(name, expected)
        guard let numbers = tensor.doubles, tensor.shape.count == 1, count.map({ $0 == numbers.count }) ?? true,
            numbers.allSatisfy(\.isFinite)
        else { throw mismatch(name, expected, tensor) }
        return numbers
    }

    /// Finite numbers in rows and columns, of the extents given.
    func doubleMatrix(_ name: String, rows: Int? = nil, columns: Int? = nil) throws(LearnError) -> DoubleMatrix {
        let expected = "F64 [\(rows.map(String.init) ?? "any"), \(columns.map(String.init) ?? "any")], finite"
        let tensor = try tensor(name, expected)
        guard let numbers = tensor.doubles, Self.fits(tensor.shape, rows, columns), numbers.allSatisfy(\.isFinite) else {
            throw mismatch(name, expected, tensor)
        }
        return DoubleMatrix(rows: tensor.shape[0], columns: tensor.shape[1], values: numbers)
    }

    /// Finite numbers in rows and columns, of the extents given.
    func matrix(_ name: String, rows: Int? = nil, columns: Int? = nil) throws(LearnError) -> Matrix {
        let expected = "F32 [\(rows.map(String.init) ?? "any"), \(columns.map(String.init) ?? "any")], finite"
        let tensor = try tensor(name, expected)
        guard let numbers = tensor.floats, Self.fits(tensor.shape, rows, columns), numbers.allSatisfy(\.isFinite) else {
            throw mismatch(name, expected, tensor)
        }
        return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: numbers)
    }

    /// Whole numbers in `range`; `count` of them when given.
    func integers(_ name: String, count: Int? = nil, in range: ClosedRange<Int>) throws(LearnError) -> [Int] {
        let expected = "I32 [\(count.map(String.init) ?? "any")] in \(range)"
        let tensor = try tensor(name, expected)
        guard let numbers = tensor.int32s, tensor.shape.count == 1, count.map({ $0 == numbers.count }) ?? true,
            numbers.allSatisfy({ range.contains(Int($0)) })
        else { throw mismatch(name, expected, tensor) }
        return numbers.map(Int.init)
    }

    private static func fits(_ shape: [Int], _ rows: Int?, _ columns: Int?) -> Bool {
        shape.count == 2 && rows.map { $0 == shape[0] } ?? true && columns.map { $0 == shape[1] } ?? true
    }

    /// - Throws: ``LearnError/modelEntry(name:expected:found:)`` for numbers that are not finite.
    mutating func put<Entry: Encodable>(_ name: String, json entry: Entry) throws(LearnError) {
        do {
            file.metadata[key(name)] = String(decoding: try JSON.encode(entry), as: UTF8.self)
        } catch {
            throw LearnError.modelEntry(name: key(name), expected: "what JSON can hold", found: "\(error)")
        }
    }

    /// A JSON entry of the metadata; nil when there is none.
    func json<Entry: Decodable>(_ name: String, _ type: Entry.Type) throws(LearnError) -> Entry? {
        guard let text = file.metadata[key(name)] else { return nil }
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw LearnError.modelEntry(name: key(name), expected: "JSON of a \(type)", found: "\(error)")
        }
    }

    func schema<Schema: Decodable>(_ type: Schema.Type) throws(LearnError) -> Schema {
        if let text = file.metadata[key("schema")],
            let version = try? JSONDecoder().decode(SchemaVersion.self, from: Data(text.utf8)).version, version > Self.schemaVersion
        {
            throw LearnError.unsupportedSchema(found: version, newestKnown: Self.schemaVersion)
        }
        guard let schema = try json("schema", type) else {
            throw LearnError.modelEntry(name: key("schema"), expected: "JSON metadata", found: "nothing")
        }
        return schema
    }

    /// - Throws: ``LearnError/modelEntry(name:expected:found:)`` unless the condition holds.
    func require(_ holds: Bool, _ name: String, _ expected: String, _ found: @autoclosure () -> String) throws(LearnError) {
        guard holds else { throw LearnError.modelEntry(name: key(name), expected: expected, found: found()) }
    }
}

/// What every version of the schema has.
private struct SchemaVersion: Decodable {
    var version: Int
}
