import Support

extension KernelMemory where Element: WaveletScalar {
    /// The next place, filled with `values`.
    mutating func take(_ values: [Double]) -> UnsafePointer<Element> {
        let place = take(values.count)
        for i in 0..<values.count { place[i] = Element(values[i]) }
        return UnsafePointer(place)
    }
}
