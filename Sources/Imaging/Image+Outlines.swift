extension Image {
    /// A copy with the outlines of `rects` drawn in one colour, `thickness` pixels wide and inside each rectangle; parts off the
    /// image are left out.
    /// - Complexity: O(pixels of the image) for the copy, O(length of the outlines) for the drawing.
    public func outlining(_ rects: [Rect], red: UInt8, green: UInt8, blue: UInt8, thickness: Int) -> Image {
        precondition(thickness > 0, "a line has a width")
        var painted = pixels
        func fill(_ rect: Rect) {
            let visible = rect.intersection(bounds)
            for y in visible.y..<visible.y + visible.height {
                for x in visible.x..<visible.x + visible.width {
                    let i = 3 * (y * width + x)
                    (painted[i], painted[i + 1], painted[i + 2]) = (red, green, blue)
                }
            }
        }
        for rect in rects where !rect.isEmpty {
            let across = min(thickness, rect.width)
            let down = min(thickness, rect.height)
            fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: down))
            fill(Rect(x: rect.x, y: rect.maxY - down, width: rect.width, height: down))
            fill(Rect(x: rect.x, y: rect.y, width: across, height: rect.height))
            fill(Rect(x: rect.maxX - across, y: rect.y, width: across, height: rect.height))
        }
        return Image(width: width, height: height, pixels: painted)
    }
}
