import Cascade
import Foundation
import Imaging
import Recognition

/// How many known faces have a candidate, and what the searches for them cost: the curve from which the searches were chosen.
enum WorkCurve {
    /// - Parameter every: only each such photo, for a shorter run.
    static func report(_ folder: String, goldens: String, every: Int) throws {
        let front = FindingSettings.Search(cascade: StandardCascade.frontalFaceAlt2.rawValue)
        let other = FindingSettings.Search(cascade: StandardCascade.frontalFaceDefault.rawValue)
        func sides(_ gate: Int? = nil) -> [FindingSettings.Search] {
            [false, true].map { .init(cascade: StandardCascade.profileFace.rawValue, isMirrored: $0, gate: gate) }
        }
        var sets: [(name: String, searches: [FindingSettings.Search], factor: Double)] = [
            ("alt2", [front], 1.1), ("alt2", [front], 1.2), ("alt2, default", [front, other], 1.2),
            ("alt2, profiles", [front] + sides(), 1.1), ("alt2, profiles", [front] + sides(), 1.15),
            ("alt2, profiles", [front] + sides(), 1.2), ("alt2, profiles", [front] + sides(), 1.3),
            ("alt2, default, profiles", [front, other] + sides(), 1.2),
        ]
        for gate in [8, 12, 14, 16, 17, 18] {
            sets.append(("alt2, profiles where it passed \(gate) stages", [front] + sides(gate), 1.2))
        }
        for factor in [1.1, 1.15] { sets.append(("alt2, profiles where it passed 16 stages", [front] + sides(16), factor)) }
        print("| searches | steps of | known faces with a candidate | candidates a photo | ms a photo |\n|---|---|---|---|---|")
        let photos = try GoldenFaces.read(goldens).enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
        func tell(_ name: String, _ settings: FindingSettings) throws {
            print("| \(name) | \(settings.scaleFactor) | \(try line(photos, in: folder, settings)) |")
        }
        for (name, searches, factor) in sets {
            var settings = FindingSettings.standard
            settings.searches = searches
            settings.leaning = nil
            settings.scaleFactor = factor
            try tell(name, settings)
        }
        for degrees in [[15.0], [20], [15, 30]] {
            for gate in [14, 15, 16] {
                var settings = FindingSettings.standard
                settings.leaning = .init(degrees: degrees, gate: gate, scaleFactor: 1.2)
                try tell("alt2, profiles, leaning by \(degrees) where it passed \(gate) stages", settings)
            }
        }
    }

    private static func line(_ photos: [GoldenFaces], in folder: String, _ settings: FindingSettings) throws -> String {
        let loaded = try FaceSearches(settings, threads: 1)
        var (known, found, candidates, read, seconds) = (0, 0, 0, 0, 0.0)
        for golden in photos {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + golden.photo)))
            guard let photo = try? ImageFile.decode(bytes).grayscale() else { continue }
            let size = loaded.searchedSize(of: photo.size)
            let gray = size == photo.size ? photo : photo.resizedArea(to: size)
            let factor = Double(photo.width) / Double(size.width)
            let start = clock()
            let seen = try loaded.candidates(in: gray)
            seconds += Double(clock() - start) / Double(CLOCKS_PER_SEC)
            read += 1
            candidates += seen.count
            known += golden.boxes.count
            found += golden.boxes.count { box in
                let square = LabelledPhoto.square(of: box, factor: 1 / factor)
                return seen.contains { $0.square.overlap(square) > 0.3 }
            }
        }
        func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
        return "\(found) of \(known), \(rounded(Double(found) / Double(max(known, 1)))) | "
            + "\(rounded(Double(candidates) / Double(read))) | \((seconds / Double(read) * 10_000).rounded() / 10)"
    }
}
