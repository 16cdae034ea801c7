import ArgumentParser
import Cascade
import Collecting
import Foundation
import Imaging
import Learn
import Recognition
import Serve

/// How an error leaves the tool: one line on standard error, and the exit code that sysexits(3) gives its kind.
enum Failure {
    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let missingInput: Int32 = 66
    static let unavailable: Int32 = 69
    static let internalError: Int32 = 70
    static let inputOutput: Int32 = 74

    /// Ends the process. A usage error shows the usage of `command`, the one that ran.
    static func exit(with error: any Error, of command: any ParsableCommand.Type) -> Never {
        guard let code = code(of: error) else { Lineup.exit(withError: error) }
        say(sentence(of: error))
        if code == usage { FileHandle.standardError.write(Data("Usage: \(Lineup.usageString(for: command))\n".utf8)) }
        Foundation.exit(code)
    }

    /// The error in words; a parameter that is an option is called by the option's name.
    static func sentence(of error: any Error) -> String {
        switch error {
        case CascadeError.invalidParameter(let name, let value, let allowed): "\(option(name)) is \(value), expected \(allowed)"
        case RecognitionError.invalidParameter(let name, let value, let allowed): "\(option(name)) is \(value), allowed: \(allowed)"
        default: "\(error)"
        }
    }

    /// "--min-size" for "minSize.width".
    static func option(_ parameter: String) -> String {
        "--" + parameter.prefix { $0 != "." }.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
    }

    /// The exit code of an error of ours; nil leaves the matter to the argument parser.
    static func code(of error: any Error) -> Int32? {
        switch error {
        case let error as RecognitionError:
            switch error {
            case .missing, .unfinishedShards: missingInput
            case .inputOutput: inputOutput
            case .damagedManifest, .unusableTrainingSet, .damagedModel, .selfTestFailed: badData
            case .cascadeDiffers, .recipeDiffers, .cleanedOtherwise: badData
            case .outputInsideInput, .invalidParameter: usage
            case .cancelled: Interrupt.exitCode
            }
        case let error as CollectingError:
            switch error {
            case .unusableList, .unusableArchive, .nothingTaken: badData
            case .unusablePage, .nothingFetched: unavailable
            case .unusableProxy: usage
            }
        case let error as CascadeError:
            switch error {
            case .notFound, .unreadable: missingInput
            case .invalidParameter: usage
            case .cancelled: Interrupt.exitCode
            default: badData
            }
        case LearnError.cancelled, ImagingError.cancelled, is CancellationError: Interrupt.exitCode
        case is ValidationError: usage
        case ImagingError.missingFile, ImagingError.unreadableFile: missingInput
        case is ImagingError, is LearnError, is WaveletError, is DescriptorError: badData
        case is ListenError, is MissingTrait: unavailable
        case is SettingError: usage
        default: nil
        }
    }

    static func say(_ line: String) {
        FileHandle.standardError.write(Data("lineup: \(line)\n".utf8))
    }
}
