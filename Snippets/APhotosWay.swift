// From a folder of labelled photos to a model that names the people on another photo.
import Foundation
import Imaging
// snippet.hide
import Portraits
import Recognition

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-\(UUID().uuidString)")
let (photos, crops) = (folder.appendingPathComponent("photos"), folder.appendingPathComponent("faces"))
let (modelURL, url) = (folder.appendingPathComponent("model.safetensors"), folder.appendingPathComponent("photo.png"))
let studio = PortraitStudio(seed: 1)
for athlete in 0..<3 {
    for number in 0..<7 where PortraitStudio.kind(of: number) == .frontal {
        let portrait = studio.portrait(of: athlete, number: number)
        let label = photos.appendingPathComponent(portrait.label)
        try FileManager.default.createDirectory(at: label, withIntermediateDirectories: true)
        try Data(ImageFile.encodePNG(portrait.image)).write(to: label.appendingPathComponent("\(number).png"))
    }
}
try Data(ImageFile.encodePNG(studio.portrait(of: 2, number: 8).image)).write(to: url)
// snippet.show

// snippet.learn
let summary = try await Cleaner().clean(photos, into: crops)  // a crop of each photo's person, a reason for every refusal
let set = try await TrainingSet(folder: crops, recipe: .best)  // crops, measured
let outcome = try await Trainer().train(set)  // searched, refitted, calibrated
try outcome.model.write(to: modelURL)
// snippet.end
print(summary.kept, "crops of", summary.photos, "photos")

// snippet.name
let photo = try Image(contentsOf: url)  // also of Data, [UInt8], Span<UInt8>; photo[x, y].red
let recognizer = try Recognizer(contentsOf: modelURL)
for face in try await recognizer.faces(in: photo) {
    print(face.label ?? "unknown", face.score, face.box)
}
// snippet.end

// snippet.hide
try FileManager.default.removeItem(at: folder)
