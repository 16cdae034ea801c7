import ArgumentParser
import Cascade
import Foundation
import Imaging
import Recognition

struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect",
        abstract: "Runs one cascade on photos: the detection engine alone.",
        discussion: """
            Finds the same rectangles, in the same order, as OpenCV 4.14's CascadeClassifier.

            EXAMPLES:
              lineup detect photo.jpg --cascade haarcascade_frontalface_default
              lineup detect photo.jpg --cascade haarcascade_eye --scale-factor 1.05 --min-neighbors 6 --draw eyes.png
              lineup detect *.jpg --cascade lbpcascade_frontalface.xml --json
            """)

    @Argument(help: "Photos: JPEG, PNG, WebP.")
    var photos: [FileArgument]

    @Option(help: "A standard cascade's name, with or without .xml, or the path of a cascade file.")
    var cascade = StandardCascade.frontalFaceDefault.rawValue

    @Option(help: "How much each searched size is larger than the one before; above 1.")
    var scaleFactor = 1.1

    @Option(help: "A hit needs more than this many raw hits around it; 0 gives all raw hits.")
    var minNeighbors = 3

    @Option(help: ArgumentHelp("Smallest object.", valueName: "WxH"))
    var minSize: Size = .zero

    @Option(help: ArgumentHelp("Largest object; 0x0 is the whole photo.", valueName: "WxH"))
    var maxSize: Size = .zero

    @Flag(help: "Also give reject level and weight of each object.")
    var levels = false

    @Option(help: ArgumentHelp("Write the photo with the objects outlined, as PNG or JPEG (one photo only).", valueName: "out.png"))
    var draw: PictureFile?

    @OptionGroup var photo: PhotoOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if photos.isEmpty { throw ValidationError("name at least one photo") }
        if draw != nil && photos.count != 1 { throw ValidationError("--draw takes one photo, not \(photos.count)") }
    }

    func run() throws {
        let classifier = try load()
        let parameters = try DetectionParameters(
            scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize, threads: common.threads)
        var failures = FailureCount()
        for photo in photos {
            try failures.collect(photo, json: common.json) {
                try detect(photo, with: classifier, parameters)
            }
        }
        try failures.leave()
    }

    private func load() throws -> CascadeClassifier {
        if FileManager.default.fileExists(atPath: cascade) { return try CascadeClassifier(contentsOfFile: cascade) }
        guard let standard = StandardCascade(named: cascade) else {
            throw RecognitionError.missing(
                path: cascade,
                what: "cascade file or standard cascade; there are \(StandardCascade.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return try CascadeClassifier.standard(standard)
    }

    private func detect(_ photo: FileArgument, with classifier: CascadeClassifier, _ parameters: DetectionParameters) throws {
        let limits = self.photo.limits
        let image = try ImageFile.decode(try FileBytes.readPhoto(photo.path, within: limits), limits: limits)
        let (found, duration) = try ObjectSearch(classifier, parameters).objects(in: image)
        if let draw {
            let thickness = max(2, image.width / 300)
            try draw.write(image.outlining(found.map(\.rect), red: 255, green: 64, blue: 64, thickness: thickness))
        }
        try common.printJSON(
            Line(
                image: photo.description, width: image.width, height: image.height,
                objects: levels ? found : found.map(\.plain), milliseconds: duration / .milliseconds(1)))
        common.printText("\(photo): \(found.count) found in \(String(format: "%.1f", duration / .milliseconds(1))) ms")
        for object in found {
            let extra = levels ? String(format: ", level %d, weight %.4f", object.level ?? 0, object.weight ?? 0) : ""
            common.printText("  x \(object.x), y \(object.y), \(object.width)x\(object.height), \(object.neighbors) neighbors\(extra)")
        }
    }

    private struct Line: Encodable {
        var image: String
        var width, height: Int
        var objects: [FoundObject]
        var milliseconds: Double
    }
}
