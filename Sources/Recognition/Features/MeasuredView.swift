import Foundation
import Imaging

/// A checked view of a face: which squares it cuts out, and the descriptors that measure them.
struct MeasuredView: Sendable {
    /// One part's descriptor, and whether roots are taken of its averaged features.
    private struct Part: Sendable {
        var descriptor: any GrayDescriptor
        var takesRoots: Bool
        var light: FeatureSettings.Part.Light

        init(_ part: FeatureSettings.Part) throws(DescriptorError) {
            light = part.light
            switch part.descriptor {
            case .gradients(let parameters):
                descriptor = try HistogramOfGradients(parameters)
                takesRoots = false
            case .patterns(var parameters):
                takesRoots = parameters.squareRoots
                parameters.squareRoots = false
                descriptor = try LocalBinaryPatterns(parameters)
            case .phases(var parameters):
                takesRoots = parameters.squareRoots
                parameters.squareRoots = false
                descriptor = try LocalPhaseQuantisation(parameters)
            case .edgePatterns(var parameters):
                takesRoots = parameters.squareRoots
                parameters.squareRoots = false
                descriptor = try OrientedEdgePatterns(parameters)
            }
        }

        /// Appends the mean of the squares' features.
        func append(_ squares: some Collection<Gray>, to features: inout [Float]) throws(DescriptorError) {
            let start = features.count
            for square in squares {
                let next = try descriptor.features(of: square)
                if features.count == start {
                    features += next
                } else {
                    for i in next.indices { features[start + i] += next[i] }
                }
            }
            let count = Float(squares.count)
            for i in start..<features.count { features[i] = takesRoots ? (features[i] / count).squareRoot() : features[i] / count }
        }
    }

    private let view: FeatureSettings.View
    private let jitters: [FeatureSettings.Jitter]
    private let parts: [Part]
    /// The number of features of each part.
    let blockLengths: [Int]

    /// The size of each cut-out.
    var size: Size { Size(width: view.side, height: view.side) }

    /// - Throws: `DescriptorError` for a parameter outside its range, or a square too small for a descriptor.
    init(_ view: FeatureSettings.View, jitters: [FeatureSettings.Jitter]) throws(DescriptorError) {
        let (halfWidth, below) = (view.halfWidth, view.centreBelowEyes)
        try DescriptorError.require(halfWidth > 0 && halfWidth <= 8, "halfWidth", halfWidth, "above 0, at most 8")
        try DescriptorError.require(-4...4 ~= below, "centreBelowEyes", below, "-4 to 4")
        try Self.checkCounts(of: view)
        var parts: [Part] = []
        var lengths: [Int] = []
        for part in view.parts {
            let part = try Part(part)
            lengths.append(try part.descriptor.length(for: Size(width: view.side, height: view.side)))
            parts.append(part)
        }
        self.view = view
        self.jitters = jitters
        self.parts = parts
        blockLengths = lengths
    }

    /// Checks what decides how much work a view asks for.
    static func checkCounts(of view: FeatureSettings.View) throws(DescriptorError) {
        try DescriptorError.require(16...1024 ~= view.side, "side", view.side, "16 to 1024")
        try DescriptorError.require(1...16 ~= view.parts.count, "parts", view.parts.count, "1 to 16")
    }

    /// Appends each part's features, averaged over the view's squares.
    func append(_ squares: ArraySlice<Gray>, to features: inout [Float]) throws(DescriptorError) {
        let even = parts.contains { $0.light == .even } ? squares.map(EvenLight.applied) : []
        for part in parts {
            switch part.light {
            case .plain: try part.append(squares, to: &features)
            case .even: try part.append(even, to: &features)
            }
        }
    }

    /// Where each jitter's square lies in a photo.
    /// - Throws: `DescriptorError.placesCoincide` where both eyes are in one place.
    func squares(of face: Rect, eyes: EyePair?) throws(DescriptorError) -> [SimilarityWarp] {
        let corner = Place(Double(face.x) - 0.5, Double(face.y) - 0.5)
        let (width, height) = (Double(face.width), Double(face.height))
        /// The square's centre, and the step from it to the middle of its right side.
        var (centre, reach) = (corner + Place(width / 2, height / 2), Place(view.halfWidth * width, 0))
        if view.frame == .eyes {
            let left = eyes?.left ?? corner + Place(0.31 * width, 0.4 * height)
            let right = eyes?.right ?? corner + Place(0.69 * width, 0.4 * height)
            let along = right - left
            guard along != .zero else { throw .placesCoincide }
            centre = (left + right) / 2 + view.centreBelowEyes * Place(-along.y, along.x)
            reach = view.halfWidth * along
        }
        return jitters.map { jitter in
            let turn = jitter.degrees * .pi / 180
            // Ten decimals: the same numbers whatever the last digit of a library's cosine.
            let (c, s) = (jitter.scale * (cos(turn) * 1e10).rounded() / 1e10, jitter.scale * (sin(turn) * 1e10).rounded() / 1e10)
            // One new pixel in source pixels.
            let step = 2 / Double(view.side) * Place(c * reach.x - s * reach.y, s * reach.x + c * reach.y)
            let shifted = centre + 2 * (jitter.right * reach + jitter.down * Place(-reach.y, reach.x))
            let half = Double(view.side - 1) / 2
            let shift = Place(shifted.x - half * step.x + half * step.y, shifted.y - half * step.y - half * step.x)
            return SimilarityWarp(a: step.x, b: step.y, shift: shift)
        }
    }
}
