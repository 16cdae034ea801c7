/// An array of numbers of one type with a shape, as its bytes (little-endian, row-major).
public struct Tensor: Sendable, Equatable {
    /// The types of numbers that the format knows, under its names.
    public enum ElementType: String, Sendable, Hashable {
        /// Double.
        case float64 = "F64"
        /// Float.
        case float32 = "F32"
        /// IEEE half precision.
        case float16 = "F16"
        /// The upper half of a Float.
        case bfloat16 = "BF16"
        /// Int64.
        case int64 = "I64"
        /// Int32.
        case int32 = "I32"
        /// Int16.
        case int16 = "I16"
        /// Int8.
        case int8 = "I8"
        /// UInt64.
        case uint64 = "U64"
        /// UInt32.
        case uint32 = "U32"
        /// UInt16.
        case uint16 = "U16"
        /// UInt8.
        case uint8 = "U8"
        /// A byte, 0 or 1.
        case bool = "BOOL"

        /// Bytes of one number.
        public var byteCount: Int {
            switch self {
            case .float64, .int64, .uint64: 8
            case .float32, .int32, .uint32: 4
            case .float16, .bfloat16, .int16, .uint16: 2
            case .int8, .uint8, .bool: 1
            }
        }
    }

    /// Of every number.
    public let type: ElementType
    /// Numbers along each axis; empty for a single one.
    public let shape: [Int]
    /// The numbers, little-endian.
    public let bytes: [UInt8]

    /// - Precondition: `bytes` has the size that type and shape say.
    public init(type: ElementType, shape: [Int], bytes: [UInt8]) {
        precondition(bytes.count == shape.reduce(type.byteCount, *), "a tensor's bytes fill its shape")
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    /// A tensor of these numbers; nil for `shape` is one axis.
    /// - Precondition: they fill the shape.
    public init(_ values: [Float], shape: [Int]? = nil) {
        self.init(type: .float32, shape: shape ?? [values.count], bytes: Self.bytes(values.map { $0.bitPattern.littleEndian }))
    }

    /// A tensor of these numbers; nil for `shape` is one axis.
    /// - Precondition: they fill the shape.
    public init(_ values: [Double], shape: [Int]? = nil) {
        self.init(type: .float64, shape: shape ?? [values.count], bytes: Self.bytes(values.map { $0.bitPattern.littleEndian }))
    }

    /// A tensor of these numbers; nil for `shape` is one axis.
    /// - Precondition: they fill the shape.
    public init(_ values: [Int32], shape: [Int]? = nil) {
        self.init(type: .int32, shape: shape ?? [values.count], bytes: Self.bytes(values.map(\.littleEndian)))
    }

    /// A tensor of these numbers; nil for `shape` is one axis.
    /// - Precondition: they fill the shape.
    public init(_ values: [UInt8], shape: [Int]? = nil) {
        self.init(type: .uint8, shape: shape ?? [values.count], bytes: values)
    }

    /// The numbers of a float32 tensor; nil for another type.
    public var floats: [Float]? {
        type == .float32 ? words(UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) } : nil
    }

    /// The numbers of a float64 tensor; nil for another type.
    public var doubles: [Double]? {
        type == .float64 ? words(UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) } : nil
    }

    /// The numbers of an int32 tensor; nil for another type.
    public var int32s: [Int32]? {
        type == .int32 ? words(Int32.self).map { Int32(littleEndian: $0) } : nil
    }
}
