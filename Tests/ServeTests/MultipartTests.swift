import Serve
import TestSupport
import Testing

@Suite struct MultipartTests {
    private static func parts(_ text: String, boundary: String? = "b", maximumParts: Int = 8) throws -> [MultipartPart] {
        try MultipartReader(body: Array(text.utf8), boundary: boundary, maximumParts: maximumParts).parts()
    }

    private static let two =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nONE\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\r\n--b--\r\n"

    @Test func partsComeInOrderWithTheirNamesAndContents() throws {
        let body = Array(Self.two.utf8)
        let parts = try MultipartReader(body: body, boundary: "b", maximumParts: 2).parts()
        #expect(parts.map(\.name) == ["file", "note"])
        #expect(parts.map(\.fileName) == ["a.jpg", nil])
        #expect(parts.map(\.contentType) == ["image/jpeg", nil])
        #expect(parts.map { String(decoding: body[$0.content], as: UTF8.self) } == ["ONE", ""])
    }

    @Test(arguments: [
        ("a preamble and an epilogue", "before\r\n" + two + "after"),
        ("blanks behind a boundary", two.replacing("--b\r\n", with: "--b \t\r\n")),
        ("header names in any case", two.replacing("Content-Disposition", with: "cOnTeNt-dIsPoSiTiOn")),
        ("no line end behind the last boundary", String(two.dropLast())),  // "\r\n" is one Character
        ("other headers", two.replacing("Content-Type:", with: "X-Other: 1\r\nContent-Type:")),
        ("unquoted parameters", two.replacing("name=\"file\"", with: "name=file")),
    ])
    func allowedVariationsReadTheSame(_ name: String, _ text: String) throws {
        #expect(try Self.parts(text).map(\.name) == ["file", "note"], "\(name)")
    }

    @Test func contentMayHoldWhatOnlyLooksLikeABoundary() throws {
        let content = "x--b\r\n\r\n --b\r\n-\r\n--c\r\r\n\r\n-b"
        let body = "--b\r\nContent-Disposition: form-data; name=f\r\n\r\n\(content)\r\n--b--"
        let part = try #require(try Self.parts(body).first)
        #expect(String(decoding: Array(body.utf8)[part.content], as: UTF8.self) == content)
    }

    @Test(arguments: [
        ("", MultipartFault.noFirstDelimiter, 0),
        ("nothing of the kind", .noFirstDelimiter, 0),
        ("--c\r\n", .noFirstDelimiter, 0),
        ("--bad\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n--b--", .badDelimiterLine, 3),
        ("--b\nContent-Disposition: form-data; name=f\n\nx\n--b--", .badDelimiterLine, 3),
        ("--b", .truncatedBody, 3),
        ("--b\r\n", .truncatedHeaders, 5),
        ("--b\r\nContent-Disposition: form-data; name=f\r\n", .truncatedHeaders, 45),
        ("--b\r\nno colon here\r\n\r\nx\r\n--b--", .badHeader, 5),
        ("--b\r\n: no name\r\n\r\nx\r\n--b--", .badHeader, 5),
        ("--b\r\n\r\nx\r\n--b--", .noDisposition, 7),
        ("--b\r\nContent-Disposition: attachment; name=f\r\n\r\nx\r\n--b--", .noDisposition, 48),
        ("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", .noDisposition, 39),
        ("--b\r\nContent-Disposition: form-data; name=\"f\r\n\r\nx\r\n--b--", .noDisposition, 48),
        ("--b\r\nContent-Disposition: form-data; name=f\r\n\r\nx", .truncatedBody, 48),
        ("--b\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n--b", .truncatedBody, 53),
    ])
    func malformedBodiesNameTheFaultAndItsPlace(_ text: String, _ fault: MultipartFault, _ offset: Int) {
        #expect(throws: RequestError.malformedMultipart(fault, offset: offset)) { try Self.parts(text) }
    }

