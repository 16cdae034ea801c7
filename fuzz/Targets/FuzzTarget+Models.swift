import Foundation
import Imaging
import Learn
import Recognition

extension FuzzTarget {
    /// Files of named tensors; what is read is written and read again alike.
    static let safetensors = FuzzTarget(name: "safetensors") { bytes in
        for bytes in [bytes, withHeaderLength(bytes)] {
            guard let file = try? Safetensors(parsing: bytes) else { continue }
            try require(try Safetensors(parsing: file.serialised()) == file, "a file that is written is another one")
        }
    }

    /// Models: read, asked, written and read again. The header's length and the length of the data are set right, as nothing gets past
    /// them otherwise.
    static let model = FuzzTarget(name: "model") { bytes in
        guard let file = try? Safetensors(parsing: withDataLength(withHeaderLength(bytes))) else { return }
        if let threshold = try? UnknownThreshold.reading(file) {
            for score in [0, 0.3, 1] {
                _ = threshold.isKnown([score, 1 - score])
                let stranger = threshold.strangerProbability([score, 1 - score]) ?? 0
                try require((0...1).contains(stranger), "a stranger's probability of \(stranger)")
            }
        }
        _ = try? ModelFile(parsing: file.serialised(), path: "model")
        guard let model = try? CalibratedClassifier(reading: file), model.featureCount <= 4096, model.classCount <= 256 else { return }
        let values = (0..<3 * model.featureCount).map { [Float(0), 1, -1, 255, 1e30, -1e30, 0.25][$0 % 7] }
        let rows = Matrix(rows: 3, columns: model.featureCount, values: values)
        if let probabilities = try? model.probabilities(rows, threads: 1) {
            for row in 0..<3 {
                let values = probabilities.row(row)
                let sum = values.reduce(0, +)
                try require(values.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 } && abs(sum - 1) < 1e-6, "probabilities \(Array(values))")
            }
        }
        var written = Safetensors()
        try model.write(to: &written)
        try require(try CalibratedClassifier(reading: written) == model, "a model that is written is another one")
    }

    /// What a model says beside its numbers: the recipe is followed on a small picture.
    static let recipe = FuzzTarget(name: "recipe") { bytes in
        guard let metadata = try? JSONDecoder().decode(ModelMetadata.self, from: Data(bytes)),
            let extractor = try? FeatureExtractor(settings: metadata.recipe.features)
        else { return }
        let pixels = (0..<3 * 31 * 27).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 8) }
        let crop = Image(width: 31, height: 27, pixels: pixels)
        for eyes in [[], [Rect(x: 4, y: 6, width: 8, height: 8), Rect(x: 19, y: 5, width: 8, height: 8)]] {
            let row = try extractor.vector(of: crop, eyes: eyes)
            try require(row.count == extractor.count, "\(row.count) features, announced \(extractor.count)")
        }
    }

    /// The bytes with a length of the header before it: it ends where the first brace is closed.
    private static func withHeaderLength(_ bytes: [UInt8]) -> [UInt8] {
        let rest = bytes.dropFirst(8)
        var depth = 0
        var (isText, isEscaped) = (false, false)
        var length = rest.count
        for (place, byte) in rest.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isText
            } else if byte == UInt8(ascii: "\"") {
                isText.toggle()
            } else if !isText, byte == UInt8(ascii: "{") {
                depth += 1
            } else if !isText, byte == UInt8(ascii: "}") {
                depth -= 1
                if depth <= 0 {
                    length = place + 1
                    break
                }
            }
        }
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + rest
    }

    /// The bytes with zeros behind them up to the last end that the header names, or without those behind it.
    private static func withDataLength(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count > 8 else { return bytes }
        let length = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
        guard 8 + length <= bytes.count else { return bytes }
        let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
        let ends = header.split(separator: "]").compactMap { part in
            part.split(whereSeparator: { ",[ ".contains($0) }).last.flatMap { Int($0) }
        }
        let end = min(max(ends.max() ?? 0, 0), 1 << 16)
        let data = bytes[(8 + length)...].prefix(end)
        return bytes[..<(8 + length)] + data + [UInt8](repeating: 0, count: end - data.count)
    }
}
