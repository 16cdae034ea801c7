import Foundation
import TestSupport
import Testing

/// What was found by throwing bytes at each target, or reported of others: `fuzz/regressions`, as `scripts/fuzz` runs it.
@Suite struct ReplayTests {
    @Test(arguments: FuzzTarget.all.map(\.name))
    func everyInputIsReadOrRefused(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        for (file, bytes) in try Self.regressions(name) {
            #expect(throws: Never.self, "\(file)") { try target.run(bytes) }
        }
    }

    /// A folder that no target reads would never be replayed.
    @Test func everyFolderHasItsTarget() throws {
        let names = Set(FuzzTarget.all.map(\.name))
        let folder = SharedData.root.appendingPathComponent("fuzz/regressions")
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)).isSubset(of: names))
    }

    private static func regressions(_ name: String) throws -> [(file: String, bytes: [UInt8])] {
        let folder = SharedData.root.appendingPathComponent("fuzz/regressions/\(name)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { file in
            (file, [UInt8](try Data(contentsOf: folder.appendingPathComponent(file))))
        }
    }
}
