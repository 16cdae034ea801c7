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

    @Test(arguments: [
        "demo", "collect", "clean", "review", "report", "forget", "train", "evaluate", "classify", "detect", "wavelet", "serve", "info",
        "export",
    ])
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
        WrongInput("detect photo.png --scale-factor 1", 64),
        WrongInput("detect photo.png --threads 0", 64),
        WrongInput("detect photo.png --draw out.txt", 64),
        WrongInput("detect .", 74),
        WrongInput("classify words.jpg -dash.jpg", 64),
        WrongInput("detect photo.png --min-size big", 64),
        WrongInput("detect photo.png --cascade nobody", 66),
        WrongInput("detect photo.png --cascade words.jpg", 65),
        WrongInput("detect photo.png --cascade .", 66),
        WrongInput("detect photo.png --max-bytes 10", 65),
        WrongInput("classify photo.png --max-bytes 0", 64),
        WrongInput("detect none.png", 66),
        WrongInput("detect words.jpg", 65),
        WrongInput("detect photo.png words.jpg --draw out.png", 64),
        WrongInput("clean none", 66),
        WrongInput("clean photo.png", 66),
        WrongInput("clean . --into faces", 64),
        WrongInput("clean . --threads 0", 64),
        WrongInput("clean . --recipe none", 64),
        WrongInput("collect none", 66),
        WrongInput("collect . --into photos", 64),
        WrongInput("collect . --label a/b", 64),
        WrongInput("collect", 64),
        WrongInput("collect words.jpg", 65),
        WrongInput("collect words.jpg --watch", 64),
        WrongInput("collect --page https://example.org", 64),
        WrongInput("collect --page nowhere --label ann", 69),
        WrongInput("collect . --rate 0", 64),
        WrongInput("report none", 66),
        WrongInput("report", 64),
        WrongInput("review . --list --feedback none", 64),
        WrongInput("review none --list", 66),
        WrongInput("review none", 66),
        WrongInput("review . --list --auto", 64),
        WrongInput("review . --auto --confidence 0.2", 64),
        WrongInput("forget nobody", 66),
        WrongInput("forget", 64),
        WrongInput("forget a/b", 64),
        WrongInput("forget --photo ann", 64),
        WrongInput("train none", 66),
        WrongInput("train . --folds 1", 64),
        WrongInput("train . --grid none", 64),
        WrongInput("train . --repeats 0", 64),
        WrongInput("train . --out .", 74),
        WrongInput("train . --false-accept-rate 1.5", 64),
        WrongInput("info words.jpg", 65),
        WrongInput("info none", 66),
        WrongInput("export words.jpg", 64),
        WrongInput("export words.jpg --onnx out.onnx", 65),
        WrongInput("export none --onnx out.onnx", 66),
        WrongInput("classify words.jpg photo.png", 65),
        WrongInput("evaluate words.jpg .", 65),
        WrongInput("serve words.jpg", 65),
        WrongInput("serve words.jpg --port 70000", 64),
        WrongInput("wavelet", 64),
        WrongInput("wavelet photo.png --wavelet db39", 64),
        WrongInput("wavelet photo.png --mode mirror", 64),
        WrongInput("wavelet photo.png --levels 0", 64),
        WrongInput("wavelet none.png", 66),
        WrongInput("wavelet words.jpg", 65),
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

    @Test func usageErrorsShowTheCommandsOwnUsage() throws {
        for line in ["detect photo.png --scale-factor 1", "wavelet photo.png --levels 0", "train . --folds 1"] {
            let run = try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
            #expect(run.status == 64)
            #expect(run.errors.contains("lineup \(line.prefix { $0 != " " }) "), "\(run.errors)")
        }
        let run = try LineupProcess(["detect", "photo.png", "--scale-factor", "1"], in: folder.url)
        #expect(run.errors.contains("--scale-factor is 1.0"), "\(run.errors)")
    }

    @Test func namesThatBeginWithADashAreFiles() throws {
        let photo = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent("photo.png")))
        try folder.write(photo, to: "-h.png")
        let run = try LineupProcess(["detect", "-h.png", "--json"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"width\":64"))
    }

    @Test func namesThatAreNoUTF8AreFiles() throws {
        let folder = try TemporaryFolder()
        let pixels = (0..<3 * 64 * 48).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let photo = try ImageFile.encodePNG(Image(width: 64, height: 48, pixels: pixels))
        // A shell, since arguments of Foundation's Process are text: $1 is the tool, the name is Latin-1.
        try folder.write(photo, to: "photo.png")
        let script =
            "set -e; n=$(printf 'IMG\\351.png'); mkdir photos photos/ann; cp photo.png photos/ann/$n; "
            + "\"$1\" clean photos --quiet; \"$1\" clean photos --quiet; \"$1\" detect photos/ann/$n --json"
        let run = try LineupProcess.Running(
            URL(fileURLWithPath: "/bin/sh"), ["-c", script, "sh", LineupProcess.tool().path], in: folder.url)
        let status = run.waitForEnd()
        let (output, errors) = try run.texts()
        #expect(status == 0, "\(errors)")
        #expect(output.contains("1 were done before"), "\(output)")
        #expect(output.contains(#"IMG\\xE9.png"#), "\(output)")
    }

    @Test func whatIsDrawnIsWhatItsNameSays() throws {
        for (name, format) in [("out.jpg", ImageFormat.jpeg), ("out.JPEG", .jpeg), ("out.png", .png)] {
            for line in ["detect photo.png --draw \(name)", "wavelet photo.png --out \(name)"] {
                let run = try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
                #expect(run.status == 0, "\(run.errors)")
                let bytes = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent(name)))
                #expect(ImageFormat(signatureOf: bytes) == format, "\(line)")
            }
        }
    }

    @Test func theVersionIsTheChangelogs() throws {
        let run = try LineupProcess(["--version"], in: folder.url)
        #expect(run.output == "0.1.0\n")
        let changelog = try String(contentsOf: SharedData.root.appendingPathComponent("CHANGELOG.md"), encoding: .utf8)
        #expect(changelog.contains("## 0.1.0"))
    }

    @Test func labelsNobodyCanBeLearnedByAreNamed() throws {
        try folder.write(Array("just words".utf8), to: "photos/ann/words.jpg")
        let run = try LineupProcess(["clean", "photos", "--quiet"], in: folder.url)
        #expect(run.errors.contains("ann: no photo gave a crop"))
    }

    @Test func detectDrawsThePhoto() throws {
        let run = try LineupProcess(["detect", "photo.png", "--draw", "out.png", "--min-neighbors", "0"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let drawn = try ImageFile.decode([UInt8](try Data(contentsOf: folder.url.appendingPathComponent("out.png"))))
        #expect(drawn.size == Size(width: 64, height: 48))
    }

    /// pywt.wavedec2([[(31 x + 57 y) % 256 for x in range(7)] for y in range(6)], "db2", mode="antireflect", level=1).
    @Test func waveletPrintsTheNumbersOfPyWavelets() throws {
        let plane = (0..<6).flatMap { y in (0..<7).map { x in UInt8((31 * x + 57 * y) % 256) } }
        try folder.write(try ImageFile.encodePNG(Gray(width: 7, height: 6, pixels: plane)), to: "tiny.png")
        let line = "wavelet tiny.png --wavelet db2 --levels 1 --mode antireflect --json --out tiny-w.png"
        let run = try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let parts = try JSONDecoder().decode(PlaneDecomposition<Double>.self, from: Data(run.output.utf8))
        let approximation = [
            -240.42047106606122, -116.42047106606122, -8.420471066061198, 246.71796769724497, 442.14359353944894, -12.420471066061193,
            107.29234185504086, 273.856406460551, 352.99484522385717, 443.8460969082653, 345.5692193816531, 360.70765814495917,
            245.85640646055106, 135.29234185504086, 187.8667160128368, 168.13328398716328, 138.71796769724492, 195.5795289339388,
            303.57952893393883, 427.57952893393883,
        ]
        #expect(parts.approximation.size == Size(width: 5, height: 4))
        #expect(zip(parts.approximation.values, approximation).allSatisfy { abs($0 - $1) < 1e-9 })
        // Each coefficient of a band times its place, counted from 1.
        let detail = try #require(parts.details.first)
        for (band, sum) in [
            (detail.horizontal, -3524.287187078898), (detail.vertical, 933.9690713431439), (detail.diagonal, 26.25625842204114),
        ] {
            #expect(abs(zip(1..., band.values).reduce(0) { $0 + Double($1.0) * $1.1 } - sum) < 1e-7)
        }
        let picture = try ImageFile.decode([UInt8](try Data(contentsOf: folder.url.appendingPathComponent("tiny-w.png"))))
        #expect(picture.grayscale() == parts.picture())
    }

    /// pywt.wavedec2 of the same plane with "db2", mode="symmetric", level=4; one level is useful.
    @Test func waveletGoesBeyondTheUsefulLevelsAndSaysSo() throws {
        let plane = (0..<6).flatMap { y in (0..<7).map { x in UInt8((31 * x + 57 * y) % 256) } }
        try folder.write(try ImageFile.encodePNG(Gray(width: 7, height: 6, pixels: plane)), to: "tiny.png")
        let line = "wavelet tiny.png --wavelet db2 --levels 4 --mode symmetric --json"
        let run = try LineupProcess(line.split(separator: " ").map(String.init), in: folder.url)
        #expect(run.status == 0)
        #expect(run.errors.contains("1 level is useful"), "\(run.errors)")
        let parts = try JSONDecoder().decode(PlaneDecomposition<Double>.self, from: Data(run.output.utf8))
        #expect(parts.details.map(\.diagonal.size).map(\.description) == ["3x3", "3x3", "4x3", "5x4"])
        let approximation = [
            680.6646882124865, 856.1996841782861, 2804.462664042991, 810.4998134376423, 969.676962790754, 2746.98911864089,
            1445.8536291875375, 1507.1365103225344, 2481.0809463146193,
        ]
        #expect(zip(parts.approximation.values, approximation).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func waveletTellsEveryBand() throws {
        let run = try LineupProcess(["wavelet", "photo.png"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        // The photo's line, the approximation, three bands of each of the five useful levels of 64x48.
        #expect(run.lines.count == 17 && run.output.contains("level 5 diagonal: 2x2"), "\(run.output)")
    }

    @Test func cleanTellsReasonsAndNothingElseWithJSON() throws {
        try folder.write(Array("just words".utf8), to: "photos/ann/words.jpg")
        let plain = try LineupProcess(["clean", "photos", "--quiet"], in: folder.url)
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(plain.errors == "lineup: ann: no photo gave a crop, so nobody by that name can be learned\n")
        #expect(plain.output.contains("1 photos, 0 kept") && plain.output.contains("1 not_an_image"))
        let json = try LineupProcess(["clean", "photos", "--json", "--quiet"], in: folder.url)
        #expect(json.lines.count == 2)
        for line in json.lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        #expect(json.lines.last?.contains("\"event\":\"done\"") == true)
    }
}
