import Learn

/// What keeping strangers out costs: over the share of strangers who get a name, the share of known people who lose theirs, and the
/// model's own threshold on it.
package func strangersChart(_ unknown: UnknownThreshold) -> String {
    let left = 60.0
    let top = 14.0
    let width = 320.0
    let height = 240.0
    let curve = unknown.curve ?? []
    let most = max((curve.map(\.falseRejectRate) + [unknown.falseRejectRate, 0.1]).max() ?? 1, 0.1)
    // Few accepted strangers are what matters: a square root gives them room.
    func x(_ rate: Double) -> Double { left + width * (rate / 0.5).squareRoot() }
    func y(_ rate: Double) -> Double { top + height * (1 - rate / most) }
    var content = ""
    for rate in [0.01, 0.05, 0.1, 0.2, 0.5] {
        content += SVG.line(x1: x(rate), y1: y(0), x2: x(rate), y2: y(most), style: "grid")
        content += SVG.text(SVG.percent(rate), x: x(rate), y: y(0) + 18, anchor: "middle", style: "muted")
    }
    for step in 0...4 {
        let rate = most * Double(step) / 4
        content += SVG.line(x1: left, y1: y(rate), x2: left + width, y2: y(rate), style: "grid")
        content += SVG.text(SVG.percent(rate), x: left - 8, y: y(rate) + 4, anchor: "end", style: "muted")
    }
    let path = curve.map { "\(SVG.number(x($0.falseAcceptRate))),\(SVG.number(y($0.falseRejectRate)))" }.joined(separator: " ")
    content += "<polyline class=\"curve\" points=\"\(path)\"/>"
    content += """
        <circle class="dot" cx="\(SVG.number(x(min(unknown.falseAcceptRate, 0.5))))" cy="\(SVG.number(y(unknown.falseRejectRate)))" r="7">\
        <title>this model's threshold</title></circle>
        """
    content += SVG.text("strangers who get a name", x: left + width / 2, y: y(0) + 38, anchor: "middle", style: "muted")
    content += SVG.text("known people who lose theirs", x: left, y: 10, style: "muted")
    return SVG.picture(
        width: 420, height: 300, title: "Share of known people who lose their name, over the share of strangers who get one", content)
}

/// The threshold in words.
package func strangersSentence(_ unknown: UnknownThreshold) -> String {
    """
    Below the model's threshold (the dot) a face is nobody that it knows: \(SVG.percent(unknown.falseRejectRate)) of the known people's \
    crops lose their name so, and \(SVG.percent(unknown.falseAcceptRate)) of \(unknown.strangerCount) strangers get one. Strangers are the \
    people themselves, each left out of a training in turn, and other faces on their photos.
    """
}
