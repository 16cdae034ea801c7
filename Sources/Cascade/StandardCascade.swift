import Foundation

/// The cascades that come with Lineup; the raw value is the file's name without `.xml`.
public enum StandardCascade: String, CaseIterable, Sendable {
    case eye = "haarcascade_eye"
    case eyeTreeEyeglasses = "haarcascade_eye_tree_eyeglasses"
    case frontalCatFace = "haarcascade_frontalcatface"
    case frontalCatFaceExtended = "haarcascade_frontalcatface_extended"
    case frontalFaceAlt = "haarcascade_frontalface_alt"
    case frontalFaceAlt2 = "haarcascade_frontalface_alt2"
    case frontalFaceAltTree = "haarcascade_frontalface_alt_tree"
    case frontalFaceDefault = "haarcascade_frontalface_default"
    case fullBody = "haarcascade_fullbody"
    case leftEye2Splits = "haarcascade_lefteye_2splits"
    case licensePlateRussian16Stages = "haarcascade_license_plate_rus_16stages"
    case lowerBody = "haarcascade_lowerbody"
    case profileFace = "haarcascade_profileface"
    case rightEye2Splits = "haarcascade_righteye_2splits"
    case russianPlateNumber = "haarcascade_russian_plate_number"
    case smile = "haarcascade_smile"
    case upperBody = "haarcascade_upperbody"
    case lbpFrontalCatFace = "lbpcascade_frontalcatface"
    case lbpFrontalFace = "lbpcascade_frontalface"
    case lbpFrontalFaceImproved = "lbpcascade_frontalface_improved"
    case lbpProfileFace = "lbpcascade_profileface"
    case lbpSilverware = "lbpcascade_silverware"

    /// The cascade of this file name, with or without `.xml`; `licence` (Debian's spelling) and `license` both do.
    public init?(named name: String) {
        let stem = name.hasSuffix(".xml") ? String(name.dropLast(4)) : name
        self.init(rawValue: stem.replacingOccurrences(of: "_licence_", with: "_license_"))
    }

    public var fileName: String { rawValue + ".xml" }

    /// The folders that are searched, in order.
    public static func searchFolders(environment: [String: String] = ProcessInfo.processInfo.environment) -> [String] {
        var folders: [String] = []
        if let named = environment["LINEUP_CASCADES"], !named.isEmpty { folders.append(named) }
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? "lineup")
        let prefix = program.resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        folders.append(prefix.appendingPathComponent("share/lineup/cascades").path)
        folders += ["/usr/local/share/lineup/cascades", "/usr/share/lineup/cascades"]
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        folders.append(checkout.appendingPathComponent("cascades").path)
        return folders
    }

    /// The file's path in the first folder that has it.
    /// - Throws: `CascadeError.notFound`.
    public func path(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> String {
        let folders = Self.searchFolders(environment: environment)
        for folder in folders {
            let path = folder + "/" + fileName
            if FileManager.default.isReadableFile(atPath: path) { return path }
        }
        throw CascadeError.notFound(name: rawValue, searched: folders)
    }
}
