import Foundation
import TestSupport
import Testing

/// The programs of `Snippets/`, and the documents that show their code.
@Suite struct SnippetTests {
    /// Each with a part of what it prints.
    @Test(arguments: [
        ("FindingFaces", "["), ("Pictures", "96x96"), ("ChoosingAModel", " tie\n"), ("APhotosWay", " crops of 18 photos\n"),
    ])
    func everySnippetRuns(name: String, printed: String) throws {
        let folder = try TemporaryFolder()
        let run = try LineupProcess([], of: name, in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains(printed), "\(run.output)")
    }

    /// Every line of Swift in a document stands in a snippet, so that what a reader copies compiles.
    @Test func documentsShowWhatSnippetsHold() throws {
        let snippets = try Self.files(in: "Snippets", endingIn: ".swift")
        #expect(
            snippets.map { $0.deletingPathExtension().lastPathComponent }.sorted() == [
                "APhotosWay", "ChoosingAModel", "FindingFaces", "Pictures",
            ])
        let sources = try snippets.map { Self.code(try String(contentsOf: $0, encoding: .utf8)) }
        let documents =
            try Self.files(in: "docs", endingIn: ".md") + Self.files(in: "Sources", endingIn: ".md")
            + ["README.md", "CONTRIBUTING.md"].map { SharedData.root.appendingPathComponent($0) }
        var shown = 0
        for document in documents {
            for block in Self.swiftBlocks(try String(contentsOf: document, encoding: .utf8)) {
                shown += 1
                let isHeld = sources.contains { source in
                    block.imports.isSubset(of: source.imports) && source.lines.contains(block.lines)
                }
                #expect(isHeld, "no snippet holds, line by line: \(document.path): \(block.lines.joined(separator: "\n"))")
            }
        }
        #expect(shown > 15)
    }

    private struct Code {
        var imports: Set<String>
        /// Without imports, empty lines and the snippets' own marks.
        var lines: [String]
    }

    private static func code(_ text: String) -> Code {
        let lines = text.split(separator: "\n").map(String.init)
        let isImport = { (line: String) in line.hasPrefix("import ") }
        return Code(
            imports: Set(lines.filter(isImport)), lines: lines.filter { !isImport($0) && !$0.hasPrefix("// snippet.") })
    }

    private static func swiftBlocks(_ document: String) -> [Code] {
        document.components(separatedBy: "```swift\n").dropFirst().map { code($0.components(separatedBy: "```")[0]) }
    }

    private static func files(in folder: String, endingIn ending: String) throws -> [URL] {
        let root = SharedData.root.appendingPathComponent(folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
        return paths.filter { $0.hasSuffix(ending) }.map { root.appendingPathComponent($0) }
    }
}
