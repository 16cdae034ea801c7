import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import TestSupport
import Testing

@Suite struct UnitedFinderTests {
    private static let studio = PortraitStudio(seed: 1)
    private let settings = FindingSettings.standard

    private func frontal(_ athlete: Int, _ number: Int = 0) -> Gray {
        Self.studio.portrait(of: athlete, number: number).image.grayscale()
    }

    @Test func aDrawnFaceIsFoundWithItsEyes() throws {
        let finder = try UnitedFinder(settings, threads: 1)
        var sure = 0
        for athlete in PortraitStudio.athletes.indices {
            let photo = frontal(athlete)
            let face = try #require(try finder.faces(in: photo).first, "athlete \(athlete)")
            #expect(photo.bounds.contains(face.box))
            let quality = try #require(face.quality)
            #expect(quality.faceProbability > 0.5)
            #expect(face.eyes.count == 2)
            if quality.eyesConfidence > 0.5 { sure += 1 }
        }
        // Of drawn faces as of photographed ones some eyes are seen by no cascade where they should be.
        #expect(sure >= PortraitStudio.athletes.count - 1)
    }

    /// The photo turned about its middle.
    private func leaning(_ photo: Gray, _ degrees: Double) -> Gray {
        let angle = -degrees * .pi / 180
        let middle: Place = [Double(photo.width - 1) / 2, Double(photo.height - 1) / 2]
        let shift = middle - Place(cos(angle) * middle.x - sin(angle) * middle.y, sin(angle) * middle.x + cos(angle) * middle.y)
        return photo.warped(by: SimilarityWarp(a: cos(angle), b: sin(angle), shift: shift), to: photo.size)
    }

    @Test(arguments: [-20.0, 20]) func aHeadThatLeansIsSeenWithItsLean(degrees: Double) throws {
        var upright = settings
        upright.leaning = nil
        let (searches, without) = (try FaceSearches(settings, threads: 1), try FaceSearches(upright, threads: 1))
        var (seen, missed) = (0, 0)
        for athlete in 0..<4 {
            let photo = leaning(frontal(athlete), degrees)
            let best = try searches.candidates(in: photo).max { $0.neighbors < $1.neighbors }
            if let best, abs(best.roll * 180 / .pi - degrees) < 15, best.statements[3].neighbors > 0 { seen += 1 }
            if try !without.candidates(in: photo).contains(where: { $0.neighbors > 2 }) { missed += 1 }
        }
        #expect(seen >= 3 && missed >= 1, "seen \(seen), upright missed \(missed)")
    }

    @Test func theNumberOfThreadsChangesNothing() throws {
        let photo = frontal(1, 2)
        #expect(try UnitedFinder(settings, threads: 1).faces(in: photo) == UnitedFinder(settings, threads: 3).faces(in: photo))
    }

    @Test func aMirroredPhotoExchangesTheProfilesSearches() throws {
        let searches = try FaceSearches(settings, threads: 1)
        func hits(_ photo: Gray, of search: Int) throws -> Int {
            try searches.candidates(in: photo).reduce(0) { $0 + $1.statements[search].neighbors }
        }
        var seen = 0
        for athlete in 0..<3 {
            let photo = frontal(athlete, 5)
            #expect(try hits(photo, of: 1) == hits(photo.mirrored(), of: 2))
            #expect(try hits(photo, of: 2) == hits(photo.mirrored(), of: 1))
            seen += try hits(photo, of: 1) + hits(photo, of: 2)
        }
        #expect(seen > 0)
    }

    @Test(arguments: [Size(width: 1, height: 1), Size(width: 23, height: 300), Size(width: 24, height: 24), Size(width: 37, height: 25)])
    func smallAndOddPhotosAreNoTrouble(size: Size) throws {
        let finder = try UnitedFinder(settings, threads: 1)
        let photo = frontal(0).resizedArea(to: size)
        for face in try finder.faces(in: photo) { #expect(photo.bounds.contains(face.box)) }
        #expect(finder.isTooSmall(size) == (min(size.width, size.height) < 24))
    }

    @Test func aLargePhotoIsSearchedAtTheSizeItsSmallestFaceNeeds() throws {
        let searches = try FaceSearches(settings, threads: 1)
        #expect(searches.searchedSize(of: Size(width: 4000, height: 3000)) == Size(width: 1440, height: 1080))
        #expect(searches.searchedSize(of: Size(width: 640, height: 1440)) == Size(width: 640, height: 1440))
        #expect(searches.searchedSize(of: Size(width: 1, height: 100_000)) == Size(width: 1, height: 1440))
    }

    @Test func eyesOfACropAreThoseOfThePhoto() throws {
        var recipe = Recipe.best
        recipe.finding = settings
        let finder = try FaceFinder(recipe: recipe)
        let photo = frontal(3)
        let face = try #require(try finder.faces(in: photo).first)
        let eyes = try finder.eyes(in: photo.cropped(to: face.box)).map { $0.offsetBy(x: face.box.x, y: face.box.y) }
        #expect(eyes == face.eyes)
    }

    @Test func aDamagedModelIsRefused() throws {
        let evidence = FaceModel.evidenceCount(settings)
        let bytes = FaceModel.standardFile
        #expect(throws: Never.self) { try FaceModel(parsing: bytes, evidence: evidence) }
        #expect(throws: LearnError.self) { try FaceModel(parsing: bytes, evidence: evidence + 1) }
        #expect(throws: LearnError.self) { try FaceModel(parsing: Array(bytes.dropLast(4)), evidence: evidence) }
        #expect(throws: LearnError.self) { try FaceModel(parsing: [], evidence: evidence) }
        let model = try FaceModel(parsing: bytes, evidence: evidence)
        #expect(try FaceModel(parsing: model.file(about: [:]).serialised(), evidence: evidence) == model)
    }
}
