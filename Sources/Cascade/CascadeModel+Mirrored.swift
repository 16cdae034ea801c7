import Imaging

extension CascadeModel {
    /// The cascade that says of a window what this one says of its mirror image.
    package func mirrored() -> CascadeModel {
        var model = self
        switch kind {
        case .haar(let features):
            model.kind = .haar(features.map { $0.mirrored(in: window.width) })
        case .lbp(let features):
            model.kind = .lbp(features.map { $0.mirrored(in: window.width) })
            for first in stride(from: 0, to: subsets.count, by: 8) {
                for code in 0..<256 {
                    let bit = subsets[first + code >> 5] >> UInt32(code & 31) & 1
                    let image = LBPFeature.mirrored(code: code)
                    let place = first + image >> 5
                    model.subsets[place] = model.subsets[place] & ~(1 << UInt32(image & 31)) | bit << UInt32(image & 31)
                }
            }
        }
        return model
    }
}

extension HaarFeature {
    /// A tilted table's entry (X, Y) is centred on pixel column X - 1, so that X becomes width + 1 - X, not width - X.
    fileprivate func mirrored(in width: Int) -> HaarFeature {
        var image = self
        for i in rects.indices {
            let rect = rects[i].rect
            image.rects[i].rect =
                isTilted
                ? Rect(x: width + 1 - rect.x, y: rect.y, width: rect.height, height: rect.width)
                : Rect(x: width - rect.maxX, y: rect.y, width: rect.width, height: rect.height)
        }
        return image
    }
}

extension LBPFeature {
    fileprivate func mirrored(in width: Int) -> LBPFeature {
        LBPFeature(block: Rect(x: width - grid.maxX, y: block.y, width: block.width, height: block.height))
    }

    /// The code of the mirrored pixels. From bit 7 down the blocks go clockwise from the top left: left and right change places.
    fileprivate static func mirrored(code: Int) -> Int {
        [(7, 5), (6, 6), (5, 7), (4, 0), (3, 1), (2, 2), (1, 3), (0, 4)].reduce(0) { $0 | (code >> $1.0 & 1) << $1.1 }
    }
}
