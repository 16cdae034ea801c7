import Imaging
import SystemPackage

/// Pictures that show the same thing, side by side.
enum DuplicatePictures {
    /// The most pairs that are shown of each kind.
    static let most = 24
    private static let side = 120

    /// - Parameters:
    ///   - doubles: pairs under two labels.
    ///   - twins: the first two of each group of near-duplicates.
    /// - Throws: `ImagingError`, `RecognitionError` where a picture cannot be read any more.
    static func html(doubles: [(Int, Int)], twins: [(Int, Int)], set: PictureSet) throws -> String {
        let within = twins.filter { set.pictures[$0.0].label == set.pictures[$0.1].label }
        return try gallery(doubles, of: set, title: "Under two labels: one of the two is wrong")
            + gallery(within, of: set, title: "Under one label: they stay on one side of every split")
    }

    private static func gallery(_ pairs: [(Int, Int)], of set: PictureSet, title: String) throws -> String {
        guard !pairs.isEmpty else { return "" }
        let figures = try pairs.prefix(most).map { first, second in
            """
            <figure><div class="pair">\(try picture(first, of: set))\(try picture(second, of: set))</div>\
            <figcaption>\(SVG.escape(set.pictures[first].file.text))<br>\(SVG.escape(set.pictures[second].file.text))</figcaption></figure>
            """
        }
        let note = pairs.count > most ? " (the first \(most) of \(pairs.count))" : ""
        return "<h3>\(title)\(note)</h3><div class=\"gallery\">\(figures.joined(separator: "\n"))</div>"
    }

    private static func picture(_ index: Int, of set: PictureSet) throws -> String {
        let image = try ImageFile.decode(try FileBytes.readPhoto(set.pictures[index].path))
        return "<img src=\"data:image/jpeg;base64,\(try ReportPictures.jpeg(image, side: side))\" alt=\"\">"
    }
}
