/// Reads the numbers of an element's text one after the other, straight from the bytes.
///
/// A token is `[+-]digits[.digits][e[+-]digits]`; a bare trailing or leading point is accepted (`-1.`, `.5`), as cascade files
/// contain them. Comments between tokens are skipped.
struct NumberReader {
    private let bytes: [UInt8]
    private(set) var at: Int
    private let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
    }

    /// What stands at the current place, for messages.
    var token: String {
        var stop = at
        while stop < end, !isXMLSpace(bytes[stop]), stop - at < 40 { stop += 1 }
        return stop == at ? "the end" : "\"" + String(decoding: bytes[at..<stop], as: UTF8.self) + "\""
    }

    /// Moves to the next token; false when there is none.
    mutating func advance() -> Bool {
        while at < end {
            if isXMLSpace(bytes[at]) {
                at += 1
            } else if bytes[at] == UInt8(ascii: "<") {
                // Well-formed by now: in a text this is a comment or an instruction, up to the next '>' that closes it.
                let isComment = at + 3 < end && bytes[at + 1] == UInt8(ascii: "!")
                at += isComment ? 4 : 1
                while at < end, !(bytes[at] == UInt8(ascii: ">") && (!isComment || bytes[at - 1] == UInt8(ascii: "-"))) { at += 1 }
                at += 1
            } else {
                return true
            }
        }
        at = min(at, end)
        return false
    }

    /// The whole number at the current place, nil (and no movement) when there is none or it does not fit Int32.
    mutating func integer() -> Int? {
        guard advance() else { return nil }
        var i = at
        let isNegative = bytes[i] == UInt8(ascii: "-")
        if isNegative || bytes[i] == UInt8(ascii: "+") { i += 1 }
        let first = i
        var value = 0
        while i < end, let digit = digit(bytes[i]) {
            value = value * 10 + digit
            guard value <= 1 << 31 else { return nil }
            i += 1
        }
        guard i > first, i == end || isXMLSpace(bytes[i]) || bytes[i] == UInt8(ascii: "<") else { return nil }
        if isNegative { value = -value }
        guard value <= Int(Int32.max) else { return nil }
        at = i
        return value
    }

    /// The number at the current place, rounded to Double and then to Float; nil (and no movement) when there is none or it is
    /// not finite as a Float.
    mutating func float() -> Float? {
        guard advance() else { return nil }
        var i = at
        let isNegative = bytes[i] == UInt8(ascii: "-")
        if isNegative || bytes[i] == UInt8(ascii: "+") { i += 1 }
        var number = DecimalNumber()
        while i < end {
            if let digit = digit(bytes[i]) {
                number.append(digit)
            } else if bytes[i] == UInt8(ascii: "."), !number.hasPoint {
                number.hasPoint = true
            } else {
                break
            }
            i += 1
        }
        guard number.digits > 0 else { return nil }
        if i < end, bytes[i] | 0x20 == UInt8(ascii: "e") {
            i += 1
            guard let power = exponent(&i) else { return nil }
            number.exponent += power
        }
        guard i == end || isXMLSpace(bytes[i]) || bytes[i] == UInt8(ascii: "<") else { return nil }
        let value = number.float()
        guard value.isFinite else { return nil }
        at = i
        return isNegative ? -value : value
    }

    private func exponent(_ i: inout Int) -> Int? {
        guard i < end else { return nil }
        let isNegative = bytes[i] == UInt8(ascii: "-")
        if isNegative || bytes[i] == UInt8(ascii: "+") { i += 1 }
        let first = i
        var power = 0
        while i < end, let digit = digit(bytes[i]) {
            power = min(power * 10 + digit, 9999)
            i += 1
        }
        return i > first ? (isNegative ? -power : power) : nil
    }

    private func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }
}
