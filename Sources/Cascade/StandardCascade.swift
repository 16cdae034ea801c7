import CascadeFiles
import Foundation

/// The cascades that come with Lineup; the raw value is the file's name without `.xml`.
public enum StandardCascade: String, CaseIterable, Sendable {
    /// Open eyes, seen from the front.
    case eye = "haarcascade_eye"
    /// Eyes, also behind glasses.
    case eyeTreeEyeglasses = "haarcascade_eye_tree_eyeglasses"
    /// Cats' faces from the front.
    case frontalCatFace = "haarcascade_frontalcatface"
    /// Cats' faces from the front, with tilted features.
    case frontalCatFaceExtended = "haarcascade_frontalcatface_extended"
    /// Faces from the front, by stumps.
    case frontalFaceAlt = "haarcascade_frontalface_alt"
    /// Faces from the front, by trees of two nodes.
    case frontalFaceAlt2 = "haarcascade_frontalface_alt2"
    /// Faces from the front; few false ones.
    case frontalFaceAltTree = "haarcascade_frontalface_alt_tree"
    /// Faces from the front; what most programs use.
    case frontalFaceDefault = "haarcascade_frontalface_default"
    /// Standing people.
    case fullBody = "haarcascade_fullbody"
    /// Left eyes, open or closed.
    case leftEye2Splits = "haarcascade_lefteye_2splits"
    /// Russian number plates, by 16 stages.
    case licensePlateRussian16Stages = "haarcascade_license_plate_rus_16stages"
    /// People below the waist.
    case lowerBody = "haarcascade_lowerbody"
    /// Faces from the side, looking left; mirrored, looking right.
    case profileFace = "haarcascade_profileface"
    /// Right eyes, open or closed.
    case rightEye2Splits = "haarcascade_righteye_2splits"
    /// Russian number plates.
    case russianPlateNumber = "haarcascade_russian_plate_number"
    /// Smiles, inside a face.
    case smile = "haarcascade_smile"
    /// Heads and shoulders.
    case upperBody = "haarcascade_upperbody"
    /// Cats' faces from the front, by local binary patterns.
    case lbpFrontalCatFace = "lbpcascade_frontalcatface"
    /// Faces from the front, by local binary patterns.
    case lbpFrontalFace = "lbpcascade_frontalface"
    /// Faces from the front, by local binary patterns, in a window of 45x45.
    case lbpFrontalFaceImproved = "lbpcascade_frontalface_improved"
    /// Faces from the side, looking right, by local binary patterns.
    case lbpProfileFace = "lbpcascade_profileface"
    /// Upright forks, spoons and knives, by local binary patterns.
    case lbpSilverware = "lbpcascade_silverware"

    /// The cascade of this file name, with or without `.xml`; `licence` (Debian's spelling) and `license` both do.
    public init?(named name: String) {
        let stem = name.hasSuffix(".xml") ? String(name.dropLast(4)) : name
        self.init(rawValue: stem.replacingOccurrences(of: "_licence_", with: "_license_"))
    }

    /// The file's name with `.xml`.
    public var fileName: String { rawValue + ".xml" }

    /// The folders that are searched, in order: the environment's `LINEUP_CASCADES`, the files that the package manager puts beside a
    /// program that uses this library, `../share/lineup/cascades` from the program, `/usr/local/share/lineup/cascades`,
    /// `/usr/share/lineup/cascades`, and `cascades` of the source checkout this was built from.
    public static func searchFolders(environment: [String: String] = ProcessInfo.processInfo.environment) -> [String] {
        var folders: [String] = []
        if let named = environment["LINEUP_CASCADES"], !named.isEmpty { folders.append(named) }
        folders += CascadeFiles.candidates.map(\.path).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? "lineup")
        let prefix = program.resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        folders.append(prefix.appendingPathComponent("share/lineup/cascades").path)
        folders += ["/usr/local/share/lineup/cascades", "/usr/share/lineup/cascades"]
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        folders.append(checkout.appendingPathComponent("cascades").path)
        return folders
    }

    /// The file's path in the first of `searchFolders` that has it.
    /// - Throws: `CascadeError.notFound`.
    public func path(environment: [String: String] = ProcessInfo.processInfo.environment) throws(CascadeError) -> String {
        let folders = Self.searchFolders(environment: environment)
        for folder in folders {
            let path = folder + "/" + fileName
            if FileManager.default.isReadableFile(atPath: path) { return path }
        }
        throw .notFound(name: rawValue, searched: folders)
    }
}
