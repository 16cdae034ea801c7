import Foundation
import Support
import SystemPackage

/// `photos/.collected.jsonl`: the trail of a folder of photos, and whom it is not to take in again.
struct CollectedLog {
    private(set) var items: [CollectedItem] = []
    /// SHA-256 of the names of forgotten labels.
    private(set) var forgotten: Set<String> = []
    private let path: FilePath

    private struct Forgotten: Codable {
        var forgotten: String
    }

    /// - Throws: `RecognitionError.inputOutput` naming a line that this version does not write.
    init(photos: URL) throws(RecognitionError) {
        path = FilePath(photos.path).appending(".collected.jsonl")
        for (index, bytes) in try LineLog.lines(of: path).enumerated() {
            if let line = try? JSONDecoder().decode(Forgotten.self, from: Data(bytes)) {
                forgotten.insert(line.forgotten)
                continue
            }
            guard let item = try? JSONDecoder().decode(CollectedItem.self, from: Data(bytes)), item.isPossible else {
                throw .inputOutput(
                    path: "\(path), line \(index + 1)",
                    reason: "is no line that this version writes; move the file away to go on without it")
            }
            items.append(item)
        }
    }

    /// Whether the label was forgotten, and nobody asked for it again since.
    func hasForgotten(_ label: RelativePath) -> Bool { forgotten.contains(FileBytes.sha256(label.bytes)) }

    mutating func append(_ item: CollectedItem) throws {
        try LineLog.append([UInt8](try JSON.line(item)), to: path)
        items.append(item)
    }

    /// Writes the log anew without the lines of some items, and with the label's hash where one was forgotten.
    /// - Returns: how many lines went.
    mutating func forget(_ label: RelativePath?, where isForgotten: (CollectedItem) -> Bool) throws -> Int {
        let count = items.count
        items.removeAll(where: isForgotten)
        if let label { forgotten.insert(FileBytes.sha256(label.bytes)) }
        try save()
        return count - items.count
    }

    /// Lets a forgotten label in again.
    mutating func readmit(_ label: RelativePath) throws {
        if forgotten.remove(FileBytes.sha256(label.bytes)) != nil { try save() }
    }

    private func save() throws {
        let marks = try forgotten.sorted().flatMap { [UInt8](try JSON.line(Forgotten(forgotten: $0))) }
        try AtomicFile.write(marks + items.flatMap { [UInt8](try JSON.line($0)) }, to: path)
    }
}
