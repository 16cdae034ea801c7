import Recognition

/// What a column of a list means, by any of its usual names.
enum ListColumn: CaseIterable {
    case label, url, licence, sourcePage, author

    /// The meaning of a header; upper case, spaces, lines and points say nothing.
    init?(header: String) {
        let name = String(header.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
        guard let column = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = column
    }

    private var names: Set<String> {
        switch self {
        case .label: ["label", "name", "person", "class"]
        case .url: ["url", "source", "image", "imageurl", "photo", "photourl", "link", "address"]
        case .licence: ["licence", "license"]
        case .sourcePage: ["sourcepage", "page", "pageurl"]
        case .author: ["author", "creator", "photographer", "artist"]
        }
    }
}

extension WantedPhoto {
    /// A photo from named values; nil where the label or the address is missing or empty.
    init?(values: [(header: String, value: String)]) {
        var known: [ListColumn: String] = [:]
        var others: [String: String] = [:]
        for (header, value) in values where !value.isEmpty {
            if let column = ListColumn(header: header), known[column] == nil { known[column] = value } else { others[header] = value }
        }
        guard let label = known[.label], let url = known[.url] else { return nil }
        self.init(label: SafeName.label(for: label), url: url)
        licence = known[.licence]
        author = known[.author]
        sourcePage = known[.sourcePage]
        columns = others
    }
}
