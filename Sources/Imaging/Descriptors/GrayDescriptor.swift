/// Something that describes a gray picture by a fixed number of features.
public protocol GrayDescriptor: Sendable {
    /// The number of features of a picture of this size.
    /// - Throws: `DescriptorError.tooSmall`.
    func length(for size: Size) throws(DescriptorError) -> Int
    /// The features: `length(for: gray.size)` numbers.
    /// - Throws: `DescriptorError.tooSmall`.
    func features(of gray: Gray) throws(DescriptorError) -> [Float]
}
