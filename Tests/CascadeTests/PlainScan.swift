import Cascade
import Imaging

/// The search as its definition says it, one window and one feature at a time.
package struct PlainScan {
    let model: CascadeModel

    package init(_ model: CascadeModel) {
        self.model = model
    }

    /// Every window that passes all stages: by scale, then row, then column.
    package func hits(in gray: Gray, _ parameters: DetectionParameters) -> [Hit] {
        ScalePlan(picture: gray.size, window: model.window, parameters: parameters).layers.flatMap { layer in
            hits(in: layer, of: gray)
        }
    }

    private func hits(in layer: ScalePlan.Layer, of gray: Gray) -> [Hit] {
        guard layer.columns > 0, layer.rows > 0 else { return [] }
        let window = PlainWindow(model, gray.resizedLinearExact(to: layer.size))
        var hits: [Hit] = []
        for y in stride(from: 0, to: layer.rows, by: layer.step) {
            var x = 0
            while x < layer.columns {
                switch window.verdict(x, y) {
                case .passed(let weight): hits.append(Hit(rect: layer.rect(x: x, y: y), weight: weight))
                // A window that fails the first stage takes its right neighbour with it.
                case .rejected(let stage) where stage == 0: x += layer.step
                case .rejected, .flat: break
                }
                x += layer.step
            }
        }
        return hits
    }
}

/// One layer with its tables, and what the cascade says of a window in it.
package struct PlainWindow {
    package enum Verdict: Equatable {
        /// Contrast too low to be looked at.
        case flat
        case rejected(stage: Int)
        case passed(weight: Double)
    }

    let model: CascadeModel
    let sums: IntegralImage
    let squares: SquaredIntegral?
    let tilted: TiltedIntegral?

    package init(_ model: CascadeModel, _ layer: Gray) {
        self.model = model
        sums = IntegralImage(layer)
        if case .haar = model.kind { squares = SquaredIntegral(layer) } else { squares = nil }
        tilted = model.hasTiltedFeatures ? TiltedIntegral(layer) : nil
    }

    package func verdict(_ x: Int, _ y: Int) -> Verdict {
        var norm: Float = 1
        if let squares {
            let inner = Rect(x: x + 1, y: y + 1, width: model.window.width - 2, height: model.window.height - 2)
            let area = Double(inner.area)
            let sum = Double(sums.sum(in: inner))
            let spread = area * Double(squares.sum(in: inner)) - sum * sum
            guard spread > 0 else { return .flat }
            norm = Float(1 / spread.squareRoot())
            guard area * Double(norm) < 0.1 else { return .flat }
        }
        var weight = 0.0
        for (index, stage) in model.stages.enumerated() {
            weight = 0
            for tree in model.trees[stage.trees] { weight += Double(leaf(of: tree, x, y, norm)) }
            if weight < Double(stage.threshold) { return .rejected(stage: index) }
        }
        return .passed(weight: weight)
    }

    private func leaf(of tree: CascadeModel.Tree, _ x: Int, _ y: Int, _ norm: Float) -> Float {
        if model.isStumpBased {
            return model.leaves[tree.leaves.lowerBound + (goesLeft(model.nodes[tree.nodes.lowerBound], x, y, norm) ? 0 : 1)]
        }
        var index = 0
        repeat {
            let node = model.nodes[tree.nodes.lowerBound + index]
            index = goesLeft(node, x, y, norm) ? node.left : node.right
        } while index > 0
        return model.leaves[tree.leaves.lowerBound - index]
    }

    private func goesLeft(_ node: CascadeModel.Node, _ x: Int, _ y: Int, _ norm: Float) -> Bool {
        switch model.kind {
        case .haar(let features):
            return value(of: features[node.feature], x, y) * norm < node.threshold
        case .lbp(let features):
            let code = code(of: features[node.feature], x, y)
            return model.subsets[node.subset + code >> 5] >> UInt32(code & 31) & 1 == 1
        }
    }

    private func value(of feature: HaarFeature, _ x: Int, _ y: Int) -> Float {
        var value: Float = 0
        for (index, part) in feature.rects.enumerated() where index < 2 || part.weight != 0 {
            let rect = part.rect.offsetBy(x: x, y: y)
            let sum = part.weight * Float(feature.isTilted ? tilted!.sum(tilted: rect) : sums.sum(in: rect))
            value = index == 0 ? sum : value + sum
        }
        return value
    }

    private func code(of feature: LBPFeature, _ x: Int, _ y: Int) -> Int {
        let block = feature.block.offsetBy(x: x, y: y)
        func sum(_ column: Int, _ row: Int) -> Int { sums.sum(in: block.offsetBy(x: column * block.width, y: row * block.height)) }
        let centre = sum(1, 1)
        let outer = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
        return outer.reduce(0) { code, place in code << 1 | (sum(place.0, place.1) >= centre ? 1 : 0) }
    }
}
