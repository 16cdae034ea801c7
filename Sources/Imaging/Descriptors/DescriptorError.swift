/// Why a descriptor or normalisation was refused.
public enum DescriptorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A parameter outside its range; `allowed` says the range.
    case badParameter(name: String, value: String, allowed: String)
    /// The picture is smaller than one of the descriptor's units.
    case tooSmall(found: Size, needed: Size)
    /// Two eyes in one place give no direction.
    case eyesCoincide

    public var description: String {
        switch self {
        case .badParameter(let name, let value, let allowed): "\(name) is \(value), allowed: \(allowed)"
        case .tooSmall(let found, let needed): "a picture of \(found) is too small, needed: \(needed)"
        case .eyesCoincide: "both eyes are in one place"
        }
    }

    /// Throws `badParameter` unless `isAllowed`.
    static func require(
        _ isAllowed: Bool, _ name: String, _ value: some CustomStringConvertible, _ allowed: String
    ) throws(DescriptorError) {
        if !isAllowed { throw .badParameter(name: name, value: "\(value)", allowed: allowed) }
    }
}

/// Something that describes a gray picture by a fixed number of features.
public protocol GrayDescriptor: Sendable {
    /// The number of features of a picture of this size.
    /// - Throws: `DescriptorError.tooSmall`.
    func length(for size: Size) throws(DescriptorError) -> Int
    /// The features: `length(for: gray.size)` numbers.
    /// - Throws: `DescriptorError.tooSmall`.
    func features(of gray: Gray) throws(DescriptorError) -> [Float]
}
