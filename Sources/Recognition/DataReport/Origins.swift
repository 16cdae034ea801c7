import Foundation

/// Where photos came from and under which licence, as their trail tells.
struct Origins {
    /// Empty where nothing was collected.
    let html: String

    private static let most = 20

    /// - Parameter photos: nil, and a folder without a trail, tell nothing.
    /// - Throws: `RecognitionError.inputOutput` for a trail that this version did not write.
    init(photos: URL?) throws {
        let items = try photos.map { try CollectedLog(photos: $0).items } ?? []
        guard !items.isEmpty else {
            html = ""
            return
        }
        let kept = items.filter { $0.file != nil }
        let refused = items.filter { $0.file == nil }
        html = [
            Self.table("from", kept.map { Self.place($0) }), Self.table("licence", kept.map { $0.licence ?? "unknown" }),
            Self.table("author", kept.compactMap(\.author)), Self.table("refused because", refused.map { $0.error ?? "unknown" }),
        ].joined()
    }

    /// The host of an address, the folder of a file.
    private static func place(_ item: CollectedItem) -> String {
        if let url = URL(string: item.finalURL ?? item.source.text), let host = url.host(), url.scheme?.hasPrefix("http") == true {
            return host
        }
        return "files"
    }

    /// How often each value occurs, the most frequent first.
    private static func table(_ name: String, _ values: [String]) -> String {
        guard !values.isEmpty else { return "" }
        let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var rows = counts.prefix(most).map { [$0.key, "\($0.value)"] }
        if counts.count > most { rows.append(["\(counts.count - most) others", "\(counts.dropFirst(most).reduce(0) { $0 + $1.value })"]) }
        return HTMLTable.html([name, "photos"], rows)
    }
}
