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
        for athlete in PortraitStudio.athletes.indices {
            let photo = frontal(athlete)
            let face = try #require(try finder.faces(in: photo).first, "athlete \(athlete)")
            #expect(photo.bounds.contains(face.box))
            let quality = try #require(face.quality)
            #expect(quality.faceProbability > 0.5)
            #expect(face.eyes.count == 2 && quality.eyesConfidence > 0.5)
        }
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
