// Reads a photo whole, smaller and in part, and takes it apart into wavelet coefficients.
import Foundation
import Imaging
// snippet.hide
import Portraits

let url = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-\(UUID().uuidString).jpg")
try Data(ImageFile.encodeJPEG(PortraitStudio(seed: 1).portrait(of: 1, number: 0).image)).write(to: url)
let out = url.appendingPathExtension("png")
let box = Rect(x: 120, y: 120, width: 200, height: 200)
// snippet.show

// snippet.whole
let photo = try Image(contentsOf: url)  // JPEG, PNG or WebP, upright, 8-bit RGB
print(photo.size, photo[10, 20].red)
let gray = photo.grayscale()
let small = gray.resizedArea(to: Size(width: 64, height: 64))
try Data(ImageFile.encodePNG(small)).write(to: out)
// snippet.end

// snippet.parts
let file = try EncodedImage(contentsOf: url)
let reduction = Reduction.strongest(of: file.size, leaving: 100_000)
let overview = try file.decodeGray(reducedBy: reduction)
let face = try file.decode(region: box)  // in the pixels of the whole picture
// snippet.end
print(overview.size, face.size)

// snippet.wavelets
let transform = WaveletTransform2D(try Wavelet(named: "db4"), mode: .symmetric)
let plane = NumberPlane(rows: gray.height, columns: gray.width, values: gray.pixels.map { Double($0) })
var parts = try transform.decompose(plane, levels: 3)
parts.approximation = parts.approximation.map { _ in 0 }  // the details alone
let detail = try transform.reconstruct(parts)
// snippet.end
print(detail.size)

// snippet.upright
let (leftEye, rightEye): (Place, Place) = ([161, 190], [239, 182])
let warp = try SimilarityWarp(bringing: (leftEye, rightEye), to: ([29, 38], [67, 38]))
let aligned = photo.warped(by: warp, to: Size(width: 96, height: 96))
// snippet.end

// snippet.hide
print(aligned.size)
for made in [url, out] { try FileManager.default.removeItem(at: made) }
