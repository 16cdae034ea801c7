import ArgumentParser
import Cascade
import Foundation
import Imaging
import Learn
import NIOCore
import Recognition

/// How an error leaves the tool: one line on standard error, and the exit code that sysexits(3) gives its kind.
enum Failure {
    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let missingInput: Int32 = 66
    static let unavailable: Int32 = 69
    static let internalError: Int32 = 70
    static let inputOutput: Int32 = 74
    /// What shells report of a command that Ctrl-C ended.
    static let interrupted: Int32 = 130

    static func exit(with error: any Error) -> Never {
        guard let code = code(of: error) else { Lineup.exit(withError: error) }
        say("\(error)")
        Foundation.exit(code)
    }

    /// The exit code of an error of ours; nil leaves the matter to the argument parser.
    static func code(of error: any Error) -> Int32? {
        switch error {
        case let error as RecognitionError:
            switch error {
            case .missing: missingInput
            case .inputOutput: inputOutput
            case .damagedManifest, .unusableTrainingSet, .damagedModel, .selfTestFailed: badData
            case .cascadeDiffers: badData
            case .outputInsideInput: usage
            case .cancelled: interrupted
            }
        case let error as CascadeError:
            switch error {
            case .notFound, .unreadable: missingInput
            default: badData
            }
        case is ImagingError, is LearnError, is WaveletError: badData
        case is IOError: unavailable  // an address that cannot be bound
        default: nil
        }
    }

    static func say(_ line: String) {
        FileHandle.standardError.write(Data("lineup: \(line)\n".utf8))
    }
}
