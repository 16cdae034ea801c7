import Imaging

/// What the query of `POST /api/feedback` says of a face.
package struct FeedbackQuery: Equatable, Sendable {
    /// In pixels of the photo as answers give them.
    package var box: Rect
    /// What it was taken for; nil where it was unknown.
    package var shown: String?
    /// Who it is; nil for somebody the model does not know.
    package var right: String?
    /// The answer's `model.id`.
    package var model: String

    /// The longest name, in UTF-8 bytes.
    static let longestName = 100

    /// - Throws: `RequestError.badParameter` for an unknown parameter, a missing one, or a value that is none.
    package init(_ query: [(name: String, value: String)]) throws(RequestError) {
        var box: Rect?
        var model: String?
        for (name, value) in query {
            switch name {
            case "box":
                guard let rect = Rect(query: value) else {
                    throw .badParameter(name: name, found: value, expected: "x,y,width,height of the face, in pixels of the photo")
                }
                box = rect
            case "shown": shown = try Self.label(value, name)
            case "right": right = try Self.label(value, name)
            case "model":
                guard (1...64).contains(value.utf8.count), value.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
                    throw .badParameter(name: name, found: value, expected: "the model.id of the answer")
                }
                model = value
            default: throw .badParameter(name: name, found: value, expected: "box, shown, right or model")
            }
        }
        guard let box else { throw .badParameter(name: "box", found: "missing", expected: "x,y,width,height of the face") }
        guard let model else { throw .badParameter(name: "model", found: "missing", expected: "the model.id of the answer") }
        self.box = box
        self.model = model
    }

    /// A name that can be a folder's, as labels are.
    private static func label(_ text: String, _ name: String) throws(RequestError) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
        guard (1...longestName).contains(text.utf8.count), isPlain, text.utf8.first != UInt8(ascii: ".") else {
            throw .badParameter(name: name, found: text, expected: "a name of at most \(longestName) bytes, without / and dot at its front")
        }
        return text
    }
}
