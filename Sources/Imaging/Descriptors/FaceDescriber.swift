import Foundation

/// A checked `FaceComposition`, ready to describe faces.
public struct FaceDescriber: Sendable {
    public let composition: FaceComposition
    /// The number of features in each block: one block for each part of each view, in their order.
    public let blockLengths: [Int]
    private let views: [(view: FaceComposition.View, parts: [Part])]

    /// The most pixels that the squares of one face have together.
    public static let maximumPixels = 1 << 24
    /// The most features of one face.
    public static let maximumLength = 1 << 22

    /// The number of features in all blocks together.
    public var length: Int { blockLengths.reduce(0, +) }

    /// One part's descriptor, and whether roots are taken of its averaged features.
    private struct Part: Sendable {
        var descriptor: any GrayDescriptor
        var takesRoots: Bool
        var light: FaceComposition.Part.Light

        init(_ part: FaceComposition.Part) throws(DescriptorError) {
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

    /// - Throws: `DescriptorError` for a parameter outside its range, or a square too small for a descriptor.
    public init(_ composition: FaceComposition = .standard) throws(DescriptorError) {
        try DescriptorError.require(1...16 ~= composition.jitters.count, "jitters", composition.jitters.count, "1 to 16")
        try DescriptorError.require(1...16 ~= composition.views.count, "views", composition.views.count, "1 to 16")
        for jitter in composition.jitters {
            let isSmall = abs(jitter.right) <= 1 && abs(jitter.down) <= 1 && abs(jitter.degrees) <= 180
            try DescriptorError.require(isSmall && 0.1...10 ~= jitter.scale, "jitter", "\(jitter)", "a small deviation")
        }
        var lengths: [Int] = []
        var views: [(FaceComposition.View, [Part])] = []
        for view in composition.views {
            try DescriptorError.require(view.extent > 0 && view.extent <= 8, "extent", view.extent, "above 0, at most 8")
            try DescriptorError.require(-4...4 ~= view.drop, "drop", view.drop, "-4 to 4")
            try DescriptorError.require(16...1024 ~= view.side, "side", view.side, "16 to 1024")
            try DescriptorError.require(1...16 ~= view.parts.count, "parts", view.parts.count, "1 to 16")
            var parts: [Part] = []
            for part in view.parts {
                let part = try Part(part)
                lengths.append(try part.descriptor.length(for: Size(width: view.side, height: view.side)))
                parts.append(part)
            }
            views.append((view, parts))
        }
        // A composition may come from a file: what it asks for is known before anything is made of it.
        let pixels = composition.views.reduce(0) { $0 + $1.side * $1.side } * composition.jitters.count
        try DescriptorError.require(pixels <= Self.maximumPixels, "pixels of all squares", pixels, "at most \(Self.maximumPixels)")
        let length = lengths.reduce(0, +)
        try DescriptorError.require(length <= Self.maximumLength, "features", length, "at most \(Self.maximumLength)")
        self.composition = composition
        blockLengths = lengths
        self.views = views
    }

    /// The features of one face, block after block: `length` numbers.
    /// - Parameters:
    ///   - photo: the gray plane of the whole photo, or of a crop that `face` lies in.
    ///   - face: the face's box; what a view needs beyond the plane continues its border.
    ///   - eyes: the centres of the eyes in the plane's pixels, nil when they are not known.
    ///   - isMirrored: whether to describe the mirror images of the squares, jitters included, for more training rows.
    public func features(
        of photo: Gray, face: Rect, eyes: EyePair?, isMirrored: Bool = false
    ) throws(DescriptorError) -> [Float] {
        precondition(!face.isEmpty, "a face has at least one pixel")
        var warps: [(warp: SimilarityWarp, size: Size)] = []
        for (view, _) in views {
            let size = Size(width: view.side, height: view.side)
            warps += try squares(of: view, face: face, eyes: eyes).map { ($0, size) }
        }
        var squares = photo.warped(by: warps)[...]
        if isMirrored { squares = squares.map { $0.mirrored() }[...] }
        var features: [Float] = []
        features.reserveCapacity(length)
        for (_, parts) in views {
            let own = squares.prefix(composition.jitters.count)
            let even = parts.contains { $0.light == .even } ? own.map(EvenLight.applied) : []
            for part in parts {
                switch part.light {
                case .plain: try part.append(own, to: &features)
                case .even: try part.append(even, to: &features)
                }
            }
            squares.removeFirst(composition.jitters.count)
        }
        return features
    }

    /// One warp for each jitter of a view.
    private func squares(
        of view: FaceComposition.View, face: Rect, eyes: EyePair?
    ) throws(DescriptorError) -> [SimilarityWarp] {
        let corner = Place(Double(face.x) - 0.5, Double(face.y) - 0.5)
        let (width, height) = (Double(face.width), Double(face.height))
        /// The square's centre, and the step from it to the middle of its right side.
        var (centre, reach) = (corner + Place(width / 2, height / 2), Place(view.extent * width, 0))
        if view.frame == .eyes {
            let left = eyes?.left ?? corner + Place(0.31 * width, 0.4 * height)
            let right = eyes?.right ?? corner + Place(0.69 * width, 0.4 * height)
            let along = right - left
            guard along != .zero else { throw .eyesCoincide }
            centre = (left + right) / 2 + view.drop * Place(-along.y, along.x)
            reach = view.extent * along
        }
        return composition.jitters.map { jitter in
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
