import Collecting
import Foundation
import Imaging
import Recognition
import Support
import TestSupport

/// A folder of photos that fills, and its trail.
final class Collection {
    let folder: TemporaryFolder
    var settings = WebCollector.Settings()
    var photos: URL { folder.url.appendingPathComponent("photos") }

    /// Impatient, and allowed to ask this machine.
    init() throws {
        folder = try TemporaryFolder()
        settings.allowsPrivate = true
        settings.interval = .zero
        settings.backOff = .milliseconds(1)
    }

    /// Patches of grey, others for each number.
    static func photo(_ number: Int, side: Int = 64) throws -> [UInt8] { try ImageFile.encodePNG(try picture(number, side: side)) }

    static func picture(_ number: Int, side: Int = 64) throws -> Image {
        var random = SeededBytes(seed: UInt64(number))
        let patches = (0..<1024).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let pixels = (0..<side * side).flatMap { pixel in
            let patch = patches[pixel / side * 32 / side * 32 + pixel % side * 32 / side]
            return [patch, patch, patch]
        }
        return Image(width: side, height: side, pixels: pixels)
    }

    func collect(
        _ list: [WantedPhoto], readmits: Bool = false, cancellation: Cancellation = Cancellation(),
        progress: @escaping (WebCollector.Progress) throws -> Void = { _ in }
    )
        async throws -> WebCollector.Summary
    {
        try await WebCollector(into: photos, settings: settings, readmits: readmits).collect(
            list, of: "list", cancellation: cancellation, progress: progress)
    }

    func collect(page: String, label: RelativePath = "ann") async throws -> WebCollector.Summary {
        try await WebCollector(into: photos, settings: settings).collect(page: page, label: label)
    }

    /// The trail.
    func items() throws -> [CollectedItem] {
        let text = String(decoding: try FileBytes.read(photos.appendingPathComponent(".collected.jsonl")), as: UTF8.self)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(CollectedItem.self, from: Data($0.utf8)) }
    }

    /// "label/name" of every photo.
    func stored() throws -> [String] {
        try folder.files().filter { $0.hasPrefix("photos/") && !$0.contains("/.") }.map { String($0.dropFirst("photos/".count)) }
    }

    /// Everything else that lies beside the photos.
    func hidden() throws -> [String] { try folder.files().filter { $0.contains("/.") } }
}

extension WantedPhoto {
    /// One of Ann's.
    init(_ url: String, of label: RelativePath = "ann") { self.init(label: label, url: url) }
}
