import Foundation
import Imaging
import SystemPackage

/// Small pictures for the report, as base64 text.
enum ReportPictures {
    /// The labels whose pictures are shown: all, or of many some that are evenly spread.
    static func shown(of set: TrainingSet) -> [Int] {
        let total = set.labels.count
        let count = total > ManyLabels.limit ? ManyLabels.pictured : total
        return (0..<count).map { $0 * total / count }
    }

    /// Two photos of each label shown with their boxes, of those that still lie where the manifest says.
    static func samples(of set: TrainingSet, perLabel: Int = 2) throws -> [ReportContent.Sample] {
        try shown(of: set).flatMap { label -> [ReportContent.Sample] in
            var samples: [ReportContent.Sample] = []
            for (row, itsLabel) in zip(set.rows, set.classes) where itsLabel == label && samples.count < perLabel {
                guard let record = row.record, let picture = try boxed(record, in: set.folder) else { continue }
                samples.append(ReportContent.Sample(picture: picture, caption: record.path.text))
            }
            return samples
        }
    }

    /// One crop of each label shown beside what its features see of it.
    static func crops(of set: TrainingSet, measuredBy settings: FeatureSettings) throws -> [ReportContent.Crop] {
        try shown(of: set).compactMap { label in
            guard let place = set.classes.firstIndex(of: label) else { return nil }
            let picture = try set.picture(of: place)
            let detail =
                switch settings {
                case .classic: classicWaveletPlane(of: picture)
                case .composition: EvenLight.applied(to: picture.grayscale())
                }
            return ReportContent.Crop(
                crop: try jpeg(picture, side: 180), detail: base64(try ImageFile.encodePNG(fit(detail, side: 180))),
                caption: set.rows[place].path.text)
        }
    }

    static func detailCaption(of settings: FeatureSettings) -> String {
        switch settings {
        case .classic: "its wavelet detail, coarse light and shade removed."
        case .composition: "the same in even light, in which gradients and patterns are measured."
        }
    }

    /// A JPEG no larger than `side` on either side.
    static func jpeg(_ image: Image, side: Int) throws -> String {
        base64(try ImageFile.encodeJPEG(image.fitted(side: side), quality: 85))
    }

    /// The photo with its boxes; nil where it is gone or no longer the one that the manifest speaks of.
    private static func boxed(_ record: PhotoRecord, in folder: URL) throws -> String? {
        guard let image = record.unchangedPhoto(at: record.source.path(in: FilePath(folder.path)), limits: .standard) else { return nil }
        let picture = try jpeg(image, side: 360)
        return boxedPhoto(jpegBase64: picture, width: image.width, height: image.height, faces: record.faces, title: record.path.text)
    }

    private static func fit(_ gray: Gray, side: Int) -> Gray {
        let size = gray.size.fitted(side: side)
        return size == gray.size ? gray : gray.resizedArea(to: size)
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

extension Size {
    /// The largest size of the same shape with no side above `side`; never an enlargement.
    func fitted(side: Int) -> Size {
        let longest = max(width, height)
        guard longest > side else { return self }
        return Size(width: max(1, width * side / longest), height: max(1, height * side / longest))
    }
}

extension Image {
    /// The image with no side above `side`; never an enlargement.
    func fitted(side: Int) -> Image {
        let size = size.fitted(side: side)
        return size == self.size ? self : resizedArea(to: size)
    }
}
