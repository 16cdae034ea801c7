extension ModelArchive {
    mutating func put(_ model: LinearSupportVectorClassifier, _ schema: inout ModelSchema) {
        schema.kind = .linearSVM
        put("linear_svm.coefficients", model.coefficients)
        put("linear_svm.intercepts", model.intercepts)
    }

    func linearSVM(_ schema: ModelSchema, columns: Int) throws(LearnError) -> LinearSupportVectorClassifier {
        let machines = schema.classCount == 2 ? 1 : schema.classCount
        return LinearSupportVectorClassifier(
            classCount: schema.classCount,
            coefficients: try doubleMatrix("linear_svm.coefficients", rows: machines, columns: columns),
            intercepts: try doubles("linear_svm.intercepts", count: machines), report: schema.report)
    }

    mutating func put(_ model: LinearDiscriminant, _ schema: inout ModelSchema) {
        schema.kind = .discriminant
        put("discriminant.coefficients", model.coefficients)
        put("discriminant.intercepts", model.intercepts)
    }

    func discriminant(_ schema: ModelSchema, columns: Int) throws(LearnError) -> LinearDiscriminant {
        LinearDiscriminant(
            coefficients: try doubleMatrix("discriminant.coefficients", rows: schema.classCount, columns: columns),
            intercepts: try doubles("discriminant.intercepts", count: schema.classCount))
    }

    mutating func put(_ model: SubspaceDiscriminant, _ schema: inout ModelSchema) {
        schema.kind = .subspaceDiscriminant
        put("subspace.directions", model.directions)
        put("subspace.means", model.means)
        put("subspace.intercepts", model.intercepts)
    }

    func subspaceDiscriminant(_ schema: ModelSchema, columns: Int) throws(LearnError) -> SubspaceDiscriminant {
        let directions = try matrix("subspace.directions", columns: columns)
        try require(directions.rows > 0, "subspace.directions", "1 row or more", "none")
        return SubspaceDiscriminant(
            directions: directions, means: try doubleMatrix("subspace.means", rows: schema.classCount, columns: directions.rows),
            intercepts: try doubles("subspace.intercepts", count: schema.classCount))
    }

    mutating func put(_ model: NearestNeighbours, _ schema: inout ModelSchema) {
        schema.kind = .neighbours
        schema.neighbours = model.parameters
        put("neighbours.rows", model.rows)
        put("neighbours.labels", model.labels)
    }

    func neighbours(_ schema: ModelSchema, columns: Int) throws(LearnError) -> NearestNeighbours {
        let rows = try matrix("neighbours.rows", columns: columns)
        guard let parameters = schema.neighbours, (1...max(1, rows.rows)).contains(parameters.neighbours), rows.rows > 0 else {
            throw LearnError.modelEntry(name: key("schema"), expected: "1 to \(rows.rows) neighbours", found: "another number")
        }
        return NearestNeighbours(
            classCount: schema.classCount, parameters: parameters, rows: rows,
            labels: try integers("neighbours.labels", count: rows.rows, in: 0...schema.classCount - 1))
    }

    mutating func put(_ model: MajorityClass, _ schema: inout ModelSchema) {
        schema.kind = .majority
        put("majority.shares", model.shares)
    }

    func majority(_ schema: ModelSchema, columns: Int) throws(LearnError) -> MajorityClass {
        let shares = try doubles("majority.shares", count: schema.classCount)
        try require(shares.allSatisfy { $0 > 0 && $0 <= 1 }, "majority.shares", "shares above 0", "\(shares)")
        return MajorityClass(featureCount: columns, shares: shares)
    }
}
