import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import Support

// What growth costs, on drawn faces of invented people:
//
//     GrowthBench faces FOLDER --people P --crops C   draws a folder of crops, FOLDER/<label>/<n>.png
//     GrowthBench photos FOLDER --people P --photos C --width W   draws a folder of photos, W pixels wide, FOLDER/<label>/<n>.jpg
//     GrowthBench features FOLDER OUT                 their features and mirror images' as Float rows, OUT.rows and OUT.mirrors, and OUT.labels
//     GrowthBench train FOLDER --whole-rows N                     trains and writes nothing; of more than N rows products alone are kept
//     GrowthBench hashes --count N                    seconds of grouping N hashes of 256 bits
//     GrowthBench name MODEL                          milliseconds of naming one measured face
//
// benchmarks/peers/growth_compare.py calls these and `lineup train`, and prints the curves beside scikit-learn's.
@main
struct GrowthBench {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let places = arguments.prefix { !$0.hasPrefix("--") }
        var options: [String: Int] = [:]
        for (name, value) in zip(arguments, arguments.dropFirst()) where name.hasPrefix("--") { options[name] = Int(value) }
        let threads = options["--threads"] ?? 2
        switch (places.first, places.count) {
        case ("faces", 2):
            try drawFaces(
                into: URL(fileURLWithPath: places[1]), people: options["--people"] ?? 100, crops: options["--crops"] ?? 20, threads: threads
            )
        case ("photos", 2):
            try drawPhotos(
                into: URL(fileURLWithPath: places[1]), people: options["--people"] ?? 100, photos: options["--photos"] ?? 20,
                width: options["--width"] ?? 160, threads: threads)
        case ("features", 3): try measure(URL(fileURLWithPath: places[1]), into: places[2], threads: threads)
        case ("train", 2):
            try train(on: URL(fileURLWithPath: places[1]), wholeRows: options["--whole-rows"], threads: threads)
        case ("hashes", 1): try groupHashes(options["--count"] ?? 100_000, threads: threads)
        case ("name", 2): try nameOneFace(URL(fileURLWithPath: places[1]))
        default:
            FileHandle.standardError.write(Data("usage: see the comment at the top of GrowthBench.swift\n".utf8))
            exit(64)
        }
    }

    static func drawFaces(into folder: URL, people: Int, crops: Int, threads: Int) throws {
        let studio = PortraitStudio(seed: 7)
        try draw(people: people, pictures: crops, threads: threads) { person, number in
            let face = studio.face(ofInvented: person, number: number)
            let file = folder.appendingPathComponent("\(face.label)/\(number).png")
            try AtomicFile.write(try ImageFile.encodePNG(face.image), to: file)
        }
    }

    static func drawPhotos(into folder: URL, people: Int, photos: Int, width: Int, threads: Int) throws {
        let studio = PortraitStudio(seed: 7)
        try draw(people: people, pictures: photos, threads: threads) { person, number in
            let photo = studio.portrait(ofInvented: person, number: number, width: width)
            let file = folder.appendingPathComponent("\(photo.label)/\(number).jpg")
            try AtomicFile.write(try ImageFile.encodeJPEG(photo.image), to: file)
        }
    }

    private static func draw(
        people: Int, pictures: Int, threads: Int, _ one: @Sendable (_ person: Int, _ number: Int) throws -> Void
    ) throws {
        _ = try Parallel.map(people * pictures, threads: threads) { try one($0 / pictures, $0 % pictures) }
    }

    /// Rows are written as they are measured, so that memory holds a few.
    static func measure(_ folder: URL, into path: String, threads: Int) throws {
        let extractor = try FeatureExtractor(settings: Recipe.best.features)
        let finder = try FaceFinder(recipe: .best)
        let labels = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let files = try labels.enumerated().flatMap { number, label in
            try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(label).path).sorted()
                .map { (number, folder.appendingPathComponent("\(label)/\($0)")) }
        }
        let outputs = try ["rows", "mirrors"].map { name in
            try Data().write(to: URL(fileURLWithPath: "\(path).\(name)"))
            return try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path).\(name)"))
        }
        for start in stride(from: 0, to: files.count, by: 64) {
            let part = files[start..<min(start + 64, files.count)]
            let rows = try Parallel.map(part.count, threads: threads) { index in
                let crop = try ImageFile.decode([UInt8](Data(contentsOf: part[part.startIndex + index].1)))
                let eyes = try finder.eyes(in: crop.grayscale())
                return [try extractor.vector(of: crop, eyes: eyes), try extractor.mirroredVector(of: crop, eyes: eyes) ?? []]
            }
            for row in rows {
                for (output, values) in zip(outputs, row) { values.withUnsafeBytes { output.write(Data($0)) } }
            }
        }
        let numbers = files.map { Int32($0.0) }
        try numbers.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: "\(path).labels")) }
        print("{\"rows\":\(files.count),\"columns\":\(extractor.count),\"blocks\":\(extractor.blockLengths)}")
    }

    /// Either way of training, whatever the number of rows, to see where which is the better one.
    static func train(on folder: URL, wholeRows: Int?, threads: Int) throws {
        let set = try TrainingSet(folder: folder, recipe: .best, wholeRows: wholeRows, threads: threads)
        let outcome = try Trainer(settings: .init(threads: threads)).train(set)
        print("{\"crops\":\(set.rows.count),\"products\":\(set.reduced != nil),\"accuracy\":\(outcome.assessment.accuracy)}")
    }

    /// Half of the hashes of one kind, as faces are: they agree in 96 bits; each tenth is a near-duplicate of another.
    static func groupHashes(_ count: Int, threads: Int) throws {
        for agreeing in [0, 96] {
            var random = SplitMix64(seed: 1)
            var hashes: [DifferenceHash] = []
            while hashes.count < count {
                var words = (0..<4).map { _ in random.next() }
                for bit in 0..<agreeing { words[bit % 4] &= ~(1 << UInt64(bit / 4)) }
                if hashes.count % 10 == 9 {
                    words = hashes[Int(random.next() % UInt64(hashes.count))].words
                    for _ in 0..<20 {
                        let bit = Int(random.next() % 256)
                        words[bit / 64] ^= 1 << UInt64(bit % 64)
                    }
                }
                let digits = words.map { word in
                    let text = String(word, radix: 16)
                    return String(repeating: "0", count: 16 - text.count) + text
                }
                guard let hash = DifferenceHash(digits.joined()) else { continue }
                hashes.append(hash)
            }
            let items = hashes.map { NearDuplicates.Hashes(label: 0, photo: $0, crop: $0) }
            let start = ContinuousClock.now
            let groups = NearDuplicates.groups(of: items, threads: threads)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let found = (groups.max() ?? -1) + 1
            print("{\"hashes\":\(count),\"agreeing_bits\":\(agreeing),\"groups\":\(found),\"seconds\":\(seconds)}")
        }
    }

    /// The middle of many namings of a face whose features are measured.
    static func nameOneFace(_ url: URL) throws {
        let recognizer = try Recognizer(contentsOf: url, threads: 2)
        let crop = PortraitStudio(seed: 7).face(ofInvented: 0, number: 1000).image
        let extractor = try FeatureExtractor(settings: recognizer.recipe.features)
        let row = try Matrix([try extractor.vector(of: crop, eyes: [])])
        let classifier = recognizer.model.classifier
        for threads in [1, 2] {
            let times = try (0..<101).map { _ in
                let start = ContinuousClock.now
                _ = try classifier.probabilities(row, threads: threads)
                return (ContinuousClock.now - start) / .milliseconds(1)
            }
            let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
            print(
                "{\"labels\":\(recognizer.labels.count),\"threads\":\(threads),\"milliseconds\":\(times.sorted()[50]),\"file_bytes\":\(size)}"
            )
        }
    }
}
