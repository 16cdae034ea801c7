/// How suspicious one crop is, and why.
public struct SuspectCrop: Sendable, Encodable {
    /// "label/name" inside the folder of crops.
    public var file: RelativePath
    /// The name of the folder it lies in.
    public var label: String
    /// The probability that it does not show its label's person, as far as the other crops tell: 0 to 1.
    public var suspicion: Double
    /// The most probable other label; absent where there is none.
    public var other: String?
    /// In words, the strongest reason first; empty for a crop that nothing speaks against.
    public var why: [String]
}
