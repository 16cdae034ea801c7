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

/// For each destination sample of one axis, the two source samples it blends and their weights in 1/2048.
struct FixedPointAxis {
    /// What happens to the weights where the pair would leave the source.
    enum Edge {
        /// The border sample alone, with weights 2048 and 0.
        case resetWeights
        /// The border sample twice, with the weights of the position.
        case keepWeights
    }

    private(set) var first: [Int] = []
    private(set) var second: [Int] = []
    private(set) var firstWeight: [Int32] = []
    private(set) var secondWeight: [Int32] = []

    var count: Int { first.count }

    /// Positions and fractions of `INTER_LINEAR`.
    static func linear(from n: Int, to m: Int, edge: Edge) -> FixedPointAxis {
        let scale = 1.0 / (Double(m) / Double(n))
        var axis = FixedPointAxis()
        for d in 0..<m {
            let position = Float((Double(d) + 0.5) * scale - 0.5)
            let whole = position.rounded(.down)
            axis.append(index: Int(whole), fraction: position - whole, limit: n, edge: edge)
        }
        return axis
    }

    mutating func append(index: Int, fraction: Float, limit n: Int, edge: Edge) {
        var index = index
        var fraction = fraction
        if edge == .resetWeights, index < 0 || index >= n - 1 {
            index = index < 0 ? 0 : n - 1
            fraction = 0
        }
        first.append(min(max(index, 0), n - 1))
        second.append(min(max(index + 1, 0), n - 1))
        firstWeight.append(Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)))
        secondWeight.append(Int32((fraction * 2048).rounded(.toNearestOrEven)))
    }
}
