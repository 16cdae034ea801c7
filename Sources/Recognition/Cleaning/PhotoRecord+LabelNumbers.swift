extension PhotoRecord {
    /// A number for the label of each record, by first appearance: labels are told apart by their bytes.
    static func labelNumbers(of records: [PhotoRecord]) -> [Int] {
        var numbers: [RelativePath: Int] = [:]
        return records.map { record in
            let label = record.path.parts[0]
            let number = numbers[label] ?? numbers.count
            numbers[label] = number
            return number
        }
    }
}
