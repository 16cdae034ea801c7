import Foundation

/// A JSON object that carries a photo as base64 or data URL in one of its members.
package enum JSONBody {
    /// The text of the first of `fields` that the object has.
    /// - Throws: `RequestError.tooManyParts` when the body has more members and elements, nested ones counted, than
    ///   `maximumMembers`; `RequestError.malformedJSON`; `RequestError.noPhoto`, naming `expected`.
    /// - Complexity: O(bytes), with at most `maximumMembers` values built.
    package static func text(
        in body: [UInt8], fields: [String], maximumMembers: Int, expected: String
    ) throws(RequestError) -> [UInt8] {
        guard memberCount(body, stopAbove: maximumMembers) <= maximumMembers else { throw .tooManyParts(limit: maximumMembers) }
        let object: [String: Member]
        do {
            object = try JSONDecoder().decode([String: Member].self, from: Data(body))
        } catch {
            throw .malformedJSON(body.isEmpty ? "is empty" : "is not a JSON object in UTF-8")
        }
        guard let field = fields.first(where: { object[$0] != nil }), let value = object[field] else { throw .noPhoto(expected: expected) }
        guard case .text(let text) = value else { throw .malformedJSON("holds something else than a string in `\(field)`") }
        return Array(text.utf8)
    }

    /// Members of all objects and elements of all arrays, counted by their brackets and commas outside strings: each bracket that
    /// opens may begin one, each comma begins another. Decoding two million members would take seconds and a gigabyte.
    static func memberCount(_ body: [UInt8], stopAbove limit: Int) -> Int {
        var count = 0
        var index = 0
        while index < body.count, count <= limit {
            switch body[index] {
            case UInt8(ascii: "\""):
                index += 1
                while index < body.count, body[index] != UInt8(ascii: "\"") {
                    index += body[index] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","): count += 1
            default: break
            }
            index += 1
        }
        return count
    }

    /// Only strings matter; everything else may be there and is passed over.
    private enum Member: Decodable {
        case text(String)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self = (try? container.decode(String.self)).map(Member.text) ?? .other
        }
    }
}
