import Cascade
import Imaging

/// A face box with the eyes found in it, all in pixels of the photo.
public struct FoundFace: Sendable, Hashable, Codable {
    /// In pixels of the photo, inside it.
    public var box: Rect
    /// In pixels of the photo.
    public var eyes: [Rect]
    /// Absent where the recipe's finder does not measure it.
    public var quality: FaceQuality?

    /// A face at this place.
    public init(box: Rect, eyes: [Rect], quality: FaceQuality? = nil) {
        self.box = box
        self.eyes = eyes
        self.quality = quality
    }
}

/// Searches a photo for faces, and each face for eyes, as a recipe says.
public struct FaceFinder: Sendable {
    private enum Way: Sendable {
        case classic(ClassicFinder)
        case united(UnitedFinder)
    }

    /// What it searches by.
    public let recipe: Recipe
    private let way: Way

    /// Loads the recipe's cascades.
    /// - Throws: `CascadeError` where a file is missing or damaged, or a parameter of the recipe out of range; `LearnError` where the
    ///   model of faces that is built in does not fit the recipe.
    public init(recipe: Recipe, threads: Int = 1) throws {
        self.recipe = recipe
        if let finding = recipe.finding {
            way = .united(try UnitedFinder(finding, threads: threads))
        } else {
            way = .classic(try ClassicFinder(face: recipe.face, eyes: recipe.eyes, threads: threads))
        }
    }

    /// SHA-256 of each cascade file by its name.
    public var cascadeDigests: [String: String] {
        switch way {
        case .classic(let finder): finder.cascadeDigests
        case .united(let finder): finder.cascadeDigests
        }
    }

    /// Every face with its eyes: in the detector's order by the classic recipe, the likeliest first by others.
    /// - Parameters:
    ///   - gray: the photo.
    ///   - limits: what each search may take; a budget in them is shared by all.
    /// - Throws: `CascadeError`, as the limits say; `DescriptorError`.
    public func faces(in gray: Gray, within limits: SearchLimits = .none) throws -> [FoundFace] {
        switch way {
        case .classic(let finder): try finder.faces(in: gray, within: limits)
        case .united(let finder): try finder.faces(in: gray, within: limits)
        }
    }

    /// The same for a photo of which only as much has been decoded as this finder needs.
    package func faces(in photo: inout PhotoPixels, within limits: SearchLimits = .none) throws -> [FoundFace] {
        switch way {
        case .classic(let finder): try finder.faces(in: photo.luma, within: limits)
        case .united(let finder): try finder.faces(in: &photo, within: limits)
        }
    }

    /// How much smaller a photo may be decoded for the search.
    package func reduction(of photo: Size) -> Reduction {
        switch way {
        case .classic: .full
        case .united(let finder): finder.reduction(of: photo)
        }
    }

    /// The eyes in a face that has been cut out, as `faces(in:)` finds them in its box.
    /// - Throws: `CascadeError`, as the limits say; `DescriptorError`.
    public func eyes(in crop: Gray, within limits: SearchLimits = .none) throws -> [Rect] {
        switch way {
        case .classic(let finder): try finder.eyes(in: crop, within: limits)
        case .united(let finder): try finder.eyes(in: crop, within: limits)?.eyes.boxes(in: crop.bounds) ?? []
        }
    }

    /// Whether a face is good enough to be named: by the classic recipe one with enough eyes, by others one that is likely to be a face.
    public func accepts(_ face: FoundFace) -> Bool {
        recipe.accepts(face)
    }

    /// The faces of a photo that are to be named: those good enough or, by recipes with a finder of their own, the likeliest of all where none
    /// is, so that whoever is hardly seen gets an answer too.
    /// - Parameter faces: of one photo, as `faces(in:)` gives them.
    public func accepted(_ faces: [FoundFace]) -> [FoundFace] {
        let good = faces.filter(accepts)
        return good.isEmpty && recipe.finding != nil ? Array(faces.prefix(1)) : good
    }

    /// Why none of `faces` is to be named; nil where one is.
    public func reason(against faces: [FoundFace], in photo: Size) -> NoFaceReason? {
        if !accepted(faces).isEmpty { return nil }
        switch way {
        case .classic(let finder):
            if !faces.isEmpty { return .noEyes }
            return finder.isTooSmall(photo) ? .tooSmall : .noFace
        case .united(let finder):
            return finder.isTooSmall(photo) ? .tooSmall : .noFace
        }
    }
}
