/// A decimal number being read: mantissa x 10^exponent, without its sign.
struct DecimalNumber {
    /// The first 19 significant digits, which always fit.
    private(set) var mantissa: UInt64 = 0
    var exponent = 0
    var hasPoint = false
    /// How many digits were read, leading zeros included.
    private(set) var digits = 0
    private var significant = 0
    private var isExact = true

    mutating func append(_ digit: Int) {
        digits += 1
        if significant < 19 {
            mantissa = mantissa * 10 + UInt64(digit)
            if mantissa != 0 { significant += 1 }
            if hasPoint { exponent -= 1 }
        } else {
            // A 20th digit no longer matters to a Float, except that something not zero follows an exact tie.
            if digit != 0 { isExact = false }
            if !hasPoint { exponent += 1 }
        }
    }

    /// The value rounded to Double, then to Float (the two roundings of a reader that goes through strtod).
    ///
    /// A mantissa below 2^64 times or over an exact power of ten is within 2 ulp of the right Double after its two roundings.
    /// Unless that lies next to the middle between two Floats, the Float is the right one, whichever Double was; the rare rest
    /// goes through the standard library's exact conversion. This makes reading a cascade several times faster.
    func float() -> Float {
        if mantissa == 0 { return 0 }
        if abs(exponent) <= 22 {
            let power = Self.powers[abs(exponent)]
            let near = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
            let tail = Int(near.bitPattern & 0x1FFF_FFFF)
            if abs(tail - 0x1000_0000) > 8, near > 1e-30, near < 1e30 { return Float(near) }
        }
        // A trailing 1 stands for all dropped digits: it decides the same ties.
        let text = isExact ? "\(mantissa)e\(exponent)" : "\(mantissa)1e\(exponent - 1)"
        return Float(Double(text) ?? .infinity)
    }

    /// 10^0 to 10^22, all exact as Doubles.
    private static let powers: [Double] = (0...22).map { Double("1e\($0)")! }
}
