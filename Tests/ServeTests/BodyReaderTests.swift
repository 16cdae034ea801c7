import Foundation
import Serve
import ServeSupport
import TestSupport
import Testing

@Suite struct HeaderParametersTests {
    @Test(arguments: [
        ("Form-Data; NAME=\"a\"", "form-data", ["name": "a"]),
        ("text/plain;charset=utf-8 ; x = 1", "text/plain", ["charset": "utf-8", "x": "1"]),
        ("form-data; name=\"a;b\\\"c\"; filename=\"C:\\dir\\\\x.jpg\"", "form-data", ["name": "a;b\"c", "filename": "C:\\dir\\x.jpg"]),
        ("a; b=1; b=2;", "a", ["b": "1"]),
        ("", "", [:]),
    ])
    func valuesAndParametersAreTakenApart(_ text: String, _ value: String, _ parameters: [String: String]) {
        let header = HeaderParameters(text)
        #expect(header?.value == value)
        #expect(header?.parameters == parameters)
    }

    @Test(arguments: ["a; b", "a; =1", "a; b=\"open", "a; b=\"x\"y", "a; b=\"x\\"])
    func malformedParametersAreRefused(_ text: String) {
        #expect(HeaderParameters(text) == nil)
    }
}

@Suite struct FormURLEncodedTests {
    @Test(arguments: [
        ("a=1&b=2", "b", "2"), ("b=x+y%2Bz%26", "b", "x y+z&"), ("a&b=&c=3", "b", ""), ("b", "b", ""), ("%62=1", "b", "1"),
        ("b=1&b=2", "b", "1"), ("&&b=1", "b", "1"), ("b=a=b", "b", "a=b"),
        ("b=%2B%2F+%3d", "b", "+/ ="), ("b=abc%2Bdef", "b", "abc+def"), ("b=+", "b", " "), ("b=%41", "b", "A"),
        ("b=x%41y+z&c", "b", "xAy z"),
    ])
    func fieldsAreFoundAndDecoded(_ body: String, _ name: String, _ value: String) throws {
        #expect(try FormURLEncoded.value(of: name, in: Array(body.utf8), maximumFields: 8) == Array(value.utf8))
    }

    @Test func anAbsentFieldIsNil() throws {
        #expect(try FormURLEncoded.value(of: "b", in: Array("a=%zz&c=1".utf8), maximumFields: 8) == nil)
        #expect(try FormURLEncoded.value(of: "b", in: [], maximumFields: 8) == nil)
    }

    @Test(arguments: [("b=%", 2), ("b=%1", 2), ("b=1%2", 3), ("b=%G0", 2), ("b=%0g", 2), ("a=1&b=%%", 6), ("%=1", 0)])
    func aBadPercentSignIsNamedByItsPlace(_ body: String, _ offset: Int) {
        #expect(throws: RequestError.malformedForm(offset: offset)) {
            try FormURLEncoded.value(of: "b", in: Array(body.utf8), maximumFields: 8)
        }
    }

    @Test func fieldsAreCounted() {
        #expect(throws: RequestError.tooManyParts(limit: 3)) {
            try FormURLEncoded.value(of: "b", in: Array("a&a&a&a".utf8), maximumFields: 3)
        }
    }
}

