import Foundation
import Imaging
import TestSupport
import Testing

/// What was found by throwing bytes at the decoders, or reported of others: `fuzz/regressions`, as `scripts/fuzz` runs it.
@Suite struct FuzzRegressionTests {
    static let targets = ["image", "jpeg", "png", "webp"]

    @Test(arguments: targets)
    func everyInputGivesAPictureOrAnError(target: String) throws {
        let folder = SharedData.root.appendingPathComponent("fuzz/regressions/\(target)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.isEmpty)
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            do {
                let photo = try EncodedImage(bytes, limits: ImageLimits(maximumPixels: 1 << 16))
                let whole = try photo.decode()
                #expect(whole.size == photo.size, "\(name)")
                for reduction in Reduction.allCases {
                    #expect(try photo.decode(reducedBy: reduction).size == reduction.size(of: whole.size), "\(name)")
                    #expect(try photo.decodeGray(reducedBy: reduction).size == reduction.size(of: whole.size), "\(name)")
                }
                #expect(try photo.decode(region: whole.bounds) == whole, "\(name)")
            } catch {
                #expect(error.category != .failed, "\(name): \(error)")
            }
        }
    }
}
