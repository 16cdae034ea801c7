/// Bilinear resize of 8-bit pixels in 11-bit fixed point, as OpenCV's `INTER_LINEAR` does it.
///
/// Destination sample d of an axis with n source and m destination samples looks at source position
/// f = Float((d + 0.5) * scale - 0.5), scale = 1 / (m / n), and blends the samples i = floor(f) and i + 1 with the weights
/// c0 = round((1 - (f - i)) * 2048) and c1 = round((f - i) * 2048), ties to even, each rounded by itself: the two need not
/// add up to 2048. Beyond the first and last column the weights become (2048, 0); beyond the first and last row only the row
/// numbers are clamped and the weights stay, which the truncations below make visible. With H the horizontally blended
/// rows, out = (((b0 * (H0 >> 4)) >> 16) + ((b1 * (H1 >> 4)) >> 16) + 2) >> 2.
///
/// These are the numbers of OpenCV 4.14's `cv2.resize(…, INTER_LINEAR)` for 8-bit images, up and down.
extension Image {
    /// The image at another size, channel by channel.
    /// - Precondition: `size` has at least one pixel.
    /// - Complexity: O(source rows touched x new width + new area).
    public func resizedLinear(to size: Size) -> Image {
        Image(width: size.width, height: size.height, pixels: linearResize(pixels, from: self.size, to: size, channels: 3))
    }
}

extension Gray {
    /// The plane at another size.
    /// - Precondition: `size` has at least one pixel.
    /// - Complexity: O(source rows touched x new width + new area).
    public func resizedLinear(to size: Size) -> Gray {
        Gray(width: size.width, height: size.height, pixels: linearResize(pixels, from: self.size, to: size, channels: 1))
    }
}

private func linearResize(_ pixels: [UInt8], from source: Size, to target: Size, channels: Int) -> [UInt8] {
    precondition(target.width > 0 && target.height > 0, "a resized picture has at least one pixel")
    if source == target { return pixels }
    let columns = FixedPointAxis.linear(from: source.width, to: target.width, edge: .resetWeights)
    let rows = FixedPointAxis.linear(from: source.height, to: target.height, edge: .keepWeights)
    return fixedPointBlend(pixels, sourceWidth: source.width, channels: channels, columns: columns, rows: rows)
}
