import Imaging

/// What a person decided of the photos' crops, as cleaning respects it.
struct ReviewedPhotos {
    private struct Crop: Hashable {
        var file: RelativePath
        var photoSHA256: String
    }

    private struct Photo: Hashable {
        var path: RelativePath
        var sha256: String
    }

    private struct Choice {
        var face: Int
        var hash: DifferenceHash
    }

    private var taken: Set<Crop> = []
    private var chosen: [Photo: Choice] = [:]

    /// - Parameter decisions: those not taken back, in their order.
    init(_ decisions: [ReviewDecision]) {
        for decision in decisions {
            guard let photo = decision.photo, let digest = decision.photoSHA256, decision.action != .keep else { continue }
            taken.insert(Crop(file: decision.file, photoSHA256: digest))
            let key = Photo(path: photo, sha256: digest)
            chosen[key] = nil
            // A crop that lies under another label than its photo is a person's own.
            guard let face = decision.face, let hash = decision.hash, decision.to?.parts[0] == photo.parts[0], let to = decision.to
            else { continue }
            taken.remove(Crop(file: to, photoSHA256: digest))
            chosen[key] = Choice(face: face, hash: hash)
        }
    }

    /// Whether somebody took this crop of the photo with these bytes out of its place.
    func tookAway(_ file: RelativePath, photoSHA256: String?) -> Bool {
        photoSHA256.map { taken.contains(Crop(file: file, photoSHA256: $0)) } ?? false
    }

    /// The face that a person chose in a photo; nil where nobody did, or the photo is another one now.
    func chosenFace(of record: PhotoRecord) -> Int? { choice(of: record)?.face }

    private func choice(of record: PhotoRecord) -> Choice? {
        guard let sha256 = record.sha256, let choice = chosen[Photo(path: record.path, sha256: sha256)],
            record.faces.indices.contains(choice.face)
        else { return nil }
        return choice
    }

    /// The record with the face that a person chose as its crop.
    func applied(to record: PhotoRecord) -> PhotoRecord {
        guard let choice = choice(of: record) else { return record }
        let parts = record.path.parts
        let face = record.faces[choice.face]
        var record = record
        record.kept = true
        record.reason = nil
        record.detail = nil
        record.crops = [
            PhotoRecord.Crop(
                file: PhotoSet.Entry(folder: parts[0], name: parts[1]).cropPath(number: choice.face + 1), box: face.box, eyes: face.eyes,
                hash: choice.hash, confidence: 1)
        ]
        return record
    }
}
