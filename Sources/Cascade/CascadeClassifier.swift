import Imaging
import Support

/// A cascade of boosted classifiers that finds objects of one kind (faces, eyes, number plates) in gray pictures.
///
/// A window of fixed size slides over the picture, which is shrunk step by step so that larger objects fit the window. At each
/// position the stages are evaluated in turn; each sums the leaves of its small decision trees and rejects the window when the sum
/// stays below its threshold. Few windows reach the late stages, which makes the search fast. (Viola and Jones, 2001; tilted
/// features: Lienhart and Maydt, 2002; local binary patterns: Liao et al., 2007.)
///
/// Every result equals OpenCV 4.14's, rectangle by rectangle and in order.
public struct CascadeClassifier: Sendable {
    package let model: CascadeModel
    /// Whether it was made by `mirrored()` (an even number of times is never).
    let isMirrored: Bool
    private let program: Program
    private let scanners = ScannerPool()

    private enum Program: Sendable {
        case haar(HaarProgram)
        case lbp(LBPProgram)
    }

    /// The largest file that is read, in bytes.
    public static let maximumFileSize = 64 << 20

    /// Reads a cascade from the bytes of its XML file.
    /// - Throws: `CascadeError` with the place and what was found there.
    /// - Complexity: O(bytes).
    public init(xml bytes: [UInt8]) throws(CascadeError) {
        guard bytes.count <= Self.maximumFileSize else {
            throw .tooLarge(path: "XML", bytes: bytes.count, limit: Self.maximumFileSize)
        }
        self.init(model: try CascadeParser.parse(bytes))
    }

    package init(model: CascadeModel, isMirrored: Bool = false) {
        self.model = model
        self.isMirrored = isMirrored
        _ = BuildNotice.once
        switch model.kind {
        case .haar(let features): program = .haar(HaarProgram(model, features))
        case .lbp(let features): program = .lbp(LBPProgram(model, features))
        }
    }

    /// The window's size in pixels: the smallest object that can be found.
    public var windowSize: Size { model.window }

    /// How many stages a window has to pass.
    public var stageCount: Int { model.stages.count }

    /// The same cascade for objects that face the other way: its features are mirrored, not the picture.
    ///
    /// Its hits are exactly those of this cascade in the mirrored picture, mirrored back: windows start at the right side, and one that
    /// the first stage rejects takes its left neighbour with it. Groups of hits can differ by a pixel, where a mean is rounded.
    /// - Complexity: O(features).
    public func mirrored() -> CascadeClassifier {
        CascadeClassifier(model: model.mirrored(), isMirrored: !isMirrored)
    }

    /// Searches a picture, for rectangles alone.
    /// - Parameters:
    ///   - gray: the picture that is searched.
    ///   - scaleFactor: the ratio of one window size to the next smaller one.
    ///   - minNeighbors: a group of overlapping hits counts when it has more than this many; 0 returns every single hit.
    ///   - minSize: smaller windows are not searched.
    ///   - maxSize: larger windows are not searched; zero on either side means the whole picture.
    ///   - threads: how many threads share the work; the result does not depend on it.
    /// - Returns: rectangles in pixels of the picture, in OpenCV's order.
    /// - Precondition: the parameters are in the ranges of `DetectionParameters`, which checks values from outside.
    public func detect(
        in gray: Gray, scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Size = .zero, maxSize: Size = .zero,
        threads: Int = .allCores
    ) -> [Rect] {
        do {
            let parameters = try DetectionParameters(
                scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize, threads: threads)
            return try detections(in: gray, parameters).map(\.rect)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Searches a picture, or a part of it, within limits; each detection comes with its number of hits and its weight.
    /// - Parameters:
    ///   - gray: the picture that is searched.
    ///   - parameters: window sizes, grouping and threads.
    ///   - limits: where to search, and what it may take; without any, nothing is thrown.
    /// - Throws: `CascadeError.tooManyWindows` before the search; `.tooManyHits`, `.outOfTime` or `.cancelled` during it;
    ///   `.invalidParameter` when the region is not inside the picture or the mask has not the size of the searched part.
    /// - Complexity: time about proportional to pixels / (1 - 1 / scaleFactor^2); memory to the picture's width, up to 8,192 pixels,
    ///   beyond the picture.
    public func detections(
        in gray: Gray, _ parameters: DetectionParameters = .standard, within limits: SearchLimits = .none
    ) throws(CascadeError) -> [Detection] {
        let search = search(parameters)
        return try search.grouped(search.limited(in: gray, within: limits, threads: parameters.threads))[0]
    }

    package func detections(
        in gray: Gray, _ parameters: DetectionParameters, watchedBy watch: SearchWatch
    ) throws(CascadeError) -> [Detection] {
        let search = search(parameters)
        return try search.grouped(search.watched(in: gray, threads: parameters.threads, watch))[0]
    }

    /// Every window that passes all stages: by scale, then row, then column.
    package func hits(in gray: Gray, _ parameters: DetectionParameters) -> [Hit] {
        search(parameters).sightings(in: gray, threads: parameters.threads, .idle)[0].hits
    }

    /// How many window positions a search of a picture of this size visits at most.
    public func windowCount(in size: Size, _ parameters: DetectionParameters) -> Int {
        search(parameters).windowCount(size)
    }

    private func search(_ parameters: DetectionParameters) -> CascadeSearch {
        CascadeSearch([.init(classifier: self, parameters: parameters)], scanners: scanners)
    }
}

extension CascadeClassifier {
    /// What a search needs beside the sums.
    struct Needs {
        var norms = false
        var tilted16 = false
        var tilted32 = false
    }

    var needs: Needs {
        switch program {
        case .haar(let program): Needs(norms: true, tilted16: program.hasTilted, tilted32: program.needsTilted32)
        case .lbp: Needs()
        }
    }

    /// A search of rows for one thread.
    func makeSearch(_ tables: StripeTables) -> any RowSearch {
        switch program {
        case .haar(let program): HaarRowSearch(program, tables)
        case .lbp(let program): LBPRowSearch(program, tables)
        }
    }
}
