import Imaging
import Learn
import Recognition

/// Blocks of features, every descriptor on every view, from which many compositions are put together without measuring anew.
///
/// Linear models see rows through their inner products alone, so each block is kept as the rows of a triangular matrix with the same
/// inner products: as many columns as there are rows, instead of thousands.
struct BlockPool {
    private struct Block {
        var rows: [[Float]]
        var mirrors: [[Float]]
    }

    private static let views: [(name: String, view: FeatureSettings.View)] = [
        ("tight", .init(frame: .eyes, halfWidth: 0.9, centreBelowEyes: 0.25, parts: [])),
        ("face", .init(frame: .eyes, halfWidth: 1.235, centreBelowEyes: 0.2675, parts: [])),
        ("box", .init(frame: .box, halfWidth: 0.4375, parts: [])),
    ]

    private static let parts: [(name: String, part: FeatureSettings.Part)] = [
        ("gradients", .init(.gradients(HOGParameters()))),
        ("gradients in even light", .init(.gradients(HOGParameters()), light: .even)),
        ("patterns", .init(.patterns(LBPParameters(radius: 2, grid: 6)))),
        ("patterns in even light", .init(.patterns(LBPParameters(radius: 2, grid: 6)), light: .even)),
        ("phases", .init(.phases(LPQParameters()))),
        ("edge patterns", .init(.edgePatterns(EdgePatternParameters()))),
    ]

    /// blocks[view][part]
    private let blocks: [[Block]]
    var blockCount: Int { Self.views.count * Self.parts.count }

    init(_ yardstick: Yardstick) throws {
        blocks = try Self.views.map { entry in
            try Self.parts.map { part in
                var view = entry.view
                view.parts = [part.part]
                let measured = try MeasuredRecipe("", .composition(views: [view]), yardstick)
                let mirrors = measured.mirrors?.rows
                let all =
                    (0..<measured.rows.rows).map { Array(measured.rows.row($0)) }
                    + (0..<(mirrors?.rows ?? 0)).map { Array(mirrors!.row($0)) }
                let short = shortened(all)
                return Block(rows: Array(short.prefix(measured.rows.rows)), mirrors: Array(short.dropFirst(measured.rows.rows)))
            }
        }
    }

    /// Every choice of views with every choice of one to four descriptors on each of them, small ones first.
    func recipes() -> [MeasuredRecipe] {
        let descriptors = subsets(of: Self.parts.count).filter { $0.count <= 4 }
        let compositions = subsets(of: Self.views.count).flatMap { views in descriptors.map { (views, $0) } }
        return compositions.sorted { $0.0.count * $0.1.count < $1.0.count * $1.1.count }.map { views, parts in
            let chosen = views.flatMap { view in parts.map { blocks[view][$0] } }
            func joined(_ rows: (Block) -> [[Float]]) -> Matrix {
                let count = rows(chosen[0]).count
                let columns = chosen.reduce(0) { $0 + rows($1)[0].count }
                return Matrix(rows: count, columns: columns, values: (0..<count).flatMap { i in chosen.flatMap { rows($0)[i] } })
            }
            let rows = joined(\.rows)
            let name =
                views.map { Self.views[$0].name }.joined(separator: ", ") + ": " + parts.map { Self.parts[$0].name }.joined(separator: ", ")
            guard let mirrors = try? Augmentation(rows: joined(\.mirrors), sources: Array(0..<rows.rows)) else {
                preconditionFailure("one finite mirror image a row")
            }
            return MeasuredRecipe(name: name, rows: rows, mirrors: mirrors, blockLengths: chosen.map { $0.rows[0].count })
        }
    }

    /// The nonempty subsets of 0..<count, each ascending.
    private func subsets(of count: Int) -> [[Int]] {
        (1..<1 << count).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
    }
}

/// Rows with the inner products of the given ones less their mean: those of the Cholesky factor of their Gram matrix.
private func shortened(_ rows: [[Float]]) -> [[Float]] {
    let (count, columns) = (rows.count, rows[0].count)
    let mean = (0..<columns).map { column in rows.reduce(0) { $0 + Double($1[column]) } / Double(count) }
    let centred = rows.map { row in zip(row, mean).map { Double($0) - $1 } }
    var factor = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    let scale = centred.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / Double(count)
    for i in 0..<count {
        for j in 0...i {
            var product = 0.0
            for k in 0..<columns { product += centred[i][k] * centred[j][k] }
            for k in 0..<j { product -= factor[i][k] * factor[j][k] }
            // The rows less their mean are dependent: their last direction is empty up to rounding.
            factor[i][j] = i == j ? max(product, 1e-12 * scale).squareRoot() : product / factor[j][j]
        }
    }
    return factor.map { $0.map(Float.init) }
}