@Suite struct Base64Tests {
    /// Foundation's decoder is the twin, on every length up to 100.
    @Test func whatFoundationEncodesComesBack() throws {
        var random = SeededBytes(seed: 1)
        for length in 0...100 {
            let bytes = random.bytes(length)
            let text = Data(bytes).base64EncodedString()
            #expect(try Base64.decode(Array(text.utf8)) == bytes)
            let urlSafe = text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(try Base64.decode(Array(urlSafe.utf8)) == bytes)
            let lines = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithCarriageReturn])
            #expect(try Base64.decode(Array(lines.utf8)) == bytes)
        }
    }

    @Test(
        arguments: [
            ("A", 1, nil), ("AAAAA", 5, nil), ("AA=", 3, nil), ("AAB", 3, nil), ("AB", 2, nil), ("A===", 1, UInt8(ascii: "=")),
            ("AA===", 4, UInt8(ascii: "=")), ("=", 0, UInt8(ascii: "=")), ("AA==AAAA", 4, UInt8(ascii: "A")),
            ("AA*A", 2, UInt8(ascii: "*")),
            ("AAA\u{0}", 3, 0), ("AAAA\u{E9}", 4, 0xC3), ("AAAA=", 4, UInt8(ascii: "=")),
        ] as [(String, Int, UInt8?)])
    func whatIsNotBase64IsNamedByItsPlace(_ text: String, _ offset: Int, _ found: UInt8?) {
        #expect(throws: RequestError.malformedBase64(offset: offset, found: found)) { try Base64.decode(Array(text.utf8)) }
    }

    /// Whole groups are taken at once: what does not belong is named by its place in a group all the same.
    @Test func aFaultIsNamedByItsPlaceWhereverItIs() throws {
        var random = SeededBytes(seed: 2)
        let text = Array(Data(random.bytes(30)).base64EncodedString().utf8)
        for place in text.indices {
            for wrong in ["*", "\u{0}", "\u{7F}"].map({ Array($0.utf8)[0] }) {
                var faulty = text
                faulty[place] = wrong
                #expect(throws: RequestError.malformedBase64(offset: place, found: wrong)) { try Base64.decode(faulty) }
            }
            // A line end belongs everywhere.
            #expect(try Base64.decode(Array(text[..<place] + [0x0A] + text[place...])) == Base64.decode(text))
        }
    }

    @Test(arguments: ["+/ +", " +/++", "+/++ ", "+/\n  ++", "+/ \r\n++", "%2B%2f%2b+", "  +/ +\n"])
    func lostAndEscapedPlusesAreRead(_ text: String) throws {
        #expect(try Base64.decode(Array(text.utf8)) == [0xFB, 0xFF, 0xBE])
    }

    @Test(arguments: [("AA%", 2), ("AA%2", 2), ("AA%zz", 2), ("AA%25", 2), ("AA%00", 2)])
    func otherEscapesAreNamedByTheirPlace(_ text: String, _ offset: Int) {
        #expect(throws: RequestError.self) { try Base64.decode(Array(text.utf8)) }
        #expect(throws: RequestError.malformedBase64(offset: offset, found: UInt8(ascii: "%"))) { try Base64.decode(Array(text.utf8)) }
    }

    /// One run of blanks is looked through once, however long.
    @Test func manyBlanksAreReadInOnePass() throws {
        let text = [UInt8](repeating: 0x20, count: 400_000)
        #expect(try Base64.decode(text).isEmpty)
        #expect(try Base64.decode(Array("A".utf8) + text[..<399_998] + Array("A".utf8)).count == 300_000)
    }
}

@Suite struct DataURLTests {
    private static let hi: [UInt8] = [0x68, 0x69]

    @Test(arguments: ["data:image/jpeg;base64,aGk=", "DATA:;BASE64,aGk", "aGk=", "data:image/png;charset=x;base64,aGk="])
    func dataURLsAndBareBase64AreRead(_ text: String) throws {
        #expect(try DataURL.photo(in: Array(text.utf8)) == Self.hi)
    }

