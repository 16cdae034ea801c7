/// The CRC-32 of PNG, gzip and zip (ISO 3309, polynomial 0xEDB88320).
package func crc32(_ bytes: [UInt8]) -> UInt32 {
    let table = (0..<256).map { byte -> UInt32 in
        (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    var crc = ~UInt32(0)
    table.withUnsafeBufferPointer { table in
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            // A while loop: in a debug build an iterator's calls cost far more than the arithmetic.
            while index < bytes.count {
                crc = crc >> 8 ^ table[Int((crc ^ UInt32(bytes[index])) & 255)]
                index += 1
            }
        }
    }
    return ~crc
}
