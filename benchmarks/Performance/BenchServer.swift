import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import Serve

/// A real server around a small trained model, on a port of its own.
final class BenchServer {
    let url: URL
    private let task: Task<Void, any Error>
    private let folder: URL

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-bench-\(UUID().uuidString)")
        for label in 0..<2 {
            for number in 0..<6 {
                let portrait = PortraitStudio(seed: 2).portrait(of: label, number: number).image
                let crop = portrait.cropped(to: Rect(x: 120, y: 120, width: 200, height: 200))
                try AtomicFile.write(try ImageFile.encodePNG(crop), to: folder.appendingPathComponent("faces/\(label)/\(number).png"))
            }
        }
        let set = try await TrainingSet(folder: folder.appendingPathComponent("faces"), recipe: .classic, threads: 2)
        let settings = Trainer.Settings(
            grid: .candidates([Candidate(.svm(SVMParameters(cost: 1, kernel: .linear)))]), folds: 2, groupDuplicates: false, threads: 2)
        let model = try await Trainer(settings: settings).train(set).model
        let recognizer = try Recognizer(parsing: try model.serialised(), path: "model", threads: 1)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let service = LineupService(
            naming: recognizer, configuration: ServeConfiguration(port: 0, logLevel: .error)
        ) { continuation.yield($0.port) }
        task = Task { try await service.run() }
        var listening = ports.makeAsyncIterator()
        guard let port = await listening.next(), let url = URL(string: "http://127.0.0.1:\(port)/") else {
            throw CancellationError()
        }
        self.url = url
    }

    /// Stops the server and removes its files.
    func stop() async {
        task.cancel()
        _ = await task.result
        try? FileManager.default.removeItem(at: folder)
    }
}
