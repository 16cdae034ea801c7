import Cascade
import Foundation
import Imaging

/// What one line of standard input asks for.
struct Request: Decodable {
    /// A cascade file.
    var cascade: String
    /// A binary PGM (P5) picture, or any image file.
    var image: String
    var scaleFactor: Double
    var minNeighbors: Int
    var minSize: [Int]?
    var maxSize: [Int]?
    var threads: Int?
    /// Searches this often and reports each time.
    var rounds: Int?
}

/// What one line of standard output answers.
struct Answer: Encodable {
    /// Detection alone, one value a round.
    var milliseconds: [Double]
    /// Processor time of all threads, one value a round.
    var processorMilliseconds: [Double]
    var rects: [[Int]]
    var neighbors: [Int]
    var levels: [Int]
    var weights: [Double]
}

/// Runs detections on request, one JSON object a line in and out, so that a script can alternate it with a peer.
///
///     CascadeBench --memory CASCADE [MEGAPIXELS [SCALEFACTOR [THREADS]]]
///     CascadeBench --load CASCADE
@main struct CascadeBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let mode = arguments.first else { return try answerRequests() }
        guard arguments.count >= 2, mode == "--memory" || mode == "--load" else {
            FileHandle.standardError.write(
                Data("usage: CascadeBench [--memory CASCADE [MEGAPIXELS [SCALEFACTOR [THREADS]]] | --load CASCADE]\n".utf8))
            exit(64)
        }
        let path = arguments[arguments.startIndex + 1]
        if mode == "--load" { return try Footprint.printLoadTime(path, rounds: 21) }
        let numbers = arguments.dropFirst(2).compactMap(Double.init) + [100, 1.1, 1].dropFirst(arguments.count - 2)
        try Footprint.printMemory(
            CascadeClassifier(contentsOfFile: path), megapixels: Int(numbers[0]), scaleFactor: numbers[1], threads: Int(numbers[2]))
    }

    static func answerRequests() throws {
        var cascades: [String: CascadeClassifier] = [:]
        var image: (path: String, gray: Gray)?
        let encoder = JSONEncoder()
        while let line = readLine() {
            let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
            let cascade = try cascades[request.cascade] ?? CascadeClassifier(contentsOfFile: request.cascade)
            cascades[request.cascade] = cascade
            if image?.path != request.image { image = (request.image, try gray(request.image)) }
            let parameters = try DetectionParameters(
                scaleFactor: request.scaleFactor, minNeighbors: request.minNeighbors, minSize: size(request.minSize),
                maxSize: size(request.maxSize), threads: request.threads ?? 1)
            var times: [Double] = []
            var processorTimes: [Double] = []
            var found: [Detection] = []
            for _ in 0..<(request.rounds ?? 1) {
                let start = ContinuousClock.now
                let processorStart = clock()
                found = try cascade.detections(in: image!.gray, parameters)
                processorTimes.append(Double(clock() - processorStart) * 1000 / Double(CLOCKS_PER_SEC))
                times.append((ContinuousClock.now - start) / .milliseconds(1))
            }
            let answer = Answer(
                milliseconds: times, processorMilliseconds: processorTimes,
                rects: found.map { [$0.rect.x, $0.rect.y, $0.rect.width, $0.rect.height] },
                neighbors: found.map(\.neighbors), levels: found.map(\.level), weights: found.map(\.weight))
            FileHandle.standardOutput.write(try encoder.encode(answer) + Data("\n".utf8))
        }
    }

    static func size(_ sides: [Int]?) -> Size {
        sides.map { Size(width: $0[0], height: $0[1]) } ?? .zero
    }

    static func gray(_ path: String) throws -> Gray {
        let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return data.starts(with: "P5".utf8) ? try portableGray(data, path) : try ImageFile.decode(data).grayscale()
    }

    /// `P5 width height 255`, one white space, then the bytes.
    static func portableGray(_ data: [UInt8], _ path: String) throws -> Gray {
        var at = 0
        func field() -> String {
            while data[at] <= 32 { at += 1 }
            let start = at
            while data[at] > 32 { at += 1 }
            return String(decoding: data[start..<at], as: UTF8.self)
        }
        guard field() == "P5", let width = Int(field()), let height = Int(field()), field() == "255" else {
            throw CascadeError.unreadable(path: path, reason: "not an 8-bit binary PGM")
        }
        return Gray(width: width, height: height, pixels: Array(data[(at + 1)...]))
    }
}
