import Imaging

/// What features are measured on, as pictures for people: a face upright by its eyes, the same in even light, and its wavelet details.
///
/// The recipe `best` measures the first two, the classic one the third.
public struct FacePictures: Sendable, Equatable {
    /// The side of the first two, in pixels.
    public static let side = 160

    /// The inner face, turned and scaled by its eyes; by where eyes usually are, where two are not known.
    public var upright: Gray
    /// `upright` without the differences that light makes.
    public var evenLight: Gray
    /// `classicWaveletPlane(of:)` of the crop, at the same size.
    public var wavelet: Gray

    /// - Parameters:
    ///   - crop: the pixels inside a face's box.
    ///   - eyes: the boxes found in it, in pixels of the crop.
    /// - Throws: `DescriptorError.placesCoincide` where both eyes are in one place.
    /// - Complexity: O(crop pixels).
    public init(of crop: Image, eyes: [Rect]) throws(DescriptorError) {
        var view = FeatureSettings.standardViews[0]
        view.side = Self.side
        let straight = [FeatureSettings.Jitter(right: 0, down: 0, scale: 1, degrees: 0)]
        let pair = EyePair(among: eyes, of: crop.bounds)
        let square = try MeasuredView(view, jitters: straight).squares(of: crop.bounds, eyes: pair)[0]
        let size = Size(width: Self.side, height: Self.side)
        upright = crop.grayscale().warped(by: square, to: size)
        evenLight = EvenLight.applied(to: upright)
        wavelet = classicWaveletPlane(of: crop).resizedLinear(to: size)
    }
}
