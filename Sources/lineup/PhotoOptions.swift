import ArgumentParser
import Imaging

/// What is accepted of a photo's file, for every command that reads photos.
struct PhotoOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The longest file accepted as a photo; of longer ones only the start is read.", valueName: "bytes"))
    var maxBytes = ImageLimits.standard.maximumBytes

    func validate() throws {
        guard maxBytes > 0 else { throw ValidationError("--max-bytes takes a number from 1, not \(maxBytes)") }
    }

    var limits: ImageLimits { ImageLimits(maximumBytes: maxBytes) }
}
