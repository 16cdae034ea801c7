import SystemPackage

/// How a sorted archive's folders and the entries in them are called.
struct EntryNames: Sendable {
    /// For photos with faces, none of them known.
    let unknown: RelativePath
    /// For photos without a face to name.
    let noFace: RelativePath
    /// Of names that several files of the archive have.
    private let repeated: Set<[UInt8]>
    /// How many digits tell files of one name apart.
    private let digits: Int

    /// Names for an archive of `files`, sorted by a model that knows `labels`. They follow from the two alone.
    /// - Complexity: O(files).
    init(files: [RelativePath], labels: [String]) {
        let people = Set(labels.map(Self.folder))
        func special(_ name: String) -> RelativePath {
            people.contains(RelativePath(name)) ? special(name + "_") : RelativePath(name)
        }
        unknown = special("unknown")
        noFace = special("no-face")
        var seen: Set<[UInt8]> = []
        var repeated: Set<[UInt8]> = []
        for file in files {
            let name = Self.name(of: file)
            if !seen.insert(name).inserted { repeated.insert(name) }
        }
        self.repeated = repeated
        // A file may be called what another becomes: then more digits tell them apart.
        digits =
            [8, 16, 32].first { digits in
                let all = files.map { Self.entry(of: $0, repeated: repeated, digits: digits) }
                return Set(all).count == all.count
            } ?? 64
    }

    /// The folder for photos of `label`: its own name where that can be one that shows, else the name made so, with eight digits of its SHA-256.
    static func folder(of label: String) -> RelativePath {
        let bytes = Array(label.utf8)
        var name = bytes.map { $0 == UInt8(ascii: "/") || $0 == 0 ? UInt8(ascii: "_") : $0 }
        if name.isEmpty || name[0] == UInt8(ascii: ".") { name.insert(UInt8(ascii: "_"), at: 0) }
        let isReserved = ["answers.jsonl", "answers.csv"].contains(RelativePath(bytes: name))
        guard name != bytes || isReserved || name.count > 255 else { return RelativePath(bytes: bytes) }
        return RelativePath(bytes: RelativePath(bytes: name).beginning(200) + Array("-\(FileBytes.sha256(bytes).prefix(8))".utf8))
    }

    /// The entries of a photo with these faces: one for each person it shows, else one in a folder of its own kind.
    func entries(of file: RelativePath, faces: [RecognizedFace]) -> [RelativePath] {
        var folders: [RelativePath] = []
        for label in faces.compactMap(\.label) {
            let folder = Self.folder(of: label)
            if !folders.contains(folder) { folders.append(folder) }
        }
        if folders.isEmpty { folders = [faces.isEmpty ? noFace : unknown] }
        let name = Self.entry(of: file, repeated: repeated, digits: digits)
        return folders.sorted().map { RelativePath(bytes: $0.bytes + [UInt8(ascii: "/")] + name) }
    }

    private static func name(of file: RelativePath) -> [UInt8] { Array(file.bytes.split(separator: UInt8(ascii: "/")).last ?? []) }

    /// The file's name; where others have it too, with digits of its path's SHA-256 before its ending.
    private static func entry(of file: RelativePath, repeated: Set<[UInt8]>, digits: Int) -> [UInt8] {
        let name = name(of: file)
        guard repeated.contains(name) else { return name }
        let dot = name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        let ending = Array("-\(FileBytes.sha256(file.bytes).prefix(digits))".utf8) + name[dot...].prefix(100)
        return RelativePath(bytes: Array(name[..<dot])).beginning(255 - ending.count) + ending
    }
}
