import Foundation

/// Why a descriptor or normalisation was refused.
public enum DescriptorError: Error, Hashable, Sendable, CustomStringConvertible, LocalizedError {
    /// A parameter outside its range; `allowed` says the range.
    case invalidParameter(name: String, value: String, allowed: String)
    /// The picture is smaller than one of the descriptor's units.
    case tooSmall(found: Size, needed: Size)
    /// Two places that a warp is to keep apart are one, such as both eyes of a face.
    case placesCoincide

    /// What was found and what is needed, in one line without a full stop.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value, let allowed): "\(name) is \(value), allowed: \(allowed)"
        case .tooSmall(let found, let needed): "a picture of \(found) is too small, needed: \(needed)"
        case .placesCoincide: "two places that give the direction are one"
        }
    }

    /// The same, for alerts.
    public var errorDescription: String? { description }

    /// Throws `invalidParameter` unless `isAllowed`.
    package static func require(
        _ isAllowed: Bool, _ name: String, _ value: some CustomStringConvertible, _ allowed: String
    ) throws(DescriptorError) {
        if !isAllowed { throw .invalidParameter(name: name, value: "\(value)", allowed: allowed) }
    }
}
