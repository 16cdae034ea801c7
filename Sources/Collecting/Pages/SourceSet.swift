import Foundation

/// The attribute `srcset` of HTML: candidates with widths ("800w") or densities ("2x").
package enum SourceSet {
    /// The address of the largest candidate, of equals the first; nil where there is none.
    package static func largest(_ value: String) -> String? {
        candidates(value).max { $0.size < $1.size || $0.size == $1.size && $0.place > $1.place }?.url
    }

    /// Split as the standard splits: an address goes to the next space, so that it may have commas inside, and a comma at its end ends the candidate.
    private static func candidates(_ value: String) -> [(url: String, size: Double, place: Int)] {
        var candidates: [(url: String, size: Double, place: Int)] = []
        var rest = value[...]
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == "," }
            guard !rest.isEmpty else { return candidates }
            var url = rest.prefix { !$0.isWhitespace }
            rest = rest[url.endIndex...]
            var descriptor = Substring()
            if url.last == "," {
                while url.last == "," { url = url.dropLast() }
            } else {
                descriptor = rest.prefix { $0 != "," }
                rest = rest[descriptor.endIndex...]
            }
            let sizes = descriptor.split(whereSeparator: \.isWhitespace).compactMap { part -> Double? in
                guard let unit = part.last, unit == "w" || unit == "x", let size = Double(part.dropLast()) else { return nil }
                return size
            }
            if !url.isEmpty { candidates.append((String(url), sizes.first ?? 1, candidates.count)) }
        }
    }
}
