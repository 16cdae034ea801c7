/// A place in a picture in pixels, the centre of the top left pixel being (0, 0).
public typealias Place = SIMD2<Double>
