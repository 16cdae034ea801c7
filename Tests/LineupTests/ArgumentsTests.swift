import Testing
import lineup

@Suite struct ArgumentsTests {
    @Test(arguments: [
        Array("plain.jpg".utf8), Array("Müller é.jpg".utf8), [0x49, 0xE9, 0x2E], [0xFF, 0xFE], Array("\u{10FFE9}".utf8), [],
    ])
    func bytesSurviveBeingText(bytes: [UInt8]) { #expect(Arguments.bytes(of: Arguments.text(of: bytes)) == bytes) }

    @Test func differentBytesAreDifferentTexts() {
        // é in one and in two code points, and in Latin-1; a private scalar and the byte it stands for.
        let names: [[UInt8]] = [[0xC3, 0xA9], [0x65, 0xCC, 0x81], [0xE9], Array("\u{10FFE9}".utf8)]
        #expect(Set(names.map { Array(Arguments.text(of: $0).utf8) }).count == names.count)
    }

    @Test func aFileThatBeginsWithADashIsAFile() throws {
        #expect(throws: (any Error).self) { try Arguments.withFolder("-dash.jpg", exists: { _ in false }) }
        #expect(try Arguments.withFolder("-5", exists: { _ in false }) == "-5")
        #expect(try Arguments.withFolder("-dash.jpg", exists: { $0 == "-dash.jpg" }) == "./-dash.jpg")
        #expect(try Arguments.withFolder("-h", exists: { _ in false }) == "-h")
        #expect(try Arguments.withFolder("--json", exists: { _ in true }) == "--json")
        #expect(try Arguments.withFolder("-", exists: { _ in true }) == "-")
        #expect(try Arguments.withFolder("a-b", exists: { _ in true }) == "a-b")
    }
}

@Suite struct MemorySizeTests {
    @Test(arguments: [
        ("2147483648", 2048), ("512M", 512), ("2G", 2048), ("2g", 2048), ("1048576K", 1024), ("1000000", 0),
    ])
    func amountsAreRead(text: String, megabytes: Int) { #expect(MemorySize(argument: text)?.megabytes == megabytes) }

    @Test(arguments: ["", "M", "-1G", "1.5G", "2GB", "9999999999999999999", "9223372036854775807G"])
    func othersAreRefused(text: String) { #expect(MemorySize(argument: text) == nil) }
}
