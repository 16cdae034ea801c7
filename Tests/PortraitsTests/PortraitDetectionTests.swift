import Cascade
import Imaging
import Portraits
import TestSupport
import Testing

/// The portraits are worth something only if the standard cascades find what they are meant to find, at the classic recipe's settings.
@Suite struct PortraitDetectionTests {
    /// Whether cleaning would keep the photo: some face in it has two eyes.
    private func isKept(_ image: Image, _ faces: CascadeClassifier, _ eyes: CascadeClassifier) -> Bool {
        let gray = image.grayscale()
        return faces.detect(in: gray, scaleFactor: 1.3, minNeighbors: 5).contains { face in
            eyes.detect(in: gray.cropped(to: face), scaleFactor: 1.1, minNeighbors: 3).count >= 2
        }
    }

    @Test(.enabled(if: SharedData.isOptimised, "150 photos are too many for a debug build"))
    func frontalFacesAreFoundWithBothEyesAndTheOthersAreRefused() throws {
        let faces = try CascadeClassifier.standard(.frontalFaceDefault), eyes = try CascadeClassifier.standard(.eye)
        let studio = PortraitStudio(seed: 1)
        var frontal = (kept: 0, all: 0), others = (kept: 0, all: 0)
        for athlete in PortraitStudio.athletes.indices {
            for number in 0..<30 {
                let portrait = studio.portrait(of: athlete, number: number)
                let kept = isKept(portrait.image, faces, eyes) ? 1 : 0
                if portrait.kind == .frontal {
                    frontal = (frontal.kept + kept, frontal.all + 1)
                } else {
                    others = (others.kept + kept, others.all + 1)
                }
            }
        }
        #expect(10 * frontal.kept >= 9 * frontal.all, "\(frontal.kept) of \(frontal.all) frontal portraits kept")
        #expect(10 * others.kept <= others.all, "\(others.kept) of \(others.all) others kept")
    }
}
