import Foundation

/// What became of the photos that the crops were cut from: for each label how many photos there are, in how many a face was found, how
/// many were picked, and why the others were not.
struct PhotosToFaces {
    struct Row {
        var label: String
        var photos = 0
        /// Photos in which a face was found.
        var withFaces = 0
        /// All faces found.
        var faces = 0
        var picked = 0
        var confidences: [Double] = []
        var reasons: [RejectReason: Int] = [:]
        /// How many crops lie in the label's folder.
        var cropsNow = 0

        init(_ label: String) { self.label = label }

        fileprivate mutating func add(_ record: PhotoRecord) {
            photos += 1
            withFaces += record.faces.isEmpty ? 0 : 1
            faces += record.faces.count
            picked += record.kept ? 1 : 0
            confidences += record.crops.compactMap(\.confidence)
            if let reason = record.reason { reasons[reason, default: 0] += 1 }
        }

        /// How sure picking was of the middle one of its picks; nil where the recipe does not pick.
        var middleConfidence: Double? { confidences.isEmpty ? nil : confidences.sorted()[confidences.count / 2] }

        /// The reasons from the most frequent, each with its count.
        var reasonsInWords: String {
            reasons.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                .map { "\($0.key.rawValue.replacingOccurrences(of: "_", with: " ")) \($0.value)" }.joined(separator: ", ")
        }
    }

    /// In order of the labels' bytes.
    let rows: [Row]
    /// All labels together.
    let total: Row

    /// Whether the crops that lie there now were counted.
    private let countsCrops: Bool

    /// - Parameters:
    ///   - records: of a manifest.
    ///   - crops: those that lie there now, for a column of their own; nil without one.
    init(_ records: [PhotoRecord], crops: [RelativePath]? = nil) {
        var rows: [RelativePath: Row] = [:]
        var total = Row("all")
        for record in records {
            let label = record.path.parts[0]
            rows[label, default: Row(label.text)].add(record)
            total.add(record)
        }
        for crop in crops ?? [] {
            let label = crop.parts[0]
            rows[label, default: Row(label.text)].cropsNow += 1
            total.cropsNow += 1
        }
        countsCrops = crops != nil
        self.rows = rows.sorted { $0.key < $1.key }.map(\.value)
        self.total = total
    }

    /// The table, of many labels the worst; nil where there is nothing to tell.
    func html() -> String? {
        guard !rows.isEmpty else { return nil }
        let shown =
            rows.count > ManyLabels.limit
            ? Array(rows.sorted { $0.share < $1.share }.prefix(ManyLabels.listed)) : rows
        let note =
            rows.count > shown.count
            ? "<p>The \(shown.count) of \(rows.count) labels that lost the largest share of their photos:</p>" : ""
        let lines = (shown + [total]).map { row in
            [row.label, "\(row.photos)", "\(row.withFaces)", "\(row.faces)", "\(row.picked)"]
                + (countsCrops ? ["\(row.cropsNow)"] : [])
                + [row.middleConfidence.map { String(format: "%.2f", $0) } ?? "", row.reasonsInWords]
        }
        let header = ["label", "photos", "with a face", "faces", "picked"] + (countsCrops ? ["crops now"] : []) + ["how sure", "why not"]
        return note + HTMLTable.html(header, lines)
    }
}

extension PhotosToFaces.Row {
    /// Of the photos, those that gave a crop.
    fileprivate var share: Double { Double(picked) / Double(max(photos, 1)) }
}
