import Imaging

/// The answers for photos as comma-separated values (RFC 4180): a row a named face, and one for a photo without any.
package struct AnswerTable: Sendable {
    /// The first row.
    package static let columns = [
        "photo", "width", "height", "face", "face_x", "face_y", "face_width", "face_height", "label", "known", "score", "face_probability",
        "reason",
    ]

    /// The table so far, in UTF-8, each row ended by CR LF.
    package private(set) var bytes: [UInt8]

    /// The header alone.
    package init() {
        bytes = []
        append(Self.columns)
    }

    /// Adds the rows of a photo's answer.
    package mutating func add(_ photo: String, _ answer: PhotoAnswer) {
        add(photo, image: answer.image, faces: answer.faces, reason: answer.reason?.rawValue ?? "")
    }

    /// Adds the row of a photo that could not be read.
    package mutating func add(_ photo: String, error: String) { add(photo, image: nil, faces: [], reason: error) }

    mutating func add(_ photo: SortedPhoto) {
        add(photo.path.text, image: photo.image, faces: photo.faces, reason: photo.error ?? photo.reason?.rawValue ?? "")
    }

    private mutating func add(_ photo: String, image: Size?, faces: [RecognizedFace], reason: String) {
        let start = [photo, image.map { "\($0.width)" } ?? "", image.map { "\($0.height)" } ?? ""]
        if faces.isEmpty { append(start + [String](repeating: "", count: Self.columns.count - 4) + [reason]) }
        for (number, face) in zip(1..., faces) {
            let box = [face.box.x, face.box.y, face.box.width, face.box.height].map { "\($0)" }
            let probability = face.quality.map { "\($0.faceProbability)" } ?? ""
            append(start + ["\(number)"] + box + [face.label ?? "", "\(face.known)", "\(face.score)", probability, ""])
        }
    }

    private mutating func append(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Self.quoted(field)
        }
        bytes += [0x0D, 0x0A]
    }

    /// A field with a comma, a quote or the end of a line in it stands between quotes, and each quote in it twice.
    static func quoted(_ field: String) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        let bytes = Array(field.utf8)
        guard bytes.contains(where: { [quote, UInt8(ascii: ","), 0x0A, 0x0D].contains($0) }) else { return bytes }
        return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}
