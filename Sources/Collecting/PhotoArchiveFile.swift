import Foundation
import Recognition

/// A zip or tar of photos, unpacked by the system's own tools into a temporary folder that goes when its owner goes.
public final class PhotoArchiveFile {
    /// What lies in the archive, as a folder of labels or of photos.
    public let folder: URL
    private let temporary: URL

    /// The endings of names that are archives.
    private static let endings = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"]

    /// Whether a file's name is that of an archive.
    public static func isArchive(_ file: URL) -> Bool {
        let name = file.lastPathComponent.lowercased()
        return endings.contains { name.hasSuffix($0) }
    }

    /// Unpacks a file. Links inside it and names that lead out of it are left to the tools, which refuse the latter; `Collector` takes plain files alone.
    /// - Throws: `RecognitionError.missing`; `CollectingError.unusableArchive` with the tool's own words, or where the tool is not installed.
    public init(_ file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { throw RecognitionError.missing(path: file.path, what: "file") }
        temporary = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        do {
            let isZip = file.pathExtension.lowercased() == "zip"
            try Self.run(
                isZip
                    ? ["unzip", "-q", "-o", file.path, "-d", temporary.path]
                    : ["tar", "--no-same-owner", "--no-same-permissions", "-xf", file.path, "-C", temporary.path], for: file)
            folder = try Self.inner(of: temporary)
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw error
        }
    }

    deinit {
        // What cannot be removed is in the system's folder for such things.
        try? FileManager.default.removeItem(at: temporary)
    }

    private static func run(_ command: [String], for file: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return }
        let reason =
            process.terminationStatus == 127
            ? "needs the program \(command[0]), which is not installed"
            : "\(command[0]) cannot unpack it (\(sentence(of: said) ?? "status \(process.terminationStatus)")); is the file whole?"
        throw CollectingError.unusableArchive(path: file.path, reason: reason)
    }

    /// The first sentence of what a tool said; unzip begins with the file's name in brackets.
    private static func sentence(of said: String) -> String? {
        let words = said.split(separator: "\n").filter { !$0.hasPrefix("[") }.joined(separator: " ")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let sentence = words.range(of: ". ").map { String(words[..<$0.lowerBound]) } ?? words
        return sentence.isEmpty ? nil : sentence
    }

    /// The folder that alone lies in an archive is only its name, where it holds folders itself.
    private static func inner(of folder: URL) throws -> URL {
        func folders(_ url: URL) throws -> (folders: [URL], files: Int) {
            let all = try FileManager.default.contentsOfDirectory(
                at: url, includingPropertiesForKeys: [.isDirectoryKey, .isSymbolicLinkKey]
            )
            .filter { !$0.lastPathComponent.hasPrefix(".") && $0.lastPathComponent != "__MACOSX" }
            let folders = try all.filter {
                let values = try $0.resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
                return values.isDirectory == true && values.isSymbolicLink != true
            }
            return (folders, all.count - folders.count)
        }
        let outer = try folders(folder)
        guard outer.files == 0, outer.folders.count == 1, let only = outer.folders.first else { return folder }
        let inner = try folders(only)
        return inner.files == 0 && !inner.folders.isEmpty ? only : folder
    }
}
