import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where files and folders really lie: absolute paths without links.
enum RealPath {
    /// The path without links; nil where it leads nowhere.
    static func of(_ path: FilePath) -> FilePath? {
        path.withPlatformString { path in
            guard let resolved = realpath(path, nil) else { return nil }
            defer { free(resolved) }
            return FilePath(platformString: resolved)
        }
    }

    /// The same of a file or folder that may be yet to be made.
    static func ofFuture(_ path: FilePath) -> FilePath {
        if let real = of(path) { return real }
        guard let last = path.lastComponent else { return path }
        let above = path.removingLastComponent()
        return ofFuture(above.isEmpty ? "." : above).appending(last).lexicallyNormalized()
    }

    /// - Throws: `RecognitionError.outputInsideInput` where `output` is `input` or lies in it.
    static func refuse(_ output: FilePath, inside input: FilePath) throws(RecognitionError) {
        guard ofFuture(output).starts(with: ofFuture(input)) else { return }
        throw .outputInsideInput(output: output.string, input: input.string)
    }

    /// The way from `folder` to `file` with "..", by the bytes of their names; both absolute.
    static func way(from folder: FilePath, to file: FilePath) -> FilePath {
        let (from, to) = (Array(folder.components), Array(file.components))
        let common = zip(from, to).prefix { $0 == $1 }.count
        return FilePath(root: nil, Array(repeating: FilePath.Component(".."), count: from.count - common) + to[common...])
    }
}
