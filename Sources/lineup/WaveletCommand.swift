import ArgumentParser
import Foundation
import Imaging
import Recognition

struct WaveletCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wavelet",
        abstract: "Decomposes a photo into wavelet coefficients: the transform alone.",
        discussion: """
            The photo's gray values 0-255, in Double. The picture has the approximation at the top left; each level puts its vertical
            detail to the right, its horizontal detail below and its diagonal detail at the corner, each band stretched by itself.
            The numbers are those of PyWavelets 1.9's wavedec2.

            EXAMPLES:
              lineup wavelet photo.png --wavelet db4 --levels 3 --mode symmetric --out w.png
              lineup wavelet photo.jpg --wavelet bior4.4 --mode periodization --json > coefficients.json
              lineup wavelet photo.jpg
            """)

    @Argument(help: "A photo: JPEG, PNG, WebP.")
    var photo: FileArgument

    @Option(help: "haar, db1 to db38, sym2 to sym20, coif1 to coif17, bior1.1 to bior6.8, rbio1.1 to rbio6.8, or dmey.")
    var wavelet = "haar"

    @Option(help: "How often the approximation is split again; as often as is useful by default.")
    var levels: Int?

    @Option(help: "What is taken to lie beyond the photo's border.")
    var mode = BoundaryMode.symmetric

    @Option(help: ArgumentHelp("Write the coefficients as a picture, PNG or JPEG.", valueName: "out.png"))
    var out: PictureFile?

    @OptionGroup var file: PhotoOptions

    @Flag(help: "Print the coefficients as one JSON object.")
    var json = false

    func validate() throws {
        do {
            _ = try Wavelet(named: wavelet)
        } catch {
            throw ValidationError("\(error); there are haar, db1 to db38, sym2 to sym20, coif1 to coif17, bior, rbio and dmey")
        }
        if let levels, levels < 1 { throw ValidationError("--levels takes a number from 1, not \(levels)") }
    }

    func run() throws {
        let gray = try ImageFile.decode(try FileBytes.readPhoto(photo.path, within: file.limits), limits: file.limits).grayscale()
        let transform = WaveletTransform2D(try Wavelet(named: wavelet), mode: mode)
        let useful = transform.maximumLevel(of: gray.size)
        let levels = levels ?? max(useful, 1)
        if levels > useful {
            Failure.say(
                "level \(useful + 1) and beyond of \(wavelet) on a photo of \(gray.size) hold effects of its border in every coefficient: "
                    + "\(useful) level\(useful == 1 ? " is" : "s are") useful")
        }
        let plane = NumberPlane(rows: gray.height, columns: gray.width, values: gray.pixels.map { Double($0) })
        let parts = try transform.decompose(plane, levels: levels)
        if let out { try out.write(parts.picture()) }
        if json {
            try printJSONLine(Line(image: photo.description, wavelet: wavelet, mode: mode, parts: parts))
            return
        }
        print("\(photo): \(gray.size), \(wavelet), \(mode), \(parts.levels) level\(parts.levels == 1 ? "" : "s")")
        printBand("approximation", parts.approximation)
        for (i, detail) in parts.details.enumerated() {
            printBand("level \(parts.levels - i) horizontal", detail.horizontal)
            printBand("level \(parts.levels - i) vertical", detail.vertical)
            printBand("level \(parts.levels - i) diagonal", detail.diagonal)
        }
    }

    /// A band's size, range and energy, the sum of its squares.
    private func printBand(_ name: String, _ band: NumberPlane<Double>) {
        let energy = band.values.reduce(0) { $0 + $1 * $1 }
        let range = String(format: "%.3f to %.3f, energy %.6g", band.values.min() ?? 0, band.values.max() ?? 0, energy)
        print("  \(name): \(band.size), \(range)")
    }

    private struct Line: Encodable {
        var image: String
        var wavelet: String
        var mode: BoundaryMode
        var parts: PlaneDecomposition<Double>

        private enum CodingKeys: CodingKey {
            case image, wavelet, mode
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(image, forKey: .image)
            try object.encode(wavelet, forKey: .wavelet)
            try object.encode(mode, forKey: .mode)
            try parts.encode(to: encoder)
        }
    }
}

extension BoundaryMode: ExpressibleByArgument {}
