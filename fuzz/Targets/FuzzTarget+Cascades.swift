import Cascade
import Imaging

extension FuzzTarget {
    /// Cascade files: read, compiled, and a small picture searched, by the cascade and by its mirror image.
    static let cascade = FuzzTarget(name: "cascade") { bytes in
        guard let cascade = try? CascadeClassifier(xml: bytes) else { return }
        let parameters = try DetectionParameters(scaleFactor: 1.7, minNeighbors: 1, threads: 1)
        let limits = SearchLimits(maximumWindows: 1 << 14, maximumHits: 1 << 12)
        for picture in cascade.windowSize.width > 64 ? [large] : [small, large] {
            let found = try? cascade.detections(in: picture, parameters, within: limits)
            let mirrored = try? cascade.mirrored().detections(in: picture, parameters, within: limits)
            for detection in (found ?? []) + (mirrored ?? []) {
                try require(picture.bounds.contains(detection.rect), "\(detection.rect) of a picture of \(picture.size)")
            }
        }
    }

    private static let small = noise(width: 41, height: 33)
    private static let large = noise(width: 173, height: 120)

    private static func noise(width: Int, height: Int) -> Gray {
        var state: UInt64 = 1
        let pixels = (0..<width * height).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        return Gray(width: width, height: height, pixels: pixels)
    }
}
