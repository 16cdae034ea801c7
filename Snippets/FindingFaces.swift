// Finds the face in a photo, with one cascade and with several, and the eyes in it.
import Cascade
import Foundation
import Imaging
// snippet.hide
import Portraits

let url = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-\(UUID().uuidString).png")
try Data(ImageFile.encodePNG(PortraitStudio(seed: 1).portrait(of: 0, number: 0).image)).write(to: url)
// snippet.show

// snippet.search
let photo = try Image(contentsOf: url)  // or of [UInt8], Data; EXIF orientation applied
let gray = photo.grayscale()
let frontal = try CascadeClassifier.standard(.frontalFaceDefault)
let faces = frontal.detect(in: gray, scaleFactor: 1.1, minNeighbors: 5)
for face in faces { print(face) }  // rectangles in pixels of the photo
// snippet.end

// snippet.profiles
let profile = try CascadeClassifier.standard(.profileFace)
let search = try CascadeEnsemble(
    [
        .init(.standard(.frontalFaceAlt2)),
        .init(profile),
        .init(profile.mirrored()),
    ], scaleFactor: 1.2)
let found = try search.detections(in: gray)  // one list for each cascade
// snippet.end
print(found.map(\.count))

// snippet.gate
let gated = try CascadeEnsemble([
    .init(.standard(.frontalFaceAlt2)),
    .init(.standard(.frontalFaceAlt), gate: .init([0], stages: 4)),
])
// snippet.end
print(try gated.detections(in: gray).map(\.count))

// snippet.eyes
let eyes = try CascadeClassifier.standard(.eye)
for face in faces {
    print(try eyes.detections(in: gray, .standard, within: SearchLimits(region: face)))  // in pixels of the photo
}
// snippet.end

// snippet.strangers
let budget = SearchBudget(maximumHits: 100_000, deadline: .now + .seconds(2))
let bounded = try search.detections(in: gray, within: SearchLimits(budget: budget))
// snippet.end

// snippet.hide
print(bounded.map(\.count))
try FileManager.default.removeItem(at: url)
