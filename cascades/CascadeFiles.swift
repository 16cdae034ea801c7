import Foundation

/// The folder of this target's XML files, which the package manager puts beside a program that uses `Cascade`.
///
/// Looked for by hand: `Bundle.module` ends the program where the folder is missing, and remembers where it was built.
package enum CascadeFiles {
    #if os(Linux)
        private static let folderName = "lineup_CascadeFiles.resources"
    #else
        private static let folderName = "lineup_CascadeFiles.bundle"
    #endif

    /// Where the folder would be: beside the program, and where an application of macOS has it.
    package static var candidates: [URL] {
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? ".")
        let folders = [program.resolvingSymlinksInPath().deletingLastPathComponent(), Bundle.main.resourceURL].compactMap { $0 }
        return folders.map { Bundle(url: $0.appendingPathComponent(folderName))?.resourceURL ?? $0.appendingPathComponent(folderName) }
    }
}
