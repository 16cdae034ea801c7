import Foundation

/// File names that every file system takes.
package enum SafeName {
    /// The longest name in bytes: a crop's name adds its own ending.
    package static let longest = 180

    private static let devices = Set(["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

    /// A name from the bytes of another one: without control characters, without what Windows refuses (`<>:"/\|?*`, dots and spaces at the end, the
    /// names of devices), at most `longest` bytes long, with the ending that its bytes ask for.
    /// - Parameter ending: without its dot.
    package static func name(for bytes: [UInt8], ending: String) -> String {
        var stem = RelativePath(bytes: bytes).text
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex, stem.distance(from: dot, to: stem.endIndex) <= 6 {
            stem = String(stem[..<dot])
        }
        return "\(safe(stem, ifNone: "photo-")).\(ending)"
    }

    /// The name of a label's folder for any text.
    package static func label(for text: String) -> RelativePath { RelativePath(safe(text, ifNone: "label-")) }

    /// - Parameter prefix: stands before a name of which nothing is left, or that a device has.
    private static func safe(_ stem: String, ifNone prefix: String) -> String {
        let composed = String(
            String.UnicodeScalarView(
                stem.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 || scalar.value == 0x7F || scalar.properties.generalCategory == .control
                    return isControl || "<>:\"/\\|?*".unicodeScalars.contains(scalar) ? "_" : scalar
                })
        ).precomposedStringWithCanonicalMapping
        // Scalars, not characters: a dot with an accent hides a file too.
        var safe = String(composed.unicodeScalars.drop { $0 == "." || $0 == " " })
        while safe.utf8.count > longest { safe.removeLast() }
        while let last = safe.unicodeScalars.last, last == "." || last == " " { safe.unicodeScalars.removeLast() }
        let device = safe.prefix { $0 != "." }.lowercased()
        return safe.isEmpty || devices.contains(device) ? prefix + safe : safe
    }

    /// `name`, or with a number before its ending where one of `taken` is the same to a file system that ignores case.
    package static func free(_ name: String, among taken: Set<String>) -> String {
        guard taken.contains(folded(name)) else { return name }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        var number = 2
        while true {
            let candidate = "\(name[..<dot])-\(number)\(name[dot...])"
            if !taken.contains(folded(candidate)) { return candidate }
            number += 1
        }
    }

    /// What names are compared by: equal for names that some file system takes for one.
    static func folded(_ name: String) -> String { name.precomposedStringWithCanonicalMapping.lowercased() }
}
