import Cascade
import Foundation
import Imaging

/// The memory a search needs beyond its picture, and the time a file takes to load.
enum Footprint {
    /// Prints the process's peak resident memory before and after a search of a drawn picture, and the difference in bytes a pixel.
    static func printMemory(_ cascade: CascadeClassifier, megapixels: Int, scaleFactor: Double, threads: Int) throws {
        let side = Int(Double(megapixels * 1_000_000).squareRoot())
        // Waves of many lengths: contrast everywhere, so that windows of every size are searched.
        let pixels = [UInt8](unsafeUninitializedCapacity: side * side) { pixels, count in
            for y in 0..<side {
                for x in 0..<side { pixels[y * side + x] = UInt8(truncatingIfNeeded: (x &* y >> 7) ^ (x >> 2) &+ (y >> 1)) }
            }
            count = side * side
        }
        let gray = Gray(width: side, height: side, pixels: pixels)
        let parameters = try DetectionParameters(scaleFactor: scaleFactor, minNeighbors: 3, threads: threads)
        let before = try peakResidentBytes()
        let found = try cascade.detections(in: gray, parameters)
        let after = try peakResidentBytes()
        let beyond = after - gray.size.area
        print(
            """
            \(side)x\(side) pixels, scale factor \(scaleFactor), \(threads) threads, \(found.count) detections
            peak resident memory before the search: \(before) bytes (picture \(gray.size.area))
            peak resident memory after the search:  \(after) bytes
            of the search alone:                    \(after - before) bytes, \(perPixel(after - before, gray)) a pixel
            whole process beyond the picture:       \(beyond) bytes, \(perPixel(beyond, gray)) a pixel
            """)
    }

    private static func perPixel(_ bytes: Int, _ gray: Gray) -> String {
        String(format: "%.3f", Double(bytes) / Double(gray.size.area))
    }

    /// The kernel's VmHWM.
    private static func peakResidentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
        else { throw CascadeError.unreadable(path: "/proc/self/status", reason: "no VmHWM") }
        return kilobytes * 1024
    }

    /// Prints how long loading took, the median and the range of `rounds`.
    static func printLoadTime(_ path: String, rounds: Int) throws {
        var times: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            _ = try CascadeClassifier(contentsOfFile: path)
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        times.sort()
        print(String(format: "loaded in %.2f ms (%.2f to %.2f, %d rounds)", times[rounds / 2], times[0], times[rounds - 1], rounds))
    }
}
