import Foundation
import Imaging
import Recognition
import SystemPackage
import TestSupport
import Testing

@Suite struct DataReportTests {
    private let folder: TemporaryFolder
    private var faces: URL { folder.url.appendingPathComponent("faces") }

    init() throws {
        folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 12)
    }

    @Test func thePageOfFacesShowsEverythingAndFetchesNothing() throws {
        // A label that would break careless HTML, and a face under two labels.
        try FileManager.default.moveItem(at: faces.appendingPathComponent("cleo"), to: faces.appendingPathComponent("<b>&\"cleo"))
        try folder.write(try ImageFile.encodePNG(DrawnCrops.crop(label: 0, number: 3)), to: "faces/bob/ann.jpg-1.png")
        let html = try DataReport(faces: faces, threads: 2).html()
        for part in [
            "The faces", "37 crops of 3 labels", "Per label", "What became of the photos", "Size", "Map", "Who is taken for whom",
            "Under two labels",
            "faces under two labels", "All of them", "id=\"sheet2\"", "data-s=\"1\"", "ann/3.jpg-1.png",
        ] {
            #expect(html.contains(part), "\(part) is missing")
        }
        #expect(!html.contains("<b>&\"cleo") && html.contains("&lt;b&gt;&amp;"))
        #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("{{"))
        #expect(!html.contains("Where they came from"), "nothing is known of that")
        #expect(html.count(of: "<circle") == 37)
        #expect(try DataReport(faces: faces, threads: 1).html() == html, "the same for any number of threads")
    }

    @Test func thePageOfPhotosTellsWhereTheyCameFrom() throws {
        try FileManager.default.moveItem(at: faces, to: folder.url.appendingPathComponent("source"))
        try folder.write(Array("<html>".utf8), to: "source/bob/page.png")
        let photos = folder.url.appendingPathComponent("photos")
        _ = try Collector(into: photos).collect(folder.url.appendingPathComponent("source"))
        try folder.write(Array("no photo".utf8), to: "photos/bob/notes.txt")
        let report = try DataReport(photos: photos, threads: 2)
        let html = try report.html()
        for part in [
            "The photos", "36 photos of 3 labels", "Where they came from", "files", "unknown", "refused because", "bob/notes.txt", "Width",
            "png",
        ] {
            #expect(html.contains(part), "\(part) is missing")
        }
        #expect(!html.contains("Who is taken for whom") && !html.contains("{{"))
        try report.write(to: folder.url.appendingPathComponent("out"))
        #expect(try folder.files().contains("out/index.html"))
    }

    @Test func labelsThatLookTheSameAreTwo() throws {
        for (number, label) in ["\u{E9}", "e\u{301}"].enumerated() {
            try folder.write(try ImageFile.encodePNG(DrawnCrops.crop(label: number, number: 1)), to: "photos/\(label)/1.png")
        }
        let html = try DataReport(photos: folder.url.appendingPathComponent("photos")).html()
        #expect(html.contains("2 photos of 2 labels"))
        #expect(html.count(of: "</td><td>1</td><td>1</td>") == 2, "each label has a row of its own with its one PNG")
    }

    @Test func cropsWithoutAManifestAreCounted() throws {
        let html = try DataReport(faces: faces, threads: 2).html()
        #expect(html.contains("<th>crops now</th>"))
        #expect(html.contains("<td>ann</td><td>0</td><td>0</td><td>0</td><td>0</td><td>12</td>"))
    }

    @Test func aThousandFacesStayUnderFiveMegabytes() {
        // A JPEG of noise at this quality takes about a byte and a half a pixel at the worst, and base64 a third more.
        for count in [1000, 2500, 6000] {
            let side = ContactSheets.side(for: count)
            #expect(count * side * side <= 1000 * 64 * 64 * 3 / 2)
        }
    }

    @Test func ofManyPicturesEvenlySpreadOnesAreShown() {
        let pictures = (0..<10_000).map {
            PictureSet.Picture(file: "a/b", path: "/a", label: $0 < 9999 ? 0 : 1, size: Size(width: 1, height: 1))
        }
        let shown = ContactSheets.shown(PictureSet(labels: ["a", "b"], pictures: pictures))
        #expect(shown[0].count == 5999 && shown[1] == [9999])
        #expect(Set(shown[0]).count == 5999 && shown[0].last! > 9990)
    }

    @Test func histogramsCountEveryValueOnce() {
        let histogram = Histogram([0, 0.1, 0.5, 0.99, 1, .nan, 2], bins: 4, range: 0...1)
        #expect(histogram.counts == [2, 0, 1, 2])
        #expect(Histogram([3, 3, 3], bins: 4).counts == [3, 0, 0, 0] && Histogram([], bins: 2).counts == [0, 0])
        #expect(histogram.chart(title: "<x>").contains("&lt;x&gt;"))
    }

    @Test func aFolderWithoutPicturesSaysSo() throws {
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("empty/ann"), withIntermediateDirectories: true)
        #expect(throws: RecognitionError.self) { try DataReport(photos: folder.url.appendingPathComponent("empty")) }
        #expect(throws: RecognitionError.self) { try DataReport(photos: folder.url.appendingPathComponent("none")) }
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
