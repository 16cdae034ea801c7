import Imaging

/// How good a face is to look at.
public struct FaceQuality: Sendable, Hashable, Codable {
    /// The probability that it is a face.
    public var faceProbability: Double
    /// How sure the places of the eyes are: 0 where none was seen, under 0.5 where one was, up to 1 for a clear pair.
    public var eyesConfidence: Double
    /// The side of the face's square in pixels of the photo.
    public var size: Double
    /// 0 for a sharp face to 1 for one without any fine detail, as seen at 64 pixels.
    public var blur: Double
    /// The mean brightness, 0 for black to 1 for white.
    public var light: Double
    /// -1 for a face seen from the side that looks to the left of the picture, 0 from the front, 1 for one that looks right.
    public var turn: Double

    /// A face's quality with these figures.
    public init(faceProbability: Double, eyesConfidence: Double, size: Double, blur: Double, light: Double, turn: Double) {
        self.faceProbability = faceProbability
        self.eyesConfidence = eyesConfidence
        self.size = size
        self.blur = blur
        self.light = light
        self.turn = turn
    }
}

extension FaceQuality {
    /// 1 / (1 + r / 0.1), r being the mean square of the view's Laplacian (four neighbours) over 16 times its variance.
    /// - Parameter view: at least 3 x 3 pixels.
    package static func blur(of view: Gray) -> Double {
        let (width, pixels) = (view.width, view.pixels)
        var fine = 0
        for y in 1..<view.height - 1 {
            for x in 1..<width - 1 {
                let i = y * width + x
                let neighbours = Int(pixels[i - 1]) + Int(pixels[i + 1]) + Int(pixels[i - width]) + Int(pixels[i + width])
                let difference = neighbours - 4 * Int(pixels[i])
                fine += difference * difference
            }
        }
        let mean = light(of: view) * 255
        let variance = pixels.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(pixels.count)
        guard variance > 0 else { return 1 }
        let ratio = Double(fine) / Double((width - 2) * (view.height - 2)) / (16 * variance)
        return 1 / (1 + ratio / 0.1)
    }

    /// The mean of the view's pixels over 255.
    package static func light(of view: Gray) -> Double {
        Double(view.pixels.reduce(0) { $0 + Int($1) }) / Double(255 * view.pixels.count)
    }
}

extension CandidateFace {
    /// The hits of the searches for faces turned right less those for faces turned left, over the hits of all.
    /// - Parameter searches: whose statements these are.
    package func turn(_ searches: [FindingSettings.Search]) -> Double {
        var sum = 0
        for (search, statement) in zip(searches, statements) where search.cascade == FindingSettings.profileCascade {
            sum += search.isMirrored ? statement.neighbors : -statement.neighbors
        }
        return Double(sum) / Double(max(neighbors, 1))
    }
}
