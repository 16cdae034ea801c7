/// One of the five people of the demo, none of whom exists: a name, a build of face, colours and hair.
public struct Athlete: Sendable {
    /// As a folder is called, for example `ada_lindqvist`.
    public let label: String
    /// As a person is called, for example "Ada Lindqvist".
    public let name: String
    let face: FaceShape
    let complexion: Complexion
    /// What the hair may be today; a style that stands here more often is worn more often.
    let hairstyles: [HairStyle]
}

/// Proportions of a face in head units (chin at 1, see `Pose`).
struct FaceShape: Sendable {
    /// Half width at the cheekbones.
    var cheek: Float
    /// Half width at the angle of the jaw.
    var jaw: Float
    /// Half width of the chin.
    var chin: Float
    /// Where the chin ends.
    var length: Float
    /// From the middle to an eye's middle.
    var eyeDistance: Float
    var eyeWidth: Float
    /// Height of the upper lid's arch.
    var eyeOpening: Float
    /// How much the outer corner is raised.
    var eyeSlant: Float
    /// From the eye up to the brow.
    var browHeight: Float
    var browThickness: Float
    var browArch: Float
    var noseLength: Float
    var noseWidth: Float
    var noseBridge: Float
    var mouthWidth: Float
    var upperLip: Float
    var lowerLip: Float
    /// From the nose to the mouth.
    var mouthDrop: Float
    /// Height of the hairline's middle; negative is up.
    var hairline: Float
    /// How far cheekbones stand out.
    var cheekbone: Float
}

struct Complexion: Sendable {
    var skin: Colour
    var blush: Colour
    var lips: Colour
    var hair: Colour
    var sheen: Colour
    var brows: Colour
    var iris: Colour
    /// 0 none, 1 many.
    var freckles: Float
    /// 0 none, 1 a short beard.
    var stubble: Float
    /// Thickness of the upper lid's line.
    var lashes: Float
}

enum HairStyle: Sendable, Equatable {
    /// Combed back and tied; falls over one shoulder.
    case ponytail
    /// Full curls above shaved sides.
    case curls
    /// Combed tight, with a round knot on top.
    case knot
    /// Straight, pointed strands over the forehead.
    case fringe
    /// Parted, in waves to the shoulders.
    case waves
}