    @Test(arguments: ["data:", "data:image/jpeg;base64", "data:image/jpeg,aGk=", "data:" + String(repeating: "x", count: 300) + ",aGk="])
    func headersThatAreNoneAreRefused(_ text: String) {
        do {
            _ = try DataURL.photo(in: Array(text.utf8))
            Issue.record("read \(text)")
        } catch {
            guard case .malformedDataURL = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func everyTruncationIsAnErrorOrLessOfThePhoto() throws {
        let photo = try Pictures.png()
        let text = Array(("data:image/png;base64," + Data(photo).base64EncodedString()).utf8)
        for length in 0..<text.count {
            guard let bytes = try? DataURL.photo(in: Array(text[..<length])) else { continue }
            #expect(photo.starts(with: bytes) || length < 5)
        }
    }
}

@Suite struct PhotoBodyTests {
    private static let limits = RequestLimits(bytes: 100, photos: 2, parts: 6)

    private static func photos(_ contentType: String, _ body: [UInt8], form: Bool = false) throws -> [PhotoUpload] {
        try PhotoBody(contentType: contentType, acceptsForm: form).photos(in: body, fields: ["file", "image"], limits: limits)
    }

    @Test(arguments: ["image/jpeg", "image/anything", "application/octet-stream", "IMAGE/PNG; x=1"])
    func imageTypesAreTheBodyItself(_ type: String) throws {
        #expect(try Self.photos(type, [1, 2]) == [PhotoUpload(name: nil, bytes: [1, 2])])
    }

    @Test(arguments: ["text/plain", "application/xml", "multipart/mixed; boundary=b", "application/x-www-form-urlencoded"])
    func otherTypesAreNamed(_ type: String) {
        let name = String(type.prefix { $0 != ";" })
        #expect(throws: RequestError.unsupportedContentType(name)) { try PhotoBody(contentType: type, acceptsForm: false) }
    }

    @Test(arguments: [
        "", "{", "[]", "3", "null", "{\"image\":1}", "{\"image\":null}", "{\"image\":{\"a\":[]}}", "{\"image\":\"aGk=\"", "\u{FEFF}{]",
    ])
    func jsonThatIsNotTheObjectIsRefused(_ body: String) {
        do {
            _ = try Self.photos("application/json", Array(body.utf8))
            Issue.record("read \(body)")
        } catch {
            guard case .malformedJSON? = error as? RequestError else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func jsonIsReadWhateverElseItHolds() throws {
        let body = "{\"other\":[1,{\"x\":null}],\"image\":\"aGk=\"}"
        #expect(try Self.photos("application/json", Array(body.utf8)) == [PhotoUpload(name: nil, bytes: [0x68, 0x69])])
    }

    @Test func membersOfJSONAreCountedBeforeTheyAreBuilt() throws {
        for body in [
            "{\"image\":\"aGk=\"" + String(repeating: ",\"a\":1", count: 6) + "}",
            "{\"image\":\"aGk=\",\"a\":[" + String(repeating: "1,", count: 5) + "1]}",
        ] {
            #expect(throws: RequestError.tooManyParts(limit: 6)) { try Self.photos("application/json", Array(body.utf8)) }
        }
        let text = "{\"a\":\"" + String(repeating: "[{,\\\"", count: 50) + "\",\"image\":\"aGk=\"}"
        #expect(try Self.photos("application/json", Array(text.utf8)).count == 1)
    }

    /// .NET's and Apache's clients give a type to every field; only a file name makes a part a file.
    @Test(arguments: ["data:image/png;base64,aGk=", "DATA:image/png;base64,aGk=", "aGk="])
    func aPartWithoutFileNameIsAFieldOfWhateverType(_ value: String) throws {
        for type in ["", "Content-Type: text/plain; charset=utf-8\r\n", "Content-Type: application/octet-stream\r\n"] {
            let body = "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\(type)\r\n\(value)\r\n--b--\r\n"
            #expect(
                try Self.photos("multipart/form-data; boundary=b", Array(body.utf8)) == [PhotoUpload(name: nil, bytes: [0x68, 0x69])])
        }
        let raw = Array("--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n".utf8) + [0xFF, 0xD8] + Array("\r\n--b--".utf8)
        #expect(try Self.photos("multipart/form-data; boundary=b", raw) == [PhotoUpload(name: nil, bytes: [0xFF, 0xD8])])
    }

    @Test func deeplyNestedJSONIsRefusedNotFollowed() {
        let body = "{\"image\":" + String(repeating: "[", count: 100_000)
        #expect(throws: RequestError.self) { try Self.photos("application/json", Array(body.utf8)) }
    }

    @Test(arguments: [
        ("image/png", [UInt8]()), ("application/json", Array("{}".utf8)), ("application/json", Array("{\"image\":\"\"}".utf8)),
        ("multipart/form-data; boundary=xYzZy", Pictures.multipart([("other", "a.jpg", [1])])),
        ("multipart/form-data; boundary=xYzZy", Pictures.multipart([("file", "", [])])),
    ])
    func aBodyWithoutPhotoIsCalledSo(_ type: String, _ body: [UInt8]) {
        do {
            _ = try Self.photos(type, body)
            Issue.record("found a photo")
        } catch {
            guard case .noPhoto? = error as? RequestError else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func limitsHoldForEachPhotoAndTheirNumber() throws {
        let type = "multipart/form-data; boundary=xYzZy"
        let two = Pictures.multipart([("file", "a", [1]), ("image", "b", [2])])
        #expect(try Self.photos(type, two).map(\.name) == ["a", "b"])
        let three = Pictures.multipart([("file", "a", [1]), ("image", "b", [2]), ("file", "c", [3])])
        #expect(throws: RequestError.tooManyPhotos(limit: 2, found: 3)) { try Self.photos(type, three) }
        let large = Pictures.multipart([("file", "a", [UInt8](repeating: 0, count: 101))])
        #expect(throws: RequestError.tooManyBytes(limit: 100, found: 101)) { try Self.photos(type, large) }
    }

    @Test func aFormCarriesADataURLWithLostPluses() throws {
        let body = Array("x=1&image=data:image/png;base64,A+/ ".utf8)
        let photos = try Self.photos("application/x-www-form-urlencoded", body, form: true)
        #expect(photos == [PhotoUpload(name: nil, bytes: [0x03, 0xEF, 0xFE])])
    }
}
