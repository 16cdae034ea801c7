/// Area-averaging resize of 8-bit pixels, as OpenCV's `INTER_AREA` does it.
///
/// - Both axes keep or reduce their size by whole factors: the mean of each block; of 2x2 blocks (sum + 2) >> 2, of others
///   the Float product sum * (1 / area) rounded to even.
/// - Both axes keep or reduce their size otherwise: destination sample d covers the source interval
///   [d * scale, (d + 1) * scale), and each source sample counts with its covered share as a Float weight; shares of at most
///   0.001 sample at the two ends are dropped. Columns are summed first, then rows, in Float and in order; ties round to even.
/// - An axis enlarges: there is no area to average, and both axes blend two neighbours in 11-bit fixed point like
///   `resizedLinear(to:)`, but at index i = floor(d * scale) with fraction (d + 1) - (i + 1) / scale where that is positive
///   (its fractional part), else 0: sharp steps that keep each source sample's area.
///
/// These are the numbers of OpenCV 4.14's `cv2.resize(…, INTER_AREA)` for 8-bit images.
extension Image {
    /// The image at another size, channel by channel.
    /// - Precondition: `size` has at least one pixel.
    /// - Complexity: O(source area + new area).
    public func resizedArea(to size: Size) -> Image {
        Image(width: size.width, height: size.height, pixels: areaResize(pixels, from: self.size, to: size, channels: 3))
    }
}

extension Gray {
    /// The plane at another size.
    /// - Precondition: `size` has at least one pixel.
    /// - Complexity: O(source area + new area).
    public func resizedArea(to size: Size) -> Gray {
        Gray(width: size.width, height: size.height, pixels: areaResize(pixels, from: self.size, to: size, channels: 1))
    }
}

private func areaResize(_ pixels: [UInt8], from source: Size, to target: Size, channels: Int) -> [UInt8] {
    precondition(target.width > 0 && target.height > 0, "a resized picture has at least one pixel")
    if source == target { return pixels }
    let scaleX = 1.0 / (Double(target.width) / Double(source.width))
    let scaleY = 1.0 / (Double(target.height) / Double(source.height))
    guard scaleX >= 1, scaleY >= 1 else {
        let columns = FixedPointAxis.area(from: source.width, to: target.width, edge: .resetWeights)
        let rows = FixedPointAxis.area(from: source.height, to: target.height, edge: .keepWeights)
        return fixedPointBlend(pixels, sourceWidth: source.width, channels: channels, columns: columns, rows: rows)
    }
    let blockX = scaleX.rounded(.toNearestOrEven)
    let blockY = scaleY.rounded(.toNearestOrEven)
    if abs(scaleX - blockX) < .ulpOfOne, abs(scaleY - blockY) < .ulpOfOne {
        let block = Size(width: Int(blockX), height: Int(blockY))
        return blockMeans(pixels, sourceWidth: source.width, channels: channels, block: block, target: target)
    }
    let columns = AreaAxis(from: source.width, to: target.width, scale: scaleX)
    let rows = AreaAxis(from: source.height, to: target.height, scale: scaleY)
    return weightedMeans(pixels, sourceWidth: source.width, channels: channels, columns: columns, rows: rows)
}
