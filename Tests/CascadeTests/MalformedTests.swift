import Cascade
import Foundation
import Imaging
import TestSupport
import Testing

/// Files that must be refused with a typed error that says where, never with a crash or a hang.
@Suite struct MalformedTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var text: String
        /// A part of the error's description.
        var says: String
        var testDescription: String { name }
    }

    static func tiny(_ name: String, says: String, _ change: (inout TinyCascade) -> Void) -> Case {
        var cascade = TinyCascade()
        change(&cascade)
        return Case(name: name, text: cascade.text, says: says)
    }

    static func replaced(_ name: String, _ old: String, _ new: String, says: String, in text: String = TinyCascade().text) -> Case {
        precondition(text.contains(old))
        return Case(name: name, text: text.replacingOccurrences(of: old, with: new), says: says)
    }

    static let cases: [Case] = [
        Case(name: "empty", text: "", says: "does not start with <?xml"),
        Case(name: "text", text: "hello", says: "does not start with <?xml"),
        Case(name: "blank line first", text: "\n" + TinyCascade().text, says: "does not start with <?xml"),
        Case(name: "byte order mark", text: "\u{FEFF}" + TinyCascade().text, says: "does not start with <?xml"),
        Case(name: "declaration only", text: "<?xml version=\"1.0\"?>", says: "no element"),
        Case(name: "second root", text: TinyCascade().text + "<more/>", says: "second root"),
        Case(name: "text behind", text: TinyCascade().text + "more", says: "outside the root"),
        Case(name: "empty root", text: "<?xml?><opencv_storage></opencv_storage>", says: "no element"),
        Case(name: "end tag first", text: "<?xml?></a>", says: "without a start tag"),
        Case(
            name: "deep", text: "<?xml?>" + String(repeating: "<a>", count: 100_000), says: "nested deeper"),
        Case(
            name: "billion laughs",
            text: "<?xml version=\"1.0\"?><!DOCTYPE z [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><opencv_storage>&b;</opencv_storage>",
            says: "document type"),
        replaced("CDATA", "<stageNum>1", "<stageNum><![CDATA[1]]>", says: "CDATA"),
        replaced("entity for a number", "<_>0 0 6 4 -1.</_>", "<_>0 0 &six; 4 -1.</_>", says: "\"&six;\""),
        replaced("wrong end tag", "</features>", "</feature>", says: "</feature>"),
        replaced("name missing", "<stageNum>", "< >", says: "without a name"),
        tiny("foreign root", says: "opencv_storage as the root") { $0.root = "storage" },
        tiny("HOG", says: "HOG is not supported") { $0.featureType = "HOG" },
        tiny("stage type", says: "BOOST") { $0.stageType = "SVM" },
        tiny("no window", says: "window of 0x6") { $0.width = "0" },
        tiny("negative window", says: "-6") { $0.width = "-6" },
        tiny("huge window", says: "window of 6x100000") { $0.height = "100000" },
        tiny("width is text", says: "\"six\"") { $0.width = "six" },
        tiny("width is a fraction", says: "\"6.5\"") { $0.width = "6.5" },
        tiny("width too large for 32 bits", says: "99999999999999999999") { $0.width = "99999999999999999999" },
        tiny("categories", says: "maxCatCount 256") { $0.categories = "256" },
        tiny("NaN threshold", says: "\"nan\"") { $0.threshold = "nan" },
        tiny("infinite threshold", says: "\"inf\"") { $0.threshold = "inf" },
        tiny("overflowing threshold", says: "\"1e39\"") { $0.threshold = "1e39" },
        tiny("hexadecimal threshold", says: "\"0x10\"") { $0.threshold = "0x10" },
        tiny("exponent without digits", says: "\"1e\"") { $0.threshold = "1e" },
        tiny("no threshold", says: "the end") { $0.threshold = " " },
        tiny("NaN node threshold", says: "\"nan\"") { $0.nodes[0] = "0 -1 0 nan" },
        tiny("NaN leaf", says: "\"NaN\"") { $0.leaves[0] = "1 NaN" },
        tiny("feature out of range", says: "feature 2, expected 0..<2") { $0.nodes[1] = "0 -1 2 0.5" },
        tiny("negative feature", says: "feature -1") { $0.nodes[1] = "0 -1 -1 0.5" },
        tiny("half a node", says: "the end") { $0.nodes[1] = "0 -1 1" },
        tiny("no node", says: "no node") { $0.nodes[1] = "" },
        tiny("a leaf too few", says: "1 leaves for 1 nodes") { $0.leaves[1] = "1" },
        tiny("a leaf too many", says: "3 leaves for 1 nodes") { $0.leaves[1] = "1 2 3" },
        tiny("a child beyond the tree", says: "child 2") {
            $0.nodes[0] = "2 0 0 0.5 -1 -2 1 0.5"
            $0.leaves[0] = "1 2 3"
        },
        tiny("a child that is its parent", says: "two parents") {
            $0.nodes[0] = "1 0 0 0.5 1 -2 1 0.5"
            $0.leaves[0] = "1 2 3"
        },
        tiny("a leaf beyond the leaves", says: "child -3") {
            $0.nodes[0] = "1 0 0 0.5 -1 -3 1 0.5"
            $0.leaves[0] = "1 2 3"
        },
        tiny("a node nobody leads to", says: "node 1 without a parent") {
            $0.nodes[0] = "0 -1 0 0.5 7 7 0 0"
            $0.leaves[0] = "1 2 3"
        },
        tiny("nodes that lead to each other alone", says: "node 1 without a parent") {
            $0.nodes[0] = "0 -1 0 0.5 2 -2 0 0.5 1 -3 0 0.5"
            $0.leaves[0] = "1 2 3 4"
        },
        tiny("no rectangle", says: "0 rectangles") { $0.features[0] = "<rects></rects>" },
        tiny("four rectangles", says: "4 rectangles") {
            $0.features[0] = "<rects>\(String(repeating: "<_>0 0 1 1 1</_>", count: 4))</rects>"
        },
        tiny("rectangle outside", says: "(1, 0, 6, 4)") { $0.features[0] = "<rects><_>1 0 6 4 1</_></rects>" },
        tiny("rectangle left of the window", says: "(-1, 0, 2, 2)") { $0.features[0] = "<rects><_>-1 0 2 2 1</_></rects>" },
        tiny("rectangle of negative width", says: "(3, 0, -2, 2)") { $0.features[0] = "<rects><_>3 0 -2 2 1</_></rects>" },
        tiny("tilted rectangle outside", says: "reaching over (-1, 1, 4, 4)") {
            $0.features[1] = "<rects><_>1 1 2 2 1</_></rects><tilted>1</tilted>"
        },
        tiny("rectangle without weight", says: "the end") { $0.features[0] = "<rects><_>0 0 2 2</_></rects>" },
        replaced("no stages", "stages>", "stagez>", says: "no <stages>"),
        replaced("no features", "features>", "featurez>", says: "no <features>"),
        replaced("no weak classifiers", "weakClassifiers>", "weakClassifierz>", says: "no <weakClassifiers>"),
        replaced("grid outside", "0 0 2 2", "1 0 2 2", says: "reaching over (1, 0, 6, 6)", in: TinyCascade.lbp.text),
        replaced("short subset", " 5 -2147483648", " 5", says: "the end", in: TinyCascade.lbp.text),
        replaced("old: no size", "size>", "sise>", says: "neither <stageType> nor <size>", in: TinyCascade.old),
        replaced("old: node 0 as a child", "<left_node>1", "<left_node>0", says: "node 0", in: TinyCascade.old),
        replaced("old: no side", "left_val>", "left_vel>", says: "no <left_node>", in: TinyCascade.old),
    ]

    @Test(arguments: cases) func isRefused(malformed: Case) {
        do {
            _ = try CascadeClassifier(xml: Array(malformed.text.utf8))
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains(malformed.says), "\(error)")
        }
    }

    @Test(arguments: [TinyCascade().text, TinyCascade.lbp.text, TinyCascade.old]) func aFileCutAnywhereIsRefused(text: String) throws {
        let bytes = Array(text.utf8)
        _ = try CascadeClassifier(xml: bytes)
        let end = try #require(text.range(of: "</opencv_storage>")).upperBound
        let complete = text.utf8.distance(from: text.startIndex, to: end)
        for count in 0..<complete {
            #expect(throws: CascadeError.self, "\(count) bytes") { try CascadeClassifier(xml: Array(bytes[..<count])) }
        }
    }

    @Test func realFilesCutAtSeededPlacesAreRefused() throws {
        var bits = SeededBits(seed: 3)
        let cuts = SharedData.sampled(Array(0..<1000)).count
        for cascade in [StandardCascade.eyeTreeEyeglasses, .lbpFrontalFace] {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: cascade.path())))
            for _ in 0..<cuts / 2 {
                let count = Int(bits.next()) % (bytes.count - 20)
                #expect(throws: CascadeError.self, "\(count) bytes") { try CascadeClassifier(xml: Array(bytes[..<count])) }
            }
        }
    }

    /// A byte changed anywhere gives a cascade or an error, and a cascade searches without a crash.
    @Test func changedBytesNeverCrash() throws {
        var bits = SeededBits(seed: 5)
        let picture = Synthetic.noise(width: 40, height: 30, seed: 9)
        for text in [TinyCascade().text, TinyCascade.lbp.text, TinyCascade.old] {
            for _ in 0..<SharedData.sampled(Array(0..<2000)).count {
                var bytes = Array(text.utf8)
                bytes[Int(bits.next()) % bytes.count] = UInt8(truncatingIfNeeded: bits.next())
                if let cascade = try? CascadeClassifier(xml: bytes) {
                    _ = cascade.detect(in: picture, scaleFactor: 1.5, minNeighbors: 0)
                }
            }
        }
    }

    /// Numbers exchanged for others, the worst among them: what is read is searched as the plain search says, also mirrored.
    @Test func exchangedNumbersGiveErrorsOrExactSearches() throws {
        let numbers = [
            "0", "1", "-1", "2", "3", "-2", "6", "7", "255", "256", "1024", "65536", "-2147483648", "2147483647", "9.2e18", "-9.3e18",
            "1e30",
            "3.4028235e38", "-3.4028235e38", "1e-45", "0.1", "16777216", "-0",
        ]
        var bits = SeededBits(seed: 7)
        let picture = Synthetic.noise(width: 17, height: 13, seed: 9), parameters = try SearchTests.parameters(1.5)
        var tree = TinyCascade()
        tree.nodes[0] = "1 0 0 0.5 -1 2 1 0.25 -2 -3 0 -0.5"
        tree.leaves[0] = "1 -1 0.5 -0.25"
        var read = 0
        for text in [TinyCascade().text, tree.text, TinyCascade.lbp.text, TinyCascade.old] {
            let tokens = text.matches(of: /-?[0-9][-+.0-9e]*/).map(\.range)
            for _ in 0..<SharedData.sampled(Array(0..<1500)).count {
                var changed = text
                for _ in 0..<1 + Int(bits.next() % 3) {
                    let token = tokens[Int(bits.next()) % tokens.count]
                    guard token.upperBound <= changed.endIndex, changed[token] == text[token] else { continue }
                    changed.replaceSubrange(token, with: numbers[Int(bits.next()) % numbers.count])
                }
                guard let cascade = try? CascadeClassifier(xml: Array(changed.utf8)) else { continue }
                read += 1
                let hits = cascade.hits(in: picture, parameters)
                #expect(hits == PlainScan(cascade.model).hits(in: picture, parameters), "\(changed)")
                let image = PlainScan(cascade.model).hits(in: MirrorTests.mirrored(picture), parameters)
                #expect(cascade.mirrored().hits(in: picture, parameters) == MirrorTests.mirrored(image, width: 17), "\(changed)")
            }
        }
        #expect(read > 100)
    }

    @Test func fileErrorsNameTheFile() throws {
        #expect(throws: CascadeError.self) { try CascadeClassifier(contentsOfFile: "/nonexistent/cascade.xml") }
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let file = folder.url.appendingPathComponent("long.xml")
        // A sparse file: refused by its size, before it is read.
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 65 << 20)
        try handle.close()
        #expect(throws: CascadeError.tooLarge(path: file.path, bytes: 65 << 20, limit: 64 << 20)) {
            try CascadeClassifier(contentsOfFile: file.path)
        }
    }
}
