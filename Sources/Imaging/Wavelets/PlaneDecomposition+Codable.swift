private enum PlaneKeys: CodingKey {
    case rows, columns, values
}

extension NumberPlane: Encodable where Scalar: Encodable {
    /// Written as an object of `rows`, `columns` and `values`, row by row.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: PlaneKeys.self)
        try object.encode(rows, forKey: .rows)
        try object.encode(columns, forKey: .columns)
        try object.encode(values, forKey: .values)
    }
}

extension NumberPlane: Decodable where Scalar: Decodable {
    /// - Throws: `DecodingError`, also where the number of values is not rows x columns.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: PlaneKeys.self)
        let rows = try object.decode(Int.self, forKey: .rows)
        let columns = try object.decode(Int.self, forKey: .columns)
        let values = try object.decode([Scalar].self, forKey: .values)
        let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
        guard rows >= 0, columns >= 0, !overflows, count == values.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .values, in: object, debugDescription: "\(values.count) values for \(rows) rows and \(columns) columns")
        }
        self.init(rows: rows, columns: columns, values: values)
    }
}

/// One level's details in a written decomposition, with the level's number.
private struct WrittenDetail<Scalar: Codable>: Codable {
    var level: Int
    var horizontal, vertical, diagonal: NumberPlane<Scalar>
}

private enum DecompositionKeys: CodingKey {
    case rows, columns, approximation, details
}

/// Written as an object: `rows` and `columns` of the plane, `approximation` as a plane, `details` as a list, coarsest level first,
/// of objects with `level` (1 is the finest), `horizontal`, `vertical` and `diagonal`. A plane has `rows`, `columns` and
/// `values`, row by row.
extension PlaneDecomposition: Encodable where Scalar: Codable {
    /// Written as the object described above.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: DecompositionKeys.self)
        try object.encode(size.height, forKey: .rows)
        try object.encode(size.width, forKey: .columns)
        try object.encode(approximation, forKey: .approximation)
        let written = details.enumerated().map { i, detail in
            WrittenDetail(
                level: levels - i, horizontal: detail.horizontal, vertical: detail.vertical, diagonal: detail.diagonal)
        }
        try object.encode(written, forKey: .details)
    }
}

extension PlaneDecomposition: Decodable where Scalar: Codable {
    /// - Throws: `DecodingError`, also where levels are missing or out of order, or the bands of one level differ in size.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: DecompositionKeys.self)
        let rows = try object.decode(Int.self, forKey: .rows)
        let columns = try object.decode(Int.self, forKey: .columns)
        guard rows >= 0, columns >= 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .rows, in: object, debugDescription: "a plane of \(rows) rows and \(columns) columns")
        }
        let written = try object.decode([WrittenDetail<Scalar>].self, forKey: .details)
        guard written.map(\.level) == Array((1...max(written.count, 1)).reversed().prefix(written.count)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .details, in: object, debugDescription: "levels \(written.map(\.level)) do not go down to 1")
        }
        for detail in written where detail.horizontal.size != detail.diagonal.size || detail.vertical.size != detail.diagonal.size {
            throw DecodingError.dataCorruptedError(
                forKey: .details, in: object, debugDescription: "the bands of level \(detail.level) differ in size")
        }
        self.init(
            size: Size(width: columns, height: rows), approximation: try object.decode(NumberPlane<Scalar>.self, forKey: .approximation),
            details: written.map { PlaneDetail(horizontal: $0.horizontal, vertical: $0.vertical, diagonal: $0.diagonal) })
    }
}
