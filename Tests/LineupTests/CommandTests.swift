import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct CommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let pixels = (0..<3 * 64 * 48).map { UInt8(truncatingIfNeeded: $0 * 7) }
        try folder.write(try ImageFile.encodePNG(Image(width: 64, height: 48, pixels: pixels)), to: "photo.png")
        try folder.write(Array("just words".utf8), to: "words.jpg")
    }

    @Test(arguments: ["demo", "clean", "train", "evaluate", "classify", "detect", "serve", "info"])
    func helpShowsExamples(command: String) throws {
        let run = try LineupProcess([command, "--help"], in: folder.url)
        #expect(run.status == 0)
        #expect(run.output.contains("EXAMPLES") && run.output.contains("lineup \(command)"))
    }

    struct WrongInput: Sendable, CustomStringConvertible {
        var line: String
        var status: Int32
        var description: String { "lineup \(line)" }

        init(_ line: String, _ status: Int32) {
            self.line = line
            self.status = status
        }
    }

    static let wrongInput: [WrongInput] = [
        WrongInput("detect", 64),
        WrongInput("detect photo.png --scale-factor 1", 65),
        WrongInput("detect photo.png --min-size big", 64),
        WrongInput("detect photo.png --cascade nobody", 66),
        WrongInput("detect photo.png --cascade words.jpg", 65),
        WrongInput("detect none.png", 66),
        WrongInput("detect words.jpg", 65),
        WrongInput("detect photo.png words.jpg --draw out.png", 64),
        WrongInput("clean none", 66),
        WrongInput("clean photo.png", 66),
        WrongInput("clean . --into faces", 64),
        WrongInput("clean . --threads 0", 64),
        WrongInput("clean . --recipe none", 64),
        WrongInput("train none", 66),
        WrongInput("train . --folds 1", 64),
        WrongInput("info words.jpg", 65),
        WrongInput("info none", 66),
        WrongInput("classify words.jpg photo.png", 65),
        WrongInput("evaluate words.jpg .", 65),
        WrongInput("serve words.jpg", 65),
        WrongInput("serve words.jpg --port 70000", 64),
        WrongInput("nonsense", 64),
    ]

    @Test(arguments: wrongInput)
    func wrongInputLeavesOneLineAndTheRightCode(input: WrongInput) throws {
        let run = try LineupProcess(input.line.split(separator: " ").map(String.init), in: folder.url)
        #expect(run.status == input.status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
        let lines = run.errors.split(separator: "\n")
        // The argument parser adds how to call the command.
        #expect(lines.count == 1 || input.status == 64, "\(run.errors)")
    }

    @Test func detectPrintsOneJSONLineAPhotoAndGoesOnAfterABadOne() throws {
        struct Line: Decodable {
            struct Object: Decodable { var x, y, width, height, neighbors: Int }
            var image: String
            var width, height: Int?
            var objects: [Object]?
            var milliseconds: Double?
            var error: String?
        }
        let run = try LineupProcess(["detect", "words.jpg", "photo.png", "--json"], in: folder.url)
        #expect(run.status == 65)
        let lines = try run.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        #expect(lines.map(\.image) == ["words.jpg", "photo.png"])
        #expect(lines[0].error?.contains("text") == true)
        #expect(lines[1].width == 64 && lines[1].height == 48 && lines[1].objects?.count == 0 && lines[1].milliseconds != nil)
    }

    @Test func detectDrawsThePhoto() throws {
        let run = try LineupProcess(["detect", "photo.png", "--draw", "out.png", "--min-neighbors", "0"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let drawn = try ImageFile.decode([UInt8](try Data(contentsOf: folder.url.appendingPathComponent("out.png"))))
        #expect(drawn.size == Size(width: 64, height: 48))
    }

    @Test func cleanTellsReasonsAndNothingElseWithJSON() throws {
        try folder.write(Array("just words".utf8), to: "photos/ann/words.jpg")
        let plain = try LineupProcess(["clean", "photos", "--quiet"], in: folder.url)
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(plain.errors.isEmpty)
        #expect(plain.output.contains("1 photos, 0 kept") && plain.output.contains("1 not_an_image"))
        let json = try LineupProcess(["clean", "photos", "--json", "--quiet"], in: folder.url)
        #expect(json.lines.count == 2)
        for line in json.lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        #expect(json.lines.last?.contains("\"event\":\"done\"") == true)
    }
}
