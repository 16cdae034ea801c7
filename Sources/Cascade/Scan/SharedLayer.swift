import Imaging

/// A layer with every cascade that searches it.
struct SharedLayer: Sendable {
    struct Guest: Sendable {
        /// Which member of the search.
        var member: Int
        /// The layer as this member's window sees it.
        var layer: ScalePlan.Layer
        var window: Size
    }

    var index: Int
    var size: Size
    var step: Int
    var guests: [Guest]

    /// Rows of windows, of the member that has most.
    var rows: Int { guests.map(\.layer.rows).max() ?? 0 }

    /// The layers of all plans, those with the same scale as one, from the smallest scale.
    static func united(_ plans: [(member: Int, window: Size, plan: ScalePlan)]) -> [SharedLayer] {
        var layers: [Int: SharedLayer] = [:]
        for (member, window, plan) in plans {
            for layer in plan.layers where layer.windows > 0 {
                let empty = SharedLayer(index: layer.index, size: layer.size, step: layer.step, guests: [])
                layers[layer.index, default: empty].guests.append(Guest(member: member, layer: layer, window: window))
            }
        }
        return layers.values.sorted { $0.index < $1.index }
    }
}
