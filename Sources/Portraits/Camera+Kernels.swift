import Imaging

extension Camera {
    /// Develops the canvas into 8-bit pixels; the canvas is blurred on the way.
    /// - Complexity: O(pixels).
    func develop(_ canvas: inout Canvas, dice: inout SeededDice) -> Image {
        if blur > 0.01 {
            Camera.blurRows(&canvas, share: blur)
            Camera.blurColumns(&canvas, share: blur)
        }
        let width = canvas.width, height = canvas.height
        let middleX = Float(width) * 0.5, middleY = Float(height) * 0.5
        let reach = 1 / (middleX * middleX + middleY * middleY)
        var stream = dice
        // Four bytes summed have a standard deviation of 147.8; the luma share is common to all channels.
        let lumaScale = grain * 0.8 / 147.8, colourScale = grain * 0.6 / 73.9
        let bytes = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { target, count in
            canvas.pixels.withUnsafeBufferPointer { pixels in
                ToneCurve.standard.withLookup { display in
                    for y in 0..<height {
                        let dy = Float(y) - middleY
                        for x in 0..<width {
                            let dx = Float(x) - middleX
                            let dim = exposure * (1 - vignette * (dx * dx + dy * dy) * reach)
                            let light = pixels[y &* width &+ x]
                            let bits = stream.next()
                            let pairs = (bits & 0x00ff_00ff) &+ ((bits >> 8) & 0x00ff_00ff)
                            let sum = Int32(truncatingIfNeeded: (pairs & 0xffff) &+ (pairs >> 16 & 0xffff))
                            let luma = Float(sum &- 510) * lumaScale
                            let red = Float(Int32(truncatingIfNeeded: (bits >> 32) & 255) &- 128) * colourScale
                            let blue = Float(Int32(truncatingIfNeeded: (bits >> 40) & 255) &- 128) * colourScale
                            let at = 3 &* (y &* width &+ x)
                            target[at] = Camera.byte(display(light.x * dim) + luma + red)
                            target[at &+ 1] = Camera.byte(display(light.y * dim) + luma - (red + blue) * 0.3)
                            target[at &+ 2] = Camera.byte(display(light.z * dim) + luma + blue)
                        }
                    }
                }
            }
            count = 3 * width * height
        }
        dice = stream
        return Image(width: width, height: height, pixels: bytes)
    }

    /// The nearest of 0 ... 255: next to 2^23 a Float's last bit is worth 1, so the sum's low byte is the rounded number.
    @inline(__always)
    private static func byte(_ value: Float) -> UInt8 {
        UInt8(truncatingIfNeeded: (min(255, max(0, value)) + 0x1p23).bitPattern)
    }

    private static func blurRows(_ canvas: inout Canvas, share: Float) {
        let width = canvas.width, height = canvas.height
        canvas.pixels.withUnsafeMutableBufferPointer { pixels in
            for y in 0..<height {
                var before = pixels[y * width]
                for x in 0..<width {
                    let here = pixels[y * width + x]
                    let after = pixels[y * width + min(x + 1, width - 1)]
                    pixels[y * width + x] = here + (before + after - here * 2) * share
                    before = here
                }
            }
        }
    }

    private static func blurColumns(_ canvas: inout Canvas, share: Float) {
        let width = canvas.width, height = canvas.height
        var above = Array(canvas.pixels[0..<width])
        canvas.pixels.withUnsafeMutableBufferPointer { pixels in
            for y in 0..<height {
                let below = min(y + 1, height - 1) * width
                for x in 0..<width {
                    let here = pixels[y * width + x]
                    pixels[y * width + x] = here + (above[x] + pixels[below + x] - here * 2) * share
                    above[x] = here
                }
            }
        }
    }
}
