/// The wavelet detail picture of a face crop, number for number as the well-known Python pipeline makes it with
/// OpenCV 4.14 and PyWavelets 1.9.
///
/// 1. Gray with red's and blue's weights exchanged (`Image.grayscaleWithRedAndBlueExchanged()`), divided by 255 in Float.
/// 2. Five levels of the Haar transform (symmetric mode: an odd length repeats its last sample), vertical before horizontal,
///    the coarsest approximation set to zero, and back, horizontal before vertical. Every product and every sum is rounded
///    to Float, none fused.
/// 3. Times 255, truncated toward zero, and the integer's low eight bits kept: -1 becomes 255, 256 becomes 0.
///
/// A level with an odd side gives one row or column back too many; it is dropped everywhere except at the finest level, so
/// the plane is 2 * ceil(width / 2) by 2 * ceil(height / 2).
/// - Complexity: O(pixels).
public func classicWaveletPlane(of crop: Image) -> Gray {
    let gray = crop.grayscaleWithRedAndBlueExchanged()
    let plane = HaarDetail.reconstruction(of: gray.pixels.map { Float($0) / 255 }, width: gray.width, height: gray.height, levels: 5)
    return Gray(width: plane.width, height: plane.height, pixels: plane.values.map { wrappedByte($0 * 255) })
}

/// The low eight bits of a number truncated toward zero.
///
/// Adding 1.5 * 2^23 to an integer of less than 2^22 puts that integer, in two's complement, in the low bits of the sum's
/// pattern: the same on every processor, and nothing can trap.
@inline(__always)
func wrappedByte(_ value: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: (value.rounded(.towardZero) + 12_582_912).bitPattern)
}

/// The Haar transform there and back without its approximation, in the operation order that the classic features define.
enum HaarDetail {
    struct Plane {
        var width: Int
        var height: Int
        var values: [Float]
    }

    private struct Level {
        /// Bands, each band's width x height: low-vertical high-horizontal, high-vertical low-horizontal, high both.
        var width: Int
        var height: Int
        var lowHigh: [Float]
        var highLow: [Float]
        var highHigh: [Float]
    }

    private static let c: Float = 0.7071067811865476

    static func reconstruction(of values: [Float], width: Int, height: Int, levels: Int) -> Plane {
        var approximation = Plane(width: width, height: height, values: values)
        var details: [Level] = []
        for _ in 0..<levels {
            details.append(split(&approximation))
        }
        var result = Plane(
            width: approximation.width, height: approximation.height,
            values: [Float](repeating: 0, count: approximation.values.count))
        for level in details.reversed() {
            result = join(result, level)
        }
        return result
    }

    private static func split(_ plane: inout Plane) -> Level {
        let (w, h) = ((plane.width + 1) / 2, (plane.height + 1) / 2)
        var lowLow = [Float](repeating: 0, count: w * h)
        var level = Level(width: w, height: h, lowHigh: lowLow, highLow: lowLow, highHigh: lowLow)
        var low = [Float](repeating: 0, count: 2 * w)
        var high = low
        for y in 0..<h {
            let even = 2 * y * plane.width
            let odd = min(2 * y + 1, plane.height - 1) * plane.width
            for x in 0..<plane.width {
                let (e, o) = (plane.values[even + x], plane.values[odd + x])
                low[x] = c * o + c * e
                high[x] = -c * o + c * e
            }
            if plane.width % 2 == 1 {
                low[plane.width] = low[plane.width - 1]
                high[plane.width] = high[plane.width - 1]
            }
            for x in 0..<w {
                let i = y * w + x
                lowLow[i] = c * low[2 * x + 1] + c * low[2 * x]
                level.lowHigh[i] = -c * low[2 * x + 1] + c * low[2 * x]
                level.highLow[i] = c * high[2 * x + 1] + c * high[2 * x]
                level.highHigh[i] = -c * high[2 * x + 1] + c * high[2 * x]
            }
        }
        plane = Plane(width: w, height: h, values: lowLow)
        return level
    }

    /// One level back. The approximation may be a row or column larger than the bands; the surplus is not read.
    private static func join(_ approximation: Plane, _ level: Level) -> Plane {
        let (w, h) = (level.width, level.height)
        var result = Plane(width: 2 * w, height: 2 * h, values: [Float](repeating: 0, count: 4 * w * h))
        for y in 0..<h {
            for x in 0..<w {
                let i = y * w + x
                let a = approximation.values[y * approximation.width + x]
                let lowEven = c * a + c * level.lowHigh[i]
                let lowOdd = c * a + -c * level.lowHigh[i]
                let highEven = c * level.highLow[i] + c * level.highHigh[i]
                let highOdd = c * level.highLow[i] + -c * level.highHigh[i]
                let top = 2 * y * result.width + 2 * x
                let bottom = top + result.width
                result.values[top] = c * lowEven + c * highEven
                result.values[top + 1] = c * lowOdd + c * highOdd
                result.values[bottom] = c * lowEven + -c * highEven
                result.values[bottom + 1] = c * lowOdd + -c * highOdd
            }
        }
        return result
    }
}
