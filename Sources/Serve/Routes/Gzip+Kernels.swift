import CZlib

/// The gzip format (RFC 1952), by zlib.
enum Gzip {
    /// `bytes` compressed as small as zlib can; nil where it has no memory.
    /// - Complexity: O(n), some 20 ms for a megabyte.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 31: a window of 2^15 bytes, and gzip's head and check sum around it.
        let begun = deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, uLong(bytes.count)))
        var input = bytes
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(capacity)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = Int(stream.total_out)
            }
        }
        return isWhole ? output : nil
    }

    /// Whether a client that sent this `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3).
    static func isAccepted(_ acceptEncoding: String?) -> Bool {
        let codings = (acceptEncoding ?? "").lowercased().split(separator: ",").map { coding in
            coding.split(separator: ";").map { String($0).trimmed }
        }
        guard let gzip = codings.first(where: { $0.first == "gzip" || $0.first == "x-gzip" }) else { return false }
        return !gzip.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
    }
}
