import Foundation

/// Horizontal bars with their numbers: how many crops each label has.
package func countChart(labels: [String], counts: [Int]) -> String {
    let rowHeight = 28.0
    let left = 170.0
    let barWidth = 380.0
    let most = Double(max(counts.max() ?? 1, 1))
    var content = ""
    for (index, (label, count)) in zip(labels, counts).enumerated() {
        let y = rowHeight * Double(index)
        let width = barWidth * Double(count) / most
        content += SVG.text(label, x: left - 10, y: y + 18, anchor: "end")
        content += SVG.rectangle(x: left, y: y + 5, width: width, height: 18, style: "bar", rounding: 3)
        content += SVG.text("\(count)", x: left + width + 8, y: y + 18, style: "value")
    }
    return SVG.picture(
        width: 600, height: Int(rowHeight) * labels.count,
        title: "Crops per label: " + zip(labels, counts).map { "\($0) \($1)" }.joined(separator: ", "),
        content)
}

/// The confusion matrix as a heat map: rows are the true labels, columns what was said, each row shaded by its own share.
package func confusionChart(labels: [String], matrix: [[Int]]) -> String {
    let cell = labels.count > 12 ? 34.0 : 56.0
    let left = 170.0
    let top = 110.0
    let side = cell * Double(labels.count)
    var content = SVG.text("true", x: left - 10, y: top - 10, anchor: "end", style: "muted")
    content += SVG.text("said", x: left, y: 14, style: "muted")
    for (index, label) in labels.enumerated() {
        let centre = cell * (Double(index) + 0.5)
        content += SVG.text(label, x: left - 10, y: top + centre + 4, anchor: "end")
        let x = left + centre
        content += """
            <text class="label" transform="translate(\(SVG.number(x)) \(SVG.number(top - 10))) rotate(-35)">\(SVG.escape(label))</text>
            """
        let total = max(matrix[index].reduce(0, +), 1)
        for (column, count) in matrix[index].enumerated() {
            let share = Double(count) / Double(total)
            let position = (x: left + cell * Double(column), y: top + cell * Double(index))
            content += SVG.rectangle(x: position.x + 1, y: position.y + 1, width: cell - 2, height: cell - 2, style: "cell", rounding: 4)
            if count > 0 {
                content += SVG.rectangle(
                    x: position.x + 1, y: position.y + 1, width: cell - 2, height: cell - 2, style: index == column ? "right" : "wrong",
                    opacity: 0.15 + 0.85 * share, rounding: 4)
            }
            content += SVG.text(
                "\(count)", x: position.x + cell / 2, y: position.y + cell / 2 + 5, anchor: "middle",
                style: share > 0.55 ? "inverse" : (count == 0 ? "muted" : "value"))
        }
    }
    return SVG.picture(
        width: Int(left + side) + 90, height: Int(top + side) + 4, title: "Confusion matrix, rows true, columns said", content)
}

/// One bin of a reliability curve: how sure the model was, and how often it was right.
package struct ReliabilityPoint {
    var confidence: Double
    var accuracy: Double
    var count: Int

    package init(confidence: Double, accuracy: Double, count: Int) {
        self.confidence = confidence
        self.accuracy = accuracy
        self.count = count
    }
}

/// The reliability curve: on the diagonal, a score of 0.8 is right eight times in ten. A dot's area grows with its rows.
package func reliabilityChart(_ points: [ReliabilityPoint]) -> String {
    let left = 50.0
    let top = 14.0
    let side = 300.0
    func x(_ value: Double) -> Double { left + side * value }
    func y(_ value: Double) -> Double { top + side * (1 - value) }
    var content = ""
    for step in 0...5 {
        let value = Double(step) / 5
        content += SVG.line(x1: x(0), y1: y(value), x2: x(1), y2: y(value), style: "grid")
        content += SVG.line(x1: x(value), y1: y(0), x2: x(value), y2: y(1), style: "grid")
        content += SVG.text(SVG.number(value), x: left - 8, y: y(value) + 4, anchor: "end", style: "muted")
        content += SVG.text(SVG.number(value), x: x(value), y: y(0) + 18, anchor: "middle", style: "muted")
    }
    content += SVG.line(x1: x(0), y1: y(0), x2: x(1), y2: y(1), style: "diagonal")
    let total = Double(max(points.reduce(0) { $0 + $1.count }, 1))
    let path = points.map { "\(SVG.number(x($0.confidence))),\(SVG.number(y($0.accuracy)))" }.joined(separator: " ")
    content += "<polyline class=\"curve\" points=\"\(path)\"/>"
    for point in points {
        let radius = 3 + 14 * (Double(point.count) / total).squareRoot()
        content += """
            <circle class="dot" cx="\(SVG.number(x(point.confidence)))" cy="\(SVG.number(y(point.accuracy)))" r="\(SVG.number(radius))">\
            <title>\(point.count) rows: mean score \(SVG.number(point.confidence)), right \(SVG.percent(point.accuracy))</title></circle>
            """
    }
    content += SVG.text("score", x: x(0.5), y: y(0) + 38, anchor: "middle", style: "muted")
    content += SVG.text("share right", x: left, y: 10, style: "muted")
    return SVG.picture(width: 380, height: 360, title: "Reliability: share of right answers over the score", content)
}

/// A photo with its face and eye boxes on top, scaled down to `width` units.
package func boxedPhoto(jpegBase64: String, width: Int, height: Int, faces: [FoundFace], title: String) -> String {
    let stroke = Double(max(width, height)) / 160
    var content = "<image href=\"data:image/jpeg;base64,\(jpegBase64)\" width=\"\(width)\" height=\"\(height)\"/>"
    func outline(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ style: String) -> String {
        """
        <rect class="\(style)" x="\(x)" y="\(y)" width="\(width)" height="\(height)" stroke-width="\(SVG.number(stroke))" rx="\(SVG.number(2 * stroke))"/>
        """
    }
    for face in faces {
        content += outline(face.box.x, face.box.y, face.box.width, face.box.height, "face")
        for eye in face.eyes { content += outline(eye.x, eye.y, eye.width, eye.height, "eye") }
    }
    return "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(SVG.escape(title))\">\(content)</svg>"
}
