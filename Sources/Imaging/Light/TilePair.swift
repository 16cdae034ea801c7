/// The two tiles whose centres lie about a pixel on one axis, and the second one's weight.
struct TilePair {
    let first: Int
    let second: Int
    let weight: Float

    init(_ pixel: Int, side: Int, tiles: Int) {
        let place = Float(pixel) * (1 / Float(side)) - 0.5
        let whole = place.rounded(.down)
        first = max(Int(whole), 0)
        second = min(Int(whole) + 1, tiles - 1)
        weight = place - whole
    }
}
