import Foundation
import Imaging
import Support
import Synchronization
import SystemPackage

/// The photos of a folder as a report tells of them.
struct MeasuredPhotos: Sendable {
    let set: PictureSet
    /// Of each file.
    let bytes: [Int]
    /// Mean brightness of each, 0 to 1.
    let light: [Double]
    /// How many show something that no other shows.
    let different: Int
    /// Pairs of pictures that show the same under two labels.
    let doubles: [(Int, Int)]
    /// The first two of each group of near-duplicates.
    let twins: [(Int, Int)]
    /// Files that are no photo, with their reason.
    let refused: [(file: RelativePath, reason: String)]
    private let formats: [String]

    private enum Reading: Sendable {
        case photo(size: Size, bytes: Int, light: Double, hash: DifferenceHash, format: String)
        case refused(String)
    }

    /// - Throws: `RecognitionError.missing`, `.unusableTrainingSet` where there is no photo, `.cancelled`.
    init(folder: URL, threads: Int, cancellation: Cancellation, progress: @escaping @Sendable (Int, Int) -> Void) throws {
        let photos = try PhotoSet(root: folder)
        let done = Mutex(0)
        let readings = try Parallel.map(photos.entries.count, threads: threads) { index throws(any Error) -> Reading in
            try cancellation.check()
            defer {
                let count = done.withLock { count in
                    count += 1
                    return count
                }
                progress(count, photos.entries.count)
            }
            do {
                let bytes = try FileBytes.readPhoto(photos.path(of: photos.entries[index]))
                let decoded = try ImageFile.decodeWithHeader(bytes)
                return .photo(
                    size: decoded.image.size, bytes: bytes.count, light: FaceQuality.light(of: decoded.image.fitted(side: 64).grayscale()),
                    hash: DifferenceHash(of: decoded.image), format: decoded.format.rawValue)
            } catch let error where error is ImagingError || error is RecognitionError {
                return .refused("\(error)")
            }
        }
        var pictures: [PictureSet.Picture] = []
        var (bytes, light, hashes, formats) = ([Int](), [Double](), [DifferenceHash](), [String]())
        var refused: [(file: RelativePath, reason: String)] = []
        // By the folders' bytes: two labels may look the same.
        let folders = photos.entries.map(\.folder).reduce(into: [RelativePath]()) { if $0.last != $1 { $0.append($1) } }
        let places = Dictionary(folders.enumerated().map { ($1, $0) }) { first, _ in first }
        for (entry, reading) in zip(photos.entries, readings) {
            switch reading {
            case .refused(let reason): refused.append((entry.path, reason))
            case .photo(let size, let length, let brightness, let hash, let format):
                pictures.append(.init(file: entry.path, path: photos.path(of: entry), label: places[entry.folder] ?? 0, size: size))
                bytes.append(length)
                light.append(brightness)
                hashes.append(hash)
                formats.append(format)
            }
        }
        guard !pictures.isEmpty else { throw RecognitionError.unusableTrainingSet(path: folder.path, reason: "no photo in it") }
        var groups = UnionFind(count: hashes.count)
        let edges = NearHashes(hashes).edges(within: NearDuplicates.photoBits, threads: threads).map { ($0.first, $0.second) }
        for (first, second) in edges { groups.join(first, second) }
        let members = Dictionary(grouping: Array(groups.groups().enumerated()), by: \.element).values.map { $0.map(\.offset) }
        different = members.count
        doubles = edges.map { (min($0.0, $0.1), max($0.0, $0.1)) }.filter { pictures[$0.0].label != pictures[$0.1].label }.sorted {
            $0 < $1
        }
        twins = members.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { ($0[0], $0[1]) }
        set = PictureSet(labels: folders.map(\.text), pictures: pictures)
        self.bytes = bytes
        self.light = light
        self.refused = refused
        self.formats = formats
    }

    /// How many photos of each format each label has, and which files are none.
    var outcomes: String {
        let names = Set(formats).sorted()
        let rows = set.members.enumerated().map { label, members in
            [set.labels[label], "\(members.count)"] + names.map { name in "\(members.count { formats[$0] == name })" }
        }
        let table = HTMLTable.html(["label", "photos"] + names, rows)
        guard !refused.isEmpty else { return table }
        let most = 20
        let rest = refused.count > most ? [["\(refused.count - most) others", ""]] : []
        return table + HTMLTable.html(["no photo", "because"], refused.prefix(most).map { [$0.file.text, $0.reason] } + rest)
    }
}
