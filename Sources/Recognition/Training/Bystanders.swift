import Foundation
import Imaging
import Learn
import Support
import SystemPackage

/// The other people in the photos that crops were cut from: faces that are nobody of the labels, for all that is known.
///
/// A model that has seen some of them takes strangers less often for somebody it knows. They are read from the photos, so that no
/// face is kept that nobody asked for; a photo that is gone or has changed gives none.
package struct Bystanders: Sendable {
    /// A row a face, as the recipe measures it.
    package private(set) var features: [[Float]] = []
    /// Of the faces' mirror images, for recipes that learn from them; else empty.
    package private(set) var mirrored: [[Float]] = []
    /// The row of the training set whose photo shows the face.
    package private(set) var sources: [Int] = []

    /// So many of one photo's, the likeliest first: a crowd is no better an example than three of it.
    package static let perPhoto = 5

    /// Finds them by the manifest's records and measures them, on the calling thread and `threads - 1` others.
    ///
    /// A row whose crop lies where cleaning put it shows the label's person, so that the other faces of its photo show somebody else; of a
    /// row that a person moved nothing is known. There are at most as many as rows, evenly chosen.
    /// - Throws: `DescriptorError` does not occur for faces that a finder gave; `RecognitionError.cancelled`.
    package init(
        beside set: TrainingSet, limits: ImageLimits = .standard, threads: Int, cancellation: Cancellation = Cancellation()
    ) throws {
        guard set.recipe.picksFaces else { return }
        var wanted: [(row: Int, face: FoundFace)] = []
        for (row, content) in set.rows.enumerated() {
            guard let record = content.record, let crop = record.crops.first(where: { $0.file == content.path }) else { continue }
            let others = record.faces.filter {
                set.recipe.accepts($0) && $0.box.overlap(crop.box) <= FacePicker.Settings().sameFaceOverlap
            }
            wanted += others.prefix(Self.perPhoto).map { (row, $0) }
        }
        if wanted.count > set.rows.count {
            wanted = (0..<set.rows.count).map { wanted[$0 * wanted.count / set.rows.count] }
        }
        let rows = wanted.map(\.row).reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
        let faces = Dictionary(grouping: wanted, by: \.row)
        let measured = try Parallel.map(rows.count, threads: threads) { place -> [(plain: [Float], mirrored: [Float]?)] in
            try cancellation.check()
            guard let record = set.rows[rows[place]].record,
                let photo = record.unchangedPhoto(at: record.source.path(in: FilePath(set.folder.path)), limits: limits)
            else { return [] }
            return try (faces[rows[place]] ?? []).map { _, face in
                let crop = photo.cropped(to: face.box)
                let eyes = face.eyes.map { $0.offsetBy(x: -face.box.x, y: -face.box.y) }
                return (try set.extractor.vector(of: crop, eyes: eyes), try set.extractor.mirroredVector(of: crop, eyes: eyes))
            }
        }
        for (row, faces) in zip(rows, measured) {
            for face in faces {
                features.append(face.plain)
                if let mirror = face.mirrored { mirrored.append(mirror) }
                sources.append(row)
            }
        }
    }
}

extension Fold {
    /// The same split with extra rows behind the others: each goes where its source goes.
    /// - Parameters:
    ///   - sources: the row that each extra row belongs to.
    ///   - first: the number of the first extra row.
    package func joined(by sources: [Int], first: Int) -> Fold {
        let (trained, tested) = (Set(train), Set(test))
        let extra = sources.indices
        return Fold(
            train: train + extra.filter { trained.contains(sources[$0]) }.map { first + $0 },
            test: test + extra.filter { tested.contains(sources[$0]) }.map { first + $0 })
    }
}
