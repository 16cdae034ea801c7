import Imaging

/// Which window sizes are searched in a picture, and on which grid, exactly as OpenCV's detectMultiScale lays them out.
package struct ScalePlan: Sendable, Equatable {
    package struct Layer: Sendable, Equatable {
        /// Which step of the scale factor, from 0 for the picture itself: cascades that share a scale factor share layers by this.
        package var index: Int
        /// Picture pixels per layer pixel.
        package var scale: Float
        /// Of the shrunken picture.
        package var size: Size
        /// Window positions: x and y below these bounds, in steps of `step`.
        package var columns: Int
        package var rows: Int
        package var step: Int
        /// The window's size in the picture.
        package var window: Size
        /// For a mirrored cascade, the picture's width: its windows are those of the mirrored picture, mirrored back.
        package var mirroredWidth: Int?

        /// How many window positions in a row.
        package var windowsAcross: Int { (columns + step - 1) / step }

        /// How many window positions.
        package var windows: Int { windowsAcross * ((rows + step - 1) / step) }

        /// The column of the first window: 1 where a mirrored grid of step 2 begins so.
        package var origin: Int { mirroredWidth != nil && step == 2 ? (columns - 1) & 1 : 0 }

        /// A window position's rectangle in the picture; its right (mirrored: left) or bottom edge may lie a pixel outside.
        package func rect(x: Int, y: Int) -> Rect {
            let top = rounded(Float(y) * scale)
            guard let mirroredWidth else {
                return Rect(x: rounded(Float(x) * scale), y: top, width: window.width, height: window.height)
            }
            let right = rounded(Float(columns - 1 - x) * scale) + window.width
            return Rect(x: mirroredWidth - right, y: top, width: window.width, height: window.height)
        }
    }

    /// From the smallest window to the largest.
    package var layers: [Layer]

    package init(picture: Size, window: Size, parameters: DetectionParameters, isMirrored: Bool = false) {
        let scales = Self.scales(picture: picture, window: window, parameters: parameters)
        guard let first = scales.first?.scale else {
            layers = []
            return
        }
        // OpenCV cuts rows into stripes, as many as 32-column pieces of the first layer, with rounded heights; where they fall
        // short of the last row, that row is not searched.
        let firstColumns = max(rounded(Float(picture.width) / first) + 1 - window.width, 0)
        let stripes = (firstColumns + 31) / 32
        layers = scales.map { index, scale in
            let size = Size(width: rounded(Float(picture.width) / scale), height: rounded(Float(picture.height) / scale))
            let step = scale >= 2 ? 1 : 2
            let columns = max(size.width + 1 - window.width, 0)
            let rows = max(size.height + 1 - window.height, 0)
            let stripe = stripes > 0 ? max((rows / step + stripes - 1) / stripes, 1) * step : 0
            return Layer(
                index: index, scale: scale, size: size, columns: columns, rows: min(stripes * stripe, rows), step: step,
                window: Self.window(window, scale), mirroredWidth: isMirrored ? picture.width : nil)
        }
    }

    private static func scales(picture: Size, window: Size, parameters: DetectionParameters) -> [(index: Int, scale: Float)] {
        guard picture.width >= window.width, picture.height >= window.height else { return [] }
        var all: [(index: Int, scale: Float)] = []
        var factor = 1.0
        while (Double(window.width) * factor).rounded(.toNearestOrEven) <= Double(picture.width),
            (Double(window.height) * factor).rounded(.toNearestOrEven) <= Double(picture.height)
        {
            all.append((all.count, Float(factor)))
            factor *= parameters.scaleFactor
        }
        let (least, most) = (parameters.minSize, parameters.maxSize)
        let largest = most.width == 0 || most.height == 0 ? picture : most
        let sizes = all.map { Self.window(window, $0.scale) }
        let fitting = zip(all, sizes).prefix { $1.width <= largest.width && $1.height <= largest.height }
            .filter { $1.width >= least.width && $1.height >= least.height }.map(\.0)
        if !fitting.isEmpty { return fitting }
        // An impossible request still runs the one scale nearest to the least size.
        func distance(_ size: Size) -> Int {
            (least.width - size.width) * (least.width - size.width) + (least.height - size.height) * (least.height - size.height)
        }
        return zip(all, sizes).min { distance($0.1) < distance($1.1) }.map { [$0.0] } ?? []
    }

    private static func window(_ window: Size, _ scale: Float) -> Size {
        Size(width: rounded(Float(window.width) * scale), height: rounded(Float(window.height) * scale))
    }
}

/// Rounded to the nearest whole number, halves to even.
private func rounded(_ value: Float) -> Int {
    Int(value.rounded(.toNearestOrEven))
}
