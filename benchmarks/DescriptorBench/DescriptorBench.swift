import Foundation
import Imaging
import Recognition

/// Answers requests on standard input, one a line, for `benchmarks/peers/descriptor_compare.py`:
///
///     OPERATION WIDTH HEIGHT ROUNDS
///
/// The answer is the least milliseconds of ROUNDS runs on a picture of that size, one thread, and the sum of the result's
/// numbers, the i-th one counted i mod 97 + 1 times; or `error` and the reason. `face` describes a face by the standard
/// composition, WIDTH and HEIGHT being those of its box.
@main
struct DescriptorBench {
    static func main() {
        while let line = readLine() {
            let answer: String
            do {
                answer = try run(line)
            } catch {
                answer = "error \(error)"
            }
            FileHandle.standardOutput.write(Data((answer + "\n").utf8))
        }
    }

    static func run(_ line: String) throws -> String {
        let words = line.split(separator: " ")
        guard words.count == 4, let width = Int(words[1]), let height = Int(words[2]), let rounds = Int(words[3]),
            width > 0, height > 0, rounds > 0
        else { throw BadRequest(text: line) }
        let work = try work(String(words[0]), width: width, height: height)
        var output = Output.numbers([])
        var best = Double.infinity
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            output = try work()
            best = min(best, (ContinuousClock.now - start) / .milliseconds(1))
        }
        return "\(best) \(output.sum)"
    }

    enum Output {
        case numbers([Float])
        case pixels([UInt8])

        var sum: Double {
            let values =
                switch self {
                case .numbers(let numbers): numbers.map { Double($0) }
                case .pixels(let pixels): pixels.map { Double($0) }
                }
            return values.enumerated().reduce(0) { $0 + Double($1.offset % 97 + 1) * $1.element }
        }
    }

    /// What to measure, set up: the picture and the descriptor are made beforehand.
    static func work(_ operation: String, width: Int, height: Int) throws -> () throws -> Output {
        let gray = picture(width: width, height: height)
        func features(_ descriptor: some GrayDescriptor) -> () throws -> Output {
            { .numbers(try descriptor.features(of: gray)) }
        }
        func pixels(_ apply: @escaping (Gray) -> Gray) -> () throws -> Output {
            { .pixels(apply(gray).pixels) }
        }
        switch operation {
        case "face":
            let extractor = try FeatureExtractor(settings: .standard)
            let photo = picture(width: 2 * width, height: 2 * height)
            let face = Rect(x: width / 2, y: height / 2, width: width, height: height)
            return { .numbers(try extractor.features(of: photo, face: face, eyes: nil)) }
        case "hog": return features(try HistogramOfGradients())
        case "lbp1": return features(try LocalBinaryPatterns(LBPParameters(radius: 1, squareRoots: false)))
        case "lbp2": return features(try LocalBinaryPatterns(LBPParameters(radius: 2, squareRoots: false)))
        case "lbp3": return features(try LocalBinaryPatterns(LBPParameters(radius: 3, squareRoots: false)))
        case "lpq": return features(try LocalPhaseQuantisation())
        case "poem": return features(try OrientedEdgePatterns())
        case "gabor": return features(try GaborEnergy())
        case "energy": return features(try WaveletEnergy())
        case "dct": return features(try CosineFeatures())
        case "equalise": return pixels { $0.equalised() }
        case "evenlight": return pixels { EvenLight.applied(to: $0) }
        case "clahe":
            let clahe = try CLAHE()
            return pixels { clahe.applied(to: $0) }
        case "tantriggs":
            let normalisation = try TanTriggs()
            return { .numbers(normalisation.values(of: gray).values) }
        case "warp":
            let (a, b) = (0.96, 0.28)
            let middle = Place(Double(width - 1), Double(height - 1)) / 2
            let shift = Place(middle.x - a * middle.x + b * middle.y, middle.y - b * middle.x - a * middle.y)
            return pixels { $0.warped(by: SimilarityWarp(a: a, b: b, shift: shift), to: $0.size) }
        case "area":
            let size = Size(width: width * 3 / 8, height: height * 3 / 8)
            return pixels { $0.resizedArea(to: size) }
        default: throw BadRequest(text: operation)
        }
    }

    /// Soft waves with a little noise, as `descriptor_compare.py` makes them.
    static func picture(width: Int, height: Int) -> Gray {
        var state: UInt32 = 1
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                state = state &* 1_664_525 &+ 1_013_904_223
                pixels.append(UInt8(40 + (x * x / 90 + 2 * y + x * y / 40) % 160 + Int(state >> 24) % 8))
            }
        }
        return Gray(width: width, height: height, pixels: pixels)
    }
}

struct BadRequest: Error, CustomStringConvertible {
    var text: String
    var description: String { "bad request: \(text)" }
}
