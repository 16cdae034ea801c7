import Imaging

extension PhotoRecord {
    /// What contradicts itself in a record that was read from a file; nil where all is well: paths that lead out of their folders, sizes
    /// and boxes out of range, crops without a reason to be there.
    func contradiction() -> String? {
        let large = Int(Int32.max)
        let sides = 1...large
        if !path.isLabelAndName { return "path is \(path), not a label and a name" }
        if source.bytes.isEmpty || source.bytes.contains(0) { return "source is no path" }
        if let sha256, sha256.utf8.count != 64 || !sha256.utf8.allSatisfy(Self.isDigit) { return "sha256 is \(sha256)" }
        if let bytes, bytes < 0 { return "bytes is \(bytes)" }
        if let width, !sides.contains(width) { return "width is \(width)" }
        if let height, !sides.contains(height) { return "height is \(height)" }
        if let orientation, !(1...8).contains(orientation) { return "orientation is \(orientation)" }
        if let group, group < 0 { return "group is \(group)" }
        if kept != !crops.isEmpty { return "kept is \(kept) with \(crops.count) crops" }
        if kept != (reason == nil) { return "kept is \(kept), the reason \(reason?.rawValue ?? "null")" }
        for crop in crops where !crop.file.isLabelAndName { return "a crop's file is \(crop.file), not a label and a name" }
        for crop in crops { if let confidence = crop.confidence, !(0...1).contains(confidence) { return "confidence is \(confidence)" } }
        guard let width, let height else {
            return faces.isEmpty && crops.isEmpty ? nil : "there are faces on a photo of no size"
        }
        if kept && (sha256 == nil || hash == nil) { return "a kept photo has no digest or no hash" }
        let photo = Rect(x: 0, y: 0, width: width, height: height)
        for box in crops.map(\.box) + faces.map(\.box) where !Self.lies(box, in: photo) {
            return "\(box) lies outside a photo of \(width)x\(height)"
        }
        // Eyes may reach beyond their face, but not by more than any photo is large.
        for rect in faces.flatMap(\.eyes) + crops.flatMap(\.eyes) where !Self.isNear(rect) {
            return "\(rect) lies outside a photo of \(width)x\(height)"
        }
        for quality in faces.compactMap(\.quality) {
            if !(0...1).contains(quality.faceProbability) { return "a face's probability is \(quality.faceProbability)" }
            if !(0...1).contains(quality.eyesConfidence) { return "the eyes' confidence is \(quality.eyesConfidence)" }
        }
        return nil
    }

    /// Sides are compared one by one, since sums of numbers from a file may overflow.
    private static func lies(_ rect: Rect, in photo: Rect) -> Bool {
        (0..<photo.width).contains(rect.x) && (0..<photo.height).contains(rect.y) && (1...photo.width - rect.x).contains(rect.width)
            && (1...photo.height - rect.y).contains(rect.height)
    }

    private static func isNear(_ rect: Rect) -> Bool {
        let limit = Int(Int32.max)
        return [rect.x, rect.y].allSatisfy((-limit...limit).contains) && [rect.width, rect.height].allSatisfy((0...limit).contains)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
