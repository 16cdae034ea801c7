import Foundation

/// What can be wrong with rows, labels, parameters or model files. Every case carries what was seen.
public enum LearnError: Error, Equatable, Sendable {
    /// There is nothing to work on; `what` names the thing that is empty ("rows", "candidates", ...).
    case empty(what: String)
    /// As many labels as rows are needed.
    case rowLabelMismatch(rows: Int, labels: Int)
    /// Rows have the wrong number of columns for this model or matrix.
    case featureCountMismatch(expected: Int, found: Int)
    /// A value is NaN or infinite.
    case nonFinite(row: Int, column: Int, value: Float)
    /// A label is negative or not below the number of classes.
    case labelOutOfRange(row: Int, label: Int, classes: Int)
    /// Only one class is present; nothing can be told apart.
    case singleClass(label: Int)
    /// A class below the highest label has no row at all.
    case classWithoutRows(label: Int)
    /// A class has too few rows (or groups, see `unit`) to be both trained on and tested.
    case tooFewInClass(label: Int, found: Int, needed: Int, unit: String)
    /// Every column holds one and the same value in all rows.
    case constantFeatures(columns: Int)
    /// A parameter lies outside its range.
    case invalidParameter(name: String, value: String, allowed: String)
    /// The work would need more memory than allowed.
    case memoryLimit(neededBytes: Int, allowedBytes: Int)
    /// The solver left the finite numbers.
    case diverged(solver: String, iteration: Int)
    /// A learning method from outside this library failed; `reason` is its own error as text.
    case learnerFailed(name: String, reason: String)
    /// A model of a method from outside this library was to be written to a file or exported.
    case notStorable(model: String)
    /// The caller's cancellation was seen.
    case cancelled
    /// A safetensors file or its content is malformed; `offset` is where in the file, in bytes.
    case malformedModel(reason: String, offset: Int)
    /// A tensor or metadata entry that the model needs is missing or of another type or shape.
    case modelEntry(name: String, expected: String, found: String)
    /// The model file was written by a later version of its schema.
    case unsupportedSchema(found: Int, newestKnown: Int)
}

extension LearnError: CustomStringConvertible {
    /// The error in a sentence, with what was seen.
    public var description: String {
        switch self {
        case .empty(let what): "no \(what)"
        case .rowLabelMismatch(let rows, let labels): "\(rows) rows but \(labels) labels"
        case .featureCountMismatch(let expected, let found): "rows have \(found) columns where \(expected) are expected"
        case .nonFinite(let row, let column, let value): "row \(row), column \(column) is \(value)"
        case .labelOutOfRange(let row, let label, let classes): "row \(row) has label \(label), outside 0..<\(classes)"
        case .singleClass(let label): "every row has label \(label); at least two classes are needed"
        case .classWithoutRows(let label): "no row has label \(label)"
        case .tooFewInClass(let label, let found, let needed, let unit):
            "label \(label) has \(found) \(unit) where at least \(needed) are needed"
        case .constantFeatures(let columns): "all \(columns) columns are constant over the rows"
        case .invalidParameter(let name, let value, let allowed): "\(name) is \(value), allowed: \(allowed)"
        case .memoryLimit(let needed, let allowed): "\(needed) bytes of memory needed, \(allowed) allowed"
        case .diverged(let solver, let iteration): "\(solver) left the finite numbers at iteration \(iteration)"
        case .learnerFailed(let name, let reason): "\(name) failed: \(reason)"
        case .notStorable(let model): "a model of \(model), a method from outside this library, cannot be written to a file"
        case .cancelled: "cancelled"
        case .malformedModel(let reason, let offset): "malformed model file at byte \(offset): \(reason)"
        case .modelEntry(let name, let expected, let found): "model entry '\(name)': expected \(expected), found \(found)"
        case .unsupportedSchema(let found, let newest): "model schema \(found) is newer than the newest known, \(newest)"
        }
    }
}

extension LearnError: LocalizedError {
    /// The error in a sentence.
    public var errorDescription: String? { description }
}
