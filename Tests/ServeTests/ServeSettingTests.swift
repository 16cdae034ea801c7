import Foundation
import Serve
import Testing

@Suite struct ServeSettingTests {
    @Test func everySettingIsReadBackAsItWasSet() throws {
        for setting in ServeSetting.all {
            var configuration = ServeConfiguration()
            let value = setting.range.lowerBound + (setting.unit == .seconds ? 0.5 : 1)
            try setting.apply(value, to: &configuration)
            #expect(Double(setting.text(in: configuration)) == value, "\(setting.name)")
        }
        #expect(Set(ServeSetting.all.map(\.variable)).count == ServeSetting.all.count)
    }

    @Test(arguments: [
        ("max-bytes", "0"), ("max-bytes", "1.5"), ("max-bytes", "many"), ("idle-time", "-1"), ("work-time", "nan"), ("threads", "inf"),
    ])
    func whatIsNotAcceptedIsNamed(_ name: String, _ text: String) throws {
        let setting = try #require(ServeSetting.all.first { $0.name == name })
        var configuration = ServeConfiguration()
        #expect(throws: SettingError.self) { try setting.apply(text, to: &configuration) }
    }

    /// The table in docs/http.md is the one the code makes.
    @Test func theDocumentedTableIsTrue() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let docs = try String(contentsOf: root.appendingPathComponent("docs/http.md"), encoding: .utf8)
        #expect(docs.contains(ServeSetting.table(of: ServeConfiguration())))
    }
}
