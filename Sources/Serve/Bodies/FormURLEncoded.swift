/// Reads `application/x-www-form-urlencoded` (WHATWG URL, section 5.1), strictly: a `%` needs two hexadecimal digits.
package enum FormURLEncoded {
    /// The decoded bytes of the first field called `name`, nil when there is none. Other fields are not decoded.
    /// - Throws: `RequestError.malformedForm` with the offset of the bad `%`; `RequestError.tooManyParts`.
    /// - Complexity: O(bytes of the body).
    package static func value(of name: String, in body: [UInt8], maximumFields: Int) throws(RequestError) -> [UInt8]? {
        var start = 0
        var fields = 0
        while start < body.count {
            let end = body[start...].firstIndex(of: UInt8(ascii: "&")) ?? body.count
            fields += 1
            guard fields <= maximumFields else { throw .tooManyParts(limit: maximumFields) }
            let equals = body[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
            if try decoded(body, start..<equals) == Array(name.utf8) {
                return try decoded(body, min(equals + 1, end)..<end)
            }
            start = end + 1
        }
        return nil
    }

    private static func decoded(_ body: [UInt8], _ range: Range<Int>) throws(RequestError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = range.lowerBound
        // What stands for itself is taken a run at a time.
        var run = index
        while index < range.upperBound {
            let byte = body[index]
            guard byte == UInt8(ascii: "+") || byte == UInt8(ascii: "%") else {
                index += 1
                continue
            }
            bytes.append(contentsOf: body[run..<index])
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
                index += 1
            } else {
                guard index + 2 < range.upperBound, let byte = PercentEncoding.byte(body[index + 1], body[index + 2]) else {
                    throw .malformedForm(offset: index)
                }
                bytes.append(byte)
                index += 3
            }
            run = index
        }
        bytes.append(contentsOf: body[run..<range.upperBound])
        return bytes
    }
}
