import Foundation

/// What can go wrong between a folder of photos and a named face. Each case carries its evidence.
public enum RecognitionError: Error, Sendable, Equatable {
    /// A folder or file that must exist does not.
    case missing(path: String, what: String)
    /// A file could not be read or written; `reason` is the system's own words.
    case inputOutput(path: String, reason: String)
    /// A line of a manifest, or of the answers of a sorted archive, is not what this version writes.
    case damagedManifest(path: String, line: Int, reason: String)
    /// There is nothing, or not enough, to learn from.
    case unusableTrainingSet(path: String, reason: String)
    /// A parameter lies outside its range.
    case invalidParameter(name: String, value: String, allowed: String)
    /// Crops measured by one recipe were given to a model of another.
    case recipeDiffers(path: String, expected: String, found: String)
    /// A folder of crops was cleaned by another way of finding faces than the recipe's.
    case cleanedOtherwise(path: String, recipe: String)
    /// A model file is damaged, of another version, or inconsistent with itself.
    case damagedModel(path: String, reason: String)
    /// The model was trained with a cascade file that differs from the one found here.
    case cascadeDiffers(name: String, expected: String, found: String)
    /// The model does not reproduce a result stored in its own file.
    case selfTestFailed(vector: Int, expected: [Double], found: [Double])
    /// The folder for results lies inside the folder of photos or is the same, or the other way round.
    case outputInsideInput(output: String, input: String)
    /// The results of a job array do not make a whole; `reason` names what is missing.
    case unfinishedShards(path: String, reason: String)
    /// The work was stopped on request; what was finished is kept.
    case cancelled
}

extension RecognitionError: CustomStringConvertible {
    /// What went wrong, where, and what to do, in one sentence.
    public var description: String {
        switch self {
        case .missing(let path, let what):
            "\(path): no such \(what)"
        case .inputOutput(let path, let reason):
            "\(path): \(reason)"
        case .damagedManifest(let path, let line, let reason):
            "\(path), line \(line): \(reason); delete the file and run the same command again"
        case .unusableTrainingSet(let path, let reason), .unfinishedShards(let path, let reason):
            "\(path): \(reason)"
        case .invalidParameter(let name, let value, let allowed):
            "\(name) is \(value), allowed: \(allowed)"
        case .recipeDiffers(let path, let expected, let found):
            "\(path): measured by the recipe \(found), the model by another\(expected == found ? " of that name" : ", \(expected)"); measure the crops by the model's recipe"
        case .cleanedOtherwise(let path, let recipe):
            "\(path): its crops were made by another recipe or version than \(recipe) is here; clean into another folder, or delete this one"
        case .damagedModel(let path, let reason):
            "\(path): not a usable model: \(reason); train it again"
        case .cascadeDiffers(let name, let expected, let found):
            "\(name): the model was trained with a cascade file of SHA-256 \(expected), here is one of \(found); use the file it was trained with"
        case .selfTestFailed(let vector, let expected, let found):
            "self-test vector \(vector) gives \(found), the model file says \(expected); train the model again"
        case .outputInsideInput(let output, let input):
            "\(output) lies inside \(input); choose a folder beside it"
        case .cancelled:
            "stopped; run the same command again to go on where it stopped"
        }
    }
}

extension RecognitionError: LocalizedError {
    /// The same sentence as `description`.
    public var errorDescription: String? { description }
}
