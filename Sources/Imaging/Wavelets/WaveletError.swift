import Foundation

/// Why a wavelet, a transform or its inverse was refused.
public enum WaveletError: Error, Hashable, Sendable, CustomStringConvertible, LocalizedError {
    /// No discrete wavelet has this name; `WaveletFamily.allNames` lists those that exist.
    case unknownWavelet(name: String)
    /// A user-supplied bank needs four filters of one even, positive length; these were their lengths.
    case unusableFilterBank(analysisLow: Int, analysisHigh: Int, synthesisLow: Int, synthesisHigh: Int)
    /// A signal or plane without a single value.
    case emptyInput
    /// The boundary mode is not defined for so few samples (reflect and antireflect need two).
    case tooShort(length: Int, mode: BoundaryMode)
    /// A parameter outside its range; `allowed` says the range.
    case invalidParameter(name: String, value: String, allowed: String)
    /// Bands that do not come from one transform: a size that does not follow from the others.
    case mismatchedBands(expected: Size, found: Size)
    /// The inverse needs at least half a filter of coefficients along each axis.
    case tooFewCoefficients(found: Int, needed: Int)
    /// A stationary transform of so many levels needs a length divisible by 2^levels.
    case indivisibleLength(Int, by: Int)
    /// A packet path may hold only these letters.
    case badPacketPath(String, letters: String)

    /// What was found and what is needed, in one line without a full stop.
    public var description: String {
        switch self {
        case .unknownWavelet(let name): "no discrete wavelet is called \"\(name)\""
        case .unusableFilterBank(let al, let ah, let sl, let sh):
            "a filter bank needs four filters of one even length, found \(al), \(ah), \(sl) and \(sh)"
        case .emptyInput: "there is nothing to transform"
        case .tooShort(let length, let mode): "mode \(mode) needs at least 2 samples, found \(length)"
        case .invalidParameter(let name, let value, let allowed): "\(name) is \(value), allowed: \(allowed)"
        case .mismatchedBands(let expected, let found): "bands do not belong together: expected \(expected), found \(found)"
        case .tooFewCoefficients(let found, let needed): "the inverse needs at least \(needed) coefficients along each axis, found \(found)"
        case .indivisibleLength(let length, let factor): "a length of \(length) is not divisible by \(factor)"
        case .badPacketPath(let path, let letters): "packet path \"\(path)\" holds more than the letters \(letters)"
        }
    }

    /// The same, for alerts.
    public var errorDescription: String? { description }

    /// - Throws: `invalidParameter` for fewer levels than `least`.
    static func checkLevels(_ levels: Int, least: Int) throws(WaveletError) {
        if levels < least { throw .invalidParameter(name: "levels", value: "\(levels)", allowed: "\(least) or more") }
    }
}
