import Imaging
import SystemPackage

/// The pictures that a report shows, photos or crops, with their labels.
package struct PictureSet: Sendable {
    package struct Picture: Sendable {
        /// "label/name".
        package var file: RelativePath
        package var path: FilePath
        /// Its place in `labels`.
        package var label: Int
        /// In pixels.
        package var size: Size

        package init(file: RelativePath, path: FilePath, label: Int, size: Size) {
            self.file = file
            self.path = path
            self.label = label
            self.size = size
        }
    }

    package let labels: [String]
    package let pictures: [Picture]

    package init(labels: [String], pictures: [Picture]) {
        self.labels = labels
        self.pictures = pictures
    }

    /// How many pictures each label has.
    var counts: [Int] {
        var counts = [Int](repeating: 0, count: labels.count)
        for picture in pictures { counts[picture.label] += 1 }
        return counts
    }

    /// The places of each label's pictures.
    var members: [[Int]] {
        var members = [[Int]](repeating: [], count: labels.count)
        for (index, picture) in pictures.enumerated() { members[picture.label].append(index) }
        return members
    }
}
