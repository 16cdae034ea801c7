import Foundation
import Imaging
import SystemPackage

/// The way into `photos/<label>/`: every photo gets a safe name and a line in the trail, the same bytes twice under one label are a hard link, and the
/// same picture elsewhere is noted.
package struct PhotoIntake {
    private var shelf: PhotoShelf
    private let folder: FilePath
    private let readmits: Bool

    /// - Parameter readmits: whether labels that were forgotten are taken in again.
    /// - Throws: `RecognitionError.inputOutput` where the folder cannot be written, or its trail holds a line that this version does not write.
    package init(photos: URL, readmits: Bool = false) throws {
        try AtomicFile.requireWritable(photos.appendingPathComponent(".collected.jsonl"))
        shelf = try PhotoShelf(photos: photos)
        folder = FilePath(photos.path)
        self.readmits = readmits
    }

    /// Every line so far, in its order.
    package var items: [CollectedItem] { shelf.log.items }

    /// Whether photos of the label may come in: it was not forgotten, or is taken in again.
    package mutating func admits(_ label: RelativePath) throws -> Bool {
        if readmits { try shelf.log.readmit(label) }
        return !shelf.log.hasForgotten(label)
    }

    /// Whether the same bytes came from the same place before, or the same refusal.
    package func hasTaken(_ item: CollectedItem) -> Bool { shelf.hasTaken(item) }

    /// Whether the file of an item is still where it was put.
    package func hasFile(of item: CollectedItem) -> Bool {
        item.file.map { (try? $0.path(in: folder).stat().type) == .regular } ?? false
    }

    /// Writes down why an item did not come in.
    /// - Returns: its line; nil where it is there already.
    package mutating func refuse(_ item: CollectedItem, because reason: String) throws -> CollectedItem? {
        var item = item
        item.status = .refused
        item.error = reason
        if shelf.hasTaken(item) { return nil }
        try shelf.add(item)
        return item
    }

    /// Stores a photo.
    /// - Parameters:
    ///   - name: the bytes of the name that it had where it came from.
    ///   - item: with the digest of its bytes.
    ///   - origin: a file to make a hard link to where the file system can.
    /// - Returns: its line; nil where the same bytes came from the same place before.
    package mutating func store(
        _ bytes: [UInt8], _ decoded: DecodedImage, named name: [UInt8], item: CollectedItem, linking origin: FilePath? = nil
    ) throws -> CollectedItem? {
        if shelf.hasTaken(item) { return nil }
        var item = item
        let hash = DifferenceHash(of: decoded.image)
        item.hash = hash
        item.bytes = bytes.count
        let twin = shelf.twin(of: item)
        item.duplicateOf = twin
        if twin == nil { item.nearDuplicateOf = shelf.nearest(to: hash) }
        let name = SafeName.name(for: name, ending: decoded.format.fileEnding)
        item.status = twin?.parts[0] == item.label ? .linked : .stored
        if twin == nil, let left = shelf.leftBehind(label: item.label, name: name, sha256: item.sha256) {
            item.file = left
        } else {
            let file = shelf.freePath(label: item.label, name: name)
            item.file = file
            try write(bytes, at: file, orLink: item.status == .linked ? twin?.path(in: folder) : origin)
        }
        try shelf.add(item)
        return item
    }

    /// Writes the bytes, or links to a file that has them.
    private func write(_ bytes: [UInt8], at file: RelativePath, orLink origin: FilePath?) throws {
        let place = file.path(in: folder)
        if let origin, try AtomicFile.link(origin, to: place) { return }
        try AtomicFile.write(bytes, to: place)
    }
}

extension ImageFormat {
    /// The ending of a file's name.
    var fileEnding: String { rawValue == "jpeg" ? "jpg" : rawValue }
}
