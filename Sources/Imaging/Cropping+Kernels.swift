/// The rows of `rect`, copied one after the other out of an interleaved picture.
func croppedRows(of pixels: [UInt8], size: Size, channels: Int, to rect: Rect) -> [UInt8] {
    precondition(!rect.isEmpty && Rect(x: 0, y: 0, width: size.width, height: size.height).contains(rect), "crop \(rect) outside \(size)")
    return [UInt8](unsafeUninitializedCapacity: channels * rect.area) { target, count in
        pixels.withUnsafeBufferPointer { source in
            let rowBytes = channels * rect.width
            for row in 0..<rect.height {
                let start = channels * ((rect.y + row) * size.width + rect.x)
                (target.baseAddress! + row * rowBytes).update(from: source.baseAddress! + start, count: rowBytes)
            }
        }
        count = channels * rect.area
    }
}
