import Imaging

/// A cascade of boosted classifiers that finds objects of one kind (faces, eyes, number plates) in gray pictures.
///
/// A window of fixed size slides over the picture, which is shrunk step by step so that larger objects fit the window. At each
/// position the stages are asked in turn; each sums the leaves of its small decision trees and rejects the window when the sum
/// stays below its threshold. Few windows reach the late stages, which makes the search fast. (Viola and Jones, 2001; tilted
/// features: Lienhart and Maydt, 2002; local binary patterns: Liao et al., 2007.)
///
/// Every result equals OpenCV 4.14's, rectangle by rectangle and in order.
public struct CascadeClassifier: Sendable {
    package let model: CascadeModel
    private let program: Program

    private enum Program: Sendable {
        case haar(HaarProgram)
        case lbp(LBPProgram)
    }

    /// The largest file that is read, in bytes.
    public static let maximumFileSize = 64 << 20

    /// Reads a cascade from the bytes of its XML file.
    /// - Throws: `CascadeError` with the place and what was found there.
    /// - Complexity: O(bytes).
    public init(xml bytes: [UInt8]) throws {
        guard bytes.count <= Self.maximumFileSize else {
            throw CascadeError.tooLarge(path: "XML", bytes: bytes.count, limit: Self.maximumFileSize)
        }
        self.init(model: try CascadeParser.parse(bytes))
    }

    package init(model: CascadeModel) {
        self.model = model
        switch model.kind {
        case .haar(let features): program = .haar(HaarProgram(model, features))
        case .lbp(let features): program = .lbp(LBPProgram(model, features))
        }
    }

    /// The window's size in pixels: the smallest object that can be found.
    public var windowSize: Size { model.window }

    /// How many stages a window has to pass.
    public var stageCount: Int { model.stages.count }

    /// Searches a picture.
    /// - Parameters:
    ///   - scaleFactor: the ratio of one window size to the next smaller one.
    ///   - minNeighbors: a group of overlapping hits counts when it has more than this many; 0 returns every single hit.
    ///   - minSize: smaller windows are not searched.
    ///   - maxSize: larger windows are not searched; zero on either side means the whole picture.
    ///   - threads: how many threads share the work; the result does not depend on it.
    /// - Returns: rectangles in pixels of the picture, in OpenCV's order.
    /// - Precondition: the parameters are in the ranges of `DetectionParameters`, which checks values from outside.
    public func detect(
        in gray: Gray, scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Size = .zero, maxSize: Size = .zero,
        threads: Int = 1
    ) -> [Rect] {
        detections(
            in: gray, scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize, threads: threads
        ).map(\.rect)
    }

    /// Searches a picture; each detection comes with its number of hits and its weight.
    /// - Precondition: as for `detect`.
    public func detections(
        in gray: Gray, scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Size = .zero, maxSize: Size = .zero,
        threads: Int = 1
    ) -> [Detection] {
        do {
            return detections(
                in: gray,
                try DetectionParameters(
                    scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize, threads: threads))
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Searches a picture with checked parameters.
    /// - Complexity: time about proportional to pixels / (1 - 1 / scaleFactor^2); memory to the picture's width, beyond the picture.
    public func detections(in gray: Gray, _ parameters: DetectionParameters) -> [Detection] {
        finished(hits(in: gray, parameters), parameters, bounds: gray.bounds)
    }

    /// Searches a photo that several cascades search.
    public func detections(in pyramid: Pyramid, _ parameters: DetectionParameters) -> [Detection] {
        finished(hits(in: pyramid.gray, parameters, layers: pyramid), parameters, bounds: pyramid.gray.bounds)
    }

    /// Searches within limits.
    /// - Throws: `CascadeError.tooManyWindows` before the search, `.tooManyHits` or `.outOfTime` during it, `.badParameter` when the
    ///   region is not inside the picture or the mask has not the size of the searched part.
    public func detections(in gray: Gray, _ parameters: DetectionParameters, within limits: SearchLimits) throws -> [Detection] {
        if let region = limits.region {
            guard !region.isEmpty, gray.bounds.contains(region) else {
                throw CascadeError.badParameter(name: "region", found: "\(region)", expected: "a part of \(gray.bounds)")
            }
        }
        let part = limits.region.map { gray.cropped(to: $0) } ?? gray
        if let mask = limits.mask, mask.size != part.size {
            throw CascadeError.badParameter(name: "mask", found: "\(mask.size)", expected: "\(part.size)")
        }
        if let most = limits.maximumWindows {
            let windows = windowCount(in: part.size, parameters)
            guard windows <= most else { throw CascadeError.tooManyWindows(windows: windows, limit: most) }
        }
        let watch = SearchWatch(mask: limits.mask, deadline: limits.deadline, maximumHits: limits.maximumHits)
        let origin = limits.region ?? part.bounds
        return try detections(in: part, parameters, watchedBy: watch).map { detection in
            var moved = detection
            moved.rect = detection.rect.offsetBy(x: origin.x, y: origin.y)
            return moved
        }
    }

    package func detections(in gray: Gray, _ parameters: DetectionParameters, watchedBy watch: SearchWatch) throws -> [Detection] {
        let found = finished(hits(in: gray, parameters, watch: watch), parameters, bounds: gray.bounds, watch)
        if let failure = watch.failure { throw failure }
        return found
    }

    /// How many window positions a search of a picture of this size visits at most.
    public func windowCount(in size: Size, _ parameters: DetectionParameters) -> Int {
        ScalePlan(picture: size, window: model.window, parameters: parameters).layers.reduce(0) { $0 + $1.windows }
    }

    private func finished(
        _ hits: [Hit], _ parameters: DetectionParameters, bounds: Rect, _ watch: SearchWatch = .idle
    ) -> [Detection] {
        groupHits(hits, threshold: parameters.minNeighbors, level: stageCount, watch).compactMap { detection in
            // Rounding can push an edge a pixel outside the picture.
            var clipped = detection
            clipped.rect = detection.rect.intersection(bounds)
            return clipped.rect.isEmpty ? nil : clipped
        }
    }

    /// A searcher for one thread.
    /// - Parameter width: of the widest layer.
    func makeSearch(width: Int) -> any LayerSearch {
        switch program {
        case .haar(let program): HaarSearch(program, width: width)
        case .lbp(let program): LBPSearch(program, width: width)
        }
    }
}
