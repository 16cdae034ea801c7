#if Download
    import SwiftCSV
#endif

extension PhotoList {
    /// The columns of a table without a header.
    private static let order = ["label", "url", "licence", "source page", "author"]

    /// - Throws: `CollectingError.unusableList` where the text is no table, or has no column of labels or addresses.
    init(table text: String, path: String) throws {
        #if Download
            func unusable(_ reason: String, line: Int? = nil) -> CollectingError { .unusableList(path: path, line: line, reason: reason) }
            var rows: [[String]]
            do {
                let table = try EnumeratedCSV(string: text, loadColumns: false)
                rows = [table.header] + table.rows
            } catch CSVParseError.quotation {
                throw unusable("a quoted field goes on after its closing quote; double the quotes inside it")
            } catch {
                throw unusable("is no CSV: \(error)")
            }
            let first = rows.first ?? []
            let hasHeader = first.contains { ListColumn(header: $0) == .label } && first.contains { ListColumn(header: $0) == .url }
            guard hasHeader || first.count >= 2 && first[1].contains("://") else {
                throw unusable("has no columns label and url, but: \(first.joined(separator: ", "))", line: 1)
            }
            let header = hasHeader ? first : Self.order
            if hasHeader { rows.removeFirst() }
            for (index, row) in rows.enumerated() where !row.allSatisfy(\.isEmpty) {
                // What stands beyond the header has no name but its place.
                let names = header + (header.count..<max(header.count, row.count)).map { "column \($0 + 1)" }
                if let photo = WantedPhoto(values: zip(names, row).map { ($0, $1) }) {
                    photos.append(photo)
                } else {
                    faults.append(Fault(line: index + (hasHeader ? 2 : 1), reason: "has no label and url"))
                }
            }
        #else
            throw CollectingError.unusableList(
                path: path, line: nil, reason: "this program was built without the trait Download, which reads lists")
        #endif
    }
}
