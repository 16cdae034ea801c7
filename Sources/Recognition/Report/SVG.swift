import Foundation

/// Small pieces of SVG and HTML text.
enum SVG {
    /// Text that is safe between tags and inside quoted attributes. Scalars, not characters: a quote with an accent ends an attribute too.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A picture of `width` x `height` units that scales with its column and is read to the blind by `title`.
    static func picture(width: Int, height: Int, title: String, _ content: String) -> String {
        """
        <svg viewBox="0 0 \(width) \(height)" width="\(width)" role="img" aria-label="\(escape(title))">\(content)</svg>
        """
    }

    static func text(_ text: String, x: Double, y: Double, anchor: String = "start", style: String = "label") -> String {
        "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(escape(text))</text>"
    }

    static func rectangle(
        x: Double, y: Double, width: Double, height: Double, style: String, opacity: Double = 1, rounding: Double = 0
    ) -> String {
        let see = opacity < 1 ? " fill-opacity=\"\(number(opacity))\"" : ""
        let round = rounding > 0 ? " rx=\"\(number(rounding))\"" : ""
        return """
            <rect class="\(style)" x="\(number(x))" y="\(number(y))" width="\(number(width))" height="\(number(height))"\(see)\(round)/>
            """
    }

    static func line(x1: Double, y1: Double, x2: Double, y2: Double, style: String) -> String {
        "<line class=\"\(style)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
    }

    /// Two decimals at most, no trailing zeros.
    static func number(_ value: Double) -> String {
        var text = String(format: "%.2f", value)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    static func percent(_ value: Double) -> String { String(format: "%.1f %%", 100 * value) }
}
