import Foundation
import Imaging
import Learn
import Mustache
import Support
import SystemPackage

/// A data set on one page: a folder of photos or of crops, as it is now. Pictures and charts are inside it, nothing is fetched from anywhere.
public struct DataReport: Sendable {
    let content: DataReportContent

    /// The report of a folder of crops: what `clean` made of the photos, and what the crops look like.
    /// - Throws: as `MeasuredCrops`; `LearnError`, `ImagingError`.
    public init(
        faces folder: URL, threads: Int = availableCores, cancellation: Cancellation = Cancellation(),
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let measured = try MeasuredCrops(folder: folder, threads: threads, cancellation: cancellation, progress: progress)
        let records = try Manifest(folder: folder).ordered
        let doubles = CropPairs.underTwoLabels(measured.hashes, groups: measured.groups)
        let members = Dictionary(grouping: measured.crops.indices) { measured.groups[$0] }
        let twins = members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { ($0[0], $0[1]) }
        let set = PictureSet(
            labels: measured.labels,
            pictures: zip(measured.crops, measured.classes).map { crop, label in
                PictureSet.Picture(file: crop.file, path: crop.file.path(in: FilePath(folder.path)), label: label, size: crop.size)
            })
        var content = DataReportContent(
            title: "The faces", subtitle: "\(measured.crops.count) crops of \(measured.labels.count) labels in \(folder.lastPathComponent)")
        content.figures = [
            .init(name: "crops", value: "\(measured.crops.count)"),
            .init(name: "different pictures among them", value: "\(members.count)"),
            .init(name: "photos looked at", value: "\(records.count)"),
            .init(name: "faces under two labels", value: "\(doubles.count)"),
        ]
        content.counts = DataCharts.counts(of: set)
        content.outcomes = PhotosToFaces(records, crops: measured.crops.map(\.file)).html() ?? ""
        content.measures = DataCharts.measures(of: measured)
        content.add(try ContactSheets(of: set, threads: threads))
        content.duplicates = DataReportContent.section(try DuplicatePictures.html(doubles: doubles, twins: twins, set: set))
        let fit = try LabelProbabilities(
            rows: measured.rows, classes: measured.classes, labels: measured.labels.count, groups: measured.groups, threads: threads)
        content.confusion = DataReportContent.section(
            try DataCharts.confusion(of: fit, labels: measured.labels, classes: measured.classes))
        if measured.rows.columns > 0 {
            let map = try TSNE().map(measured.rows.converted(to: Double.self), threads: threads, cancellation: cancellation)
            content.map = [DataCharts.map(map, of: set)]
        }
        content.origins = DataReportContent.section(try Origins(photos: Self.photos(of: records, faces: folder)).html)
        self.content = content
    }

    /// The report of a folder of photos.
    /// - Throws: `RecognitionError` where it is missing or holds no photo; `ImagingError`.
    public init(
        photos folder: URL, threads: Int = availableCores, cancellation: Cancellation = Cancellation(),
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let photos = try MeasuredPhotos(folder: folder, threads: threads, cancellation: cancellation, progress: progress)
        let set = photos.set
        var content = DataReportContent(
            title: "The photos", subtitle: "\(set.pictures.count) photos of \(set.labels.count) labels in \(folder.lastPathComponent)")
        content.figures = [
            .init(name: "photos", value: "\(set.pictures.count)"),
            .init(name: "different pictures among them", value: "\(photos.different)"),
            .init(name: "files that are no photo", value: "\(photos.refused.count)"),
            .init(name: "pictures under two labels", value: "\(photos.doubles.count)"),
        ]
        content.counts = DataCharts.counts(of: set)
        content.outcomes = photos.outcomes
        content.measures = DataCharts.measures(of: photos)
        content.add(try ContactSheets(of: set, threads: threads))
        content.duplicates = DataReportContent.section(
            try DuplicatePictures.html(doubles: photos.doubles, twins: photos.twins, set: set))
        content.origins = DataReportContent.section(try Origins(photos: folder).html)
        self.content = content
    }

    /// The folder of photos, where the manifest's photos lie two steps below it.
    private static func photos(of records: [PhotoRecord], faces: URL) -> URL? {
        guard let record = records.first else { return nil }
        let photo = record.source.path(in: FilePath(faces.path)).lexicallyNormalized()
        return URL(fileURLWithPath: photo.removingLastComponent().removingLastComponent().string)
    }

    /// The page.
    /// - Throws: Mustache's error where the template is damaged.
    public func html() throws -> String {
        let template = try MustacheTemplate(string: String(decoding: PackageResources.data_mustache, as: UTF8.self))
        return template.render(content)
    }

    /// Writes `folder/index.html` atomically.
    public func write(to folder: URL) throws {
        try AtomicFile.write(Array(try html().utf8), to: folder.appendingPathComponent("index.html"))
    }
}
