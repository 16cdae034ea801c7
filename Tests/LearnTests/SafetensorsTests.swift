import Learn
import Testing

@Suite struct SafetensorsTests {
    private static func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
        let bytes = Array(header.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes + data
    }

    @Test func contentSurvivesTheRoundTrip() throws {
        let content = Safetensors(
            metadata: ["a": "plain", "ü \"\\\n\u{1}": "😀\ttab"],
            tensors: [
                "floats": Tensor([1.5, -.infinity, 0] as [Float], shape: [3, 1]), "doubles": Tensor([0.1, 2] as [Double]),
                "bytes": Tensor([1, 2, 3] as [UInt8]), "none": Tensor([] as [Float], shape: [0, 4]),
                "whole": Tensor([-7, .max] as [Int32]),
            ])
        let bytes = content.serialised()
        #expect(try Safetensors(parsing: bytes) == content)
        #expect(bytes == content.serialised())
        #expect(content.tensors["doubles"]?.doubles == [0.1, 2])
        #expect(content.tensors["floats"]?.doubles == nil)
    }

    @Test func readsWhatTheReferenceImplementationWrites() throws {
        // safetensors 0.5: save({"a": [[1, 2]] as float32}, metadata={"k": "v"}); escapes and spaces are legal JSON.
        let header = #"{"__metadata__":{"k":"\u0076"}, "a": {"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}   "#
        let content = try Safetensors(parsing: Self.file(header, data: [0, 0, 128, 63, 0, 0, 0, 64]))
        #expect(content.tensors["a"]?.floats == [1, 2])
        #expect(content.metadata == ["k": "v"])
    }

    static let malformed: [(String, [UInt8])] = [
        ("empty", []),
        ("length cut off", [1, 0, 0]),
        ("header longer than the file", file("{}").dropLast().map { $0 }),
        ("header length beyond the limit", [0, 0, 0, 0, 0, 0, 0, 128]),
        ("header length of 2^56", [0, 0, 0, 0, 0, 0, 0, 1]),
        ("empty header", file("")),
        ("no object", file("[]")),
        ("leading space", file(" {}")),
        ("unterminated object", file("{")),
        ("unterminated string", file(#"{"a"#)),
        ("text after the end", file("{}x")),
        ("not UTF-8", [9, 0, 0, 0, 0, 0, 0, 0] + Array(#"{"a"#.utf8) + [0xFF] + Array(#"":1}"#.utf8)),
        ("lone surrogate", file(#"{"__metadata__":{"a":"\ud800"}}"#)),
        ("bad escape", file(#"{"__metadata__":{"a":"\x"}}"#)),
        ("short hexadecimal escape", file(#"{"__metadata__":{"a":"\u12"#)),
        ("metadata not text", file(#"{"__metadata__":{"a":1}}"#)),
        (
            "duplicate tensor",
            file(
                #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#)
        ),
        ("duplicate metadata", file(#"{"__metadata__":{"a":"1","a":"2"}}"#)),
        ("duplicate field", file(#"{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#)),
        ("unknown type", file(#"{"a":{"dtype":"U7","shape":[0],"data_offsets":[0,0]}}"#)),
        ("unknown field", file(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"code":"x"}}"#)),
        ("missing field", file(#"{"a":{"dtype":"U8","shape":[0]}}"#)),
        ("one offset", file(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}"#)),
        ("negative extent", file(#"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#)),
        ("fractional extent", file(#"{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}"#, data: [0])),
        ("number too large", file(#"{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,0]}}"#)),
        ("size overflows", file(#"{"a":{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#)),
        ("size unlike the span", file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, data: [0, 0, 0, 0])),
        ("backward span", file(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[1,0]}}"#, data: [0])),
        ("beyond the file", file(#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, data: [0])),
        ("gap before", file(#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, data: [0, 0])),
        ("rest after", file(#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, data: [0, 0])),
        (
            "overlap",
            file(
                #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
                data: [0, 0, 0])
        ),
    ]

    @Test(arguments: malformed) func malformedFilesAreRefused(name: String, bytes: [UInt8]) {
        var refusal: LearnError?
        do throws(LearnError) { _ = try Safetensors(parsing: bytes) } catch { refusal = error }
        guard case .malformedModel? = refusal else {
            Issue.record("\(name): \(refusal.map { "\($0)" } ?? "accepted")")
            return
        }
    }

    @Test func everyCutAndManyFlippedBitsAreSurvived() throws {
        let bytes = Safetensors(metadata: ["k": "v"], tensors: ["a": Tensor([1, 2] as [Float]), "b": Tensor([3] as [Double])])
            .serialised()
        for length in 0..<bytes.count {
            #expect(throws: LearnError.self) { try Safetensors(parsing: Array(bytes.prefix(length))) }
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3000 {
            var damaged = bytes
            damaged[generator.next(below: damaged.count)] ^= 1 << UInt8(generator.next(below: 8))
            do throws(LearnError) { _ = try Safetensors(parsing: damaged) } catch { #expect(!error.description.isEmpty) }
        }
    }
}
