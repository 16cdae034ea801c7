/// Name and dimensions of one time series. Dimensions are kept in the order given, which is the order they are printed in.
struct SeriesKey: Hashable, Sendable {
    var name: String
    var dimensions: [[String]]

    /// Names hold letters, digits and underscores; everything else becomes an underscore. (Prometheus allows colons too, and keeps them
    /// for recording rules.)
    init(label: String, dimensions: [(String, String)]) {
        name = Self.sanitized(label)
        self.dimensions = dimensions.map { [Self.sanitized($0.0), $0.1] }
    }

    private static func sanitized(_ text: String) -> String {
        let characters = text.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_")
            return isPlain ? Character(scalar) : "_"
        }
        return characters.first?.isNumber == true ? "_" + String(characters) : String(characters)
    }
}
