import Imaging
import Recognition

/// How well the faces that are found agree with those that are known.
struct FinderScore {
    /// From this probability on a face is counted.
    var threshold: Double
    var athletes = 0
    var athletesFound = 0
    var known = 0
    var knownFound = 0
    /// Faces found in photos whose athlete is known, and those of them that overlap no known face.
    var boxes = 0
    var falseBoxes = 0

    mutating func count(_ faces: [JudgedFace], in photo: LabelledPhoto) {
        let found = faces.filter { $0.probability >= threshold }.map { $0.aligned.pose.scaled(by: photo.factor).square.rect.numbers }
        func isFound(_ box: [Double]) -> Bool { found.contains { overlap($0, box) > 0.3 } }
        if let athlete = photo.athlete {
            athletes += 1
            if isFound(athlete) { athletesFound += 1 }
            boxes += found.count
            falseBoxes += found.count { box in !photo.boxes.contains { overlap($0, box) > 0.3 } }
        }
        known += photo.boxes.count
        knownFound += photo.boxes.count(where: isFound)
    }

    static let thresholds = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]
    static let header = "| from probability | athletes found | known faces found | boxes a photo | no known face |\n|---|---|---|---|---|"

    var line: String {
        func share(_ part: Int, _ whole: Int) -> String { "\(part) of \(whole), \(rounded(Double(part) / Double(max(whole, 1))))" }
        let perPhoto = rounded(Double(boxes) / Double(max(athletes, 1)))
        return
            "| \(threshold) | \(share(athletesFound, athletes)) | \(share(knownFound, known)) | \(perPhoto) | \(share(falseBoxes, boxes)) |"
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