    @Test func bytesThatAreNotTextAreNoDisposition() {
        let body = Array("--b\r\nContent-Disposition: ".utf8) + [0xFF, 0xFE] + Array("\r\n\r\nx\r\n--b--".utf8)
        #expect(throws: RequestError.malformedMultipart(.noDisposition, offset: 32)) {
            try MultipartReader(body: body, boundary: "b", maximumParts: 8).parts()
        }
    }

    /// What Latin-1 clients, RFC 8187 clients and browsers put into a file's name; each character is a byte.
    private static let fileNames: [(parameter: String, name: String)] = [
        ("filename=\"IMG\u{E9}.jpg\"", "IMG\u{E9}.jpg"),
        ("filename=\"x.jpg\"; filename*=UTF-8''%e2%82%ac%20rates.jpg", "\u{20AC} rates.jpg"),
        ("filename*=iso-8859-1'en'%A3.jpg", "\u{A3}.jpg"),
        ("filename=\"x.jpg\"; filename*=koi8-r''%C1.jpg", "x.jpg"),
        ("filename=\"x.jpg\"; filename*=broken", "x.jpg"),
        ("filename=\"a%22b%0D%0Ac%41.jpg\"", "a\"b\r\nc%41.jpg"),
    ]

    @Test(arguments: fileNames)
    func fileNamesAreReadAsClientsSendThem(_ parameter: String, _ name: String) throws {
        let text = "--b\r\nContent-Disposition: form-data; name=file; \(parameter)\r\n\r\nx\r\n--b--"
        let body = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(try MultipartReader(body: body, boundary: "b", maximumParts: 8).parts().map(\.fileName) == [name])
    }

    @Test func headersEndWithin16KiB() {
        let long = "--b\r\nX: " + String(repeating: "y", count: 20_000) + "\r\n\r\n\r\n--b--"
        #expect(throws: RequestError.malformedMultipart(.headersTooLong, offset: 5)) { try Self.parts(long) }
    }

    @Test(arguments: [nil, "", String(repeating: "x", count: 71), "a\"b", "a b ", "\u{E9}"])
    func boundariesFollowTheirGrammar(_ boundary: String?) {
        let fault: MultipartFault = boundary == nil ? .noBoundary : .badBoundary
        #expect(throws: RequestError.malformedMultipart(fault, offset: 0)) { try Self.parts(Self.two, boundary: boundary) }
    }

    @Test func tooManyPartsAreRefused() {
        #expect(throws: RequestError.tooManyParts(limit: 1)) { try Self.parts(Self.two, maximumParts: 1) }
    }

    /// Cut anywhere before the closing hyphens, the body is refused, never read beyond its end and never taken for whole.
    @Test func everyTruncationIsAnError() throws {
        let body = Array(Self.two.utf8)
        let whole = body.count - 2
        #expect(try MultipartReader(body: Array(body[..<whole]), boundary: "b", maximumParts: 8).parts().count == 2)
        for length in 0..<whole {
            #expect(throws: RequestError.self, "cut at \(length)") {
                try MultipartReader(body: Array(body[..<length]), boundary: "b", maximumParts: 8).parts()
            }
        }
    }

    /// Bytes turned at random give an error or parts whose contents lie inside the body.
    @Test func damagedBodiesNeverTrap() throws {
        var random = SeededBytes(seed: 7)
        let body = Array(Self.two.utf8)
        for _ in 0..<2_000 {
            var damaged = body
            for _ in 0...Int.random(in: 0...3, using: &random) {
                damaged[Int.random(in: body.indices, using: &random)] = [13, 10, 45, 98, 34, 58, 0][Int.random(in: 0..<7, using: &random)]
            }
            if let parts = try? MultipartReader(body: damaged, boundary: "b", maximumParts: 8).parts() {
                #expect(parts.allSatisfy { $0.content.upperBound <= damaged.count })
            }
        }
    }
}
