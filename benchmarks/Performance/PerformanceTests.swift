import Cascade
import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import XCTest

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The time of each stage of a photo's way. `scripts/bench` runs them all and prints their figures; without LINEUP_BENCH=1 they
/// skip, because Linux's XCTest calls a measurement that a busy machine disturbed a failure.
final class PerformanceTests: XCTestCase {
    /// A drawn portrait on a canvas of a photo's usual size, and itself as files.
    private static let photo: Image = {
        let studio = PortraitStudio(seed: 1)
        let number = (0..<20).first { PortraitStudio.kind(of: $0) == .frontal }!
        return studio.portrait(of: 0, number: number).image.resizedLinear(to: Size(width: 1000, height: 1250))
    }()

    override func setUpWithError() throws {
        try XCTSkipUnless(ProcessInfo.processInfo.environment["LINEUP_BENCH"] == "1", "set LINEUP_BENCH=1 to measure")
    }

    func testDecodeJPEG() throws {
        let bytes = try ImageFile.encodeJPEG(Self.photo)
        measure { XCTAssertEqual(try? ImageFile.decode(bytes).size, Self.photo.size) }
    }

    func testDecodePNG() throws {
        let bytes = try ImageFile.encodePNG(Self.photo)
        measure { XCTAssertEqual(try? ImageFile.decode(bytes).size, Self.photo.size) }
    }

    func testIntegralImages() {
        let gray = Self.photo.grayscale()
        measure {
            XCTAssertGreaterThan(IntegralImage(gray).sum(in: gray.bounds), 0)
            XCTAssertGreaterThan(SquaredIntegral(gray).sum(in: Rect(x: 0, y: 0, width: 24, height: 24)), 0)
        }
    }

    func testDetectFaces() throws {
        let gray = Self.photo.grayscale()
        let cascade = try CascadeClassifier.standard(.frontalFaceDefault)
        measure { XCTAssertFalse(cascade.detect(in: gray, scaleFactor: 1.3, minNeighbors: 5).isEmpty) }
    }

    func testWaveletAndBack() throws {
        let gray = Self.photo.grayscale()
        let plane = NumberPlane(rows: gray.height, columns: gray.width, values: gray.pixels.map(Float.init))
        let transform = WaveletTransform2D(.haar)
        measure {
            let back = (try? transform.decompose(plane, levels: 5)).flatMap { try? transform.reconstruct($0) }
            XCTAssertEqual(back?.size, gray.size)
        }
    }

    func testClassicFeatures() {
        let crop = Self.photo.cropped(to: Rect(x: 300, y: 300, width: 233, height: 233))
        measure { XCTAssertEqual(ClassicFeatures.vector(of: crop).count, ClassicFeatures.count) }
    }

    func testFitSVM() throws { try measureFit(.svm(SVMParameters(cost: 10, kernel: .rbf(gamma: .auto)))) }
    func testFitForest() throws { try measureFit(.randomForest(ForestParameters(trees: 100, seed: 0))) }
    func testFitLogisticRegression() throws { try measureFit(.logisticRegression(LogisticParameters(cost: 1))) }

    func testClassifyOverHTTP() async throws {
        let server = try await BenchServer()
        let bytes = Data(try ImageFile.encodeJPEG(Self.photo))
        let url = server.url.appendingPathComponent("api/classify")
        measure {
            var request = URLRequest(url: url)
            request.httpMethod = "POST"
            request.setValue("image/jpeg", forHTTPHeaderField: "Content-Type")
            let answered = expectation(description: "answered")
            URLSession.shared.uploadTask(with: request, from: bytes) { _, response, _ in
                XCTAssertEqual((response as? HTTPURLResponse)?.statusCode, 200)
                answered.fulfill()
            }.resume()
            wait(for: [answered], timeout: 30)
        }
        await server.stop()
    }

    /// 150 rows of 4,096 features in five classes, as a small training has them.
    private func measureFit(_ estimator: Estimator) throws {
        var random = SeededGenerator(seed: 7)
        let labels = (0..<150).map { $0 % 5 }
        let rows = labels.map { label in (0..<4096).map { Float(random.uniform() + ($0 % 5 == label ? 0.1 : 0)) } }
        let matrix = try Matrix(rows)
        let candidate = Candidate(estimator)
        measure { XCTAssertEqual(try? candidate.fit(rows: matrix, labels: labels, threads: 1).classCount, 5) }
    }
}
