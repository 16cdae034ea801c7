import Foundation
import Imaging
import Portraits
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Every command's success, on portraits drawn here: what an outsider without any photos can prove.
@Suite struct WholeWayTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Frontal portraits of three athletes, of the numbers given.
    private func draw(_ numbers: Range<Int>, into name: String) throws {
        let studio = PortraitStudio(seed: 1)
        for athlete in 0..<3 {
            for number in numbers where PortraitStudio.kind(of: number) == .frontal {
                let portrait = studio.portrait(of: athlete, number: number)
                try folder.write(try ImageFile.encodePNG(portrait.image), to: "\(name)/\(portrait.label)/\(number).png")
            }
        }
    }

    private func run(_ line: String) throws -> LineupProcess {
        let run = try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
        try #require(run.status == 0, "lineup \(line): \(run.errors)")
        return run
    }

    /// The last line of a run's standard output as JSON.
    private func json(_ run: LineupProcess) throws -> [String: Any] {
        let line = try #require(run.lines.last)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func photosBecomeCropsBecomeAModelThatNamesPeople() throws {
        try draw(0..<9, into: "photos")
        try draw(9..<14, into: "others")
        let cleaned = try json(try run("clean photos --into faces --json --quiet"))
        let summary = try #require(cleaned["summary"] as? [String: Any])
        #expect(summary["photos"] as? Int == 24)
        let kept = try #require(summary["kept"] as? Int)
        try #require(kept >= 20)
        #expect(cleaned["event"] as? String == "done")

        let trained = try json(try run("train faces --out model.safetensors --folds 3 --json --quiet"))
        #expect(trained["event"] as? String == "done")
        #expect(trained["crops"] as? Int == kept)
        #expect(trained["recipe"] as? String == "best")
        #expect((trained["model"] as? String)?.hasSuffix("/model.safetensors") == true)
        let best = try #require(trained["best"] as? [String: Any])
        #expect(best["mean"] as? Double == best["cv_mean"] as? Double && best["cv_mean"] != nil)
        #expect(best["standardDeviation"] as? Double == best["cv_std"] as? Double && best["cv_std"] != nil)
        #expect((best["foldAccuracies"] as? [Double])?.count == 3)
        let files = try folder.files()
        #expect(files.contains("model.safetensors") && files.contains("report/index.html"))
        #expect(!files.contains { $0.hasSuffix(".journal") || $0.hasSuffix(".part") })

        // info says the same of the model in the same words.
        let info = try json(try run("info model.safetensors --json"))
        for key in ["labels", "counts", "recipe", "groupedMean", "trainedAt", "dataHash", "identity", "confusion"] {
            #expect("\(info[key] ?? "none")" == "\(trained[key] ?? "nothing")", "\(key)")
        }
        #expect(try run("info model.safetensors").output.contains("self-test   reproduced"))

        _ = try run("clean others --into other-faces --quiet")
        let evaluated = try json(try run("evaluate model.safetensors other-faces --json --quiet"))
        let figures = try #require(evaluated["evaluation"] as? [String: Any])
        #expect("\(evaluated["identity"] ?? "none")" == "\(trained["identity"] ?? "nothing")")
        #expect(try #require(figures["accuracy"] as? Double) >= 0.7)
        #expect(try folder.files().contains("evaluation/index.html"))

        let classified = try json(try run("classify model.safetensors photos/ada_lindqvist/0.png --json"))
        #expect(classified["image"] as? String == "photos/ada_lindqvist/0.png")
        let face = try #require((classified["faces"] as? [[String: Any]])?.first)
        #expect(face["label"] as? String == "ada_lindqvist")

        let exported = try json(try run("export model.safetensors --onnx model.onnx --json"))
        let size = try FileManager.default.attributesOfItem(atPath: folder.url.appendingPathComponent("model.onnx").path)[.size] as? Int
        #expect(exported["bytes"] as? Int == size && size != 0)

        try serve("model.safetensors", photo: "photos/ada_lindqvist/0.png", label: "ada_lindqvist")
    }

    /// Serves the model, asks it about a photo, and shuts it down.
    private func serve(_ model: String, photo: String, label: String) throws {
        let server = try LineupProcess.start(["serve", model, "--port", "0", "--port-file", "port"], in: folder.url)
        defer { server.kill() }
        let port = try waiting(for: "the port") {
            (try? String(contentsOf: folder.url.appendingPathComponent("port"), encoding: .utf8))?.split(separator: "\n").first
        }
        let base = "http://127.0.0.1:\(port)"
        let ready = try waiting(for: "readiness") { try? Data(contentsOf: URL(string: "\(base)/readyz")!) }
        #expect(!ready.isEmpty)
        let model = try Data(contentsOf: URL(string: "\(base)/api/model")!)
        let summary = try #require(try JSONSerialization.jsonObject(with: model) as? [String: Any])
        #expect((summary["labels"] as? [String])?.contains(label) == true)
        server.terminate()
        #expect(server.waitForEnd() == 0)
    }

    @Test func theDemoGoesItsWholeWay() throws {
        let demo = try json(try run("demo --no-serve --portraits 12 --kept-aside 5 --into demo --json --quiet"))
        #expect(demo["event"] as? String == "done")
        #expect(try #require(demo["accuracy"] as? Double) >= 0.6)
        let files = Set(try folder.files())
        for file in ["model.safetensors", "classic.safetensors", "best-report/index.html", "classic-evaluation/index.html"] {
            #expect(files.contains("demo/\(file)"), "\(file)")
        }
    }

    @Test func theClassicRecipeTakesEitherGrid() throws {
        try draw(0..<9, into: "photos")
        _ = try run("clean photos --into faces --recipe classic --quiet")
        let trained = try json(
            try run("train faces --recipe classic --grid best --folds 3 --out m.safetensors --report r --json --quiet"))
        let candidates = try #require(trained["candidates"] as? [[String: Any]])
        #expect(trained["recipe"] as? String == "classic")
        #expect(Set(candidates.compactMap { $0["estimator"] as? String }) == ["logistic_regression", "svm"])
    }
}
