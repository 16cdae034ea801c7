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
        model = try CascadeParser.parse(bytes)
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
    public func detections(in gray: Gray, _ parameters: DetectionParameters) -> [Detection] {
        return groupHits(hits(in: gray, parameters), threshold: parameters.minNeighbors, level: stageCount).compactMap { detection in
            // Rounding can push an edge a pixel outside the picture.
            var clipped = detection
            clipped.rect = detection.rect.intersection(gray.bounds)
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
