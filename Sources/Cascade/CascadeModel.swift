import Imaging

/// What a cascade file says, checked and flattened: stages own trees, trees own nodes and leaves, nodes name features.
package struct CascadeModel: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case haar([HaarFeature])
        case lbp([LBPFeature])
    }

    package struct Stage: Sendable, Equatable {
        package var trees: Range<Int>
        /// A window passes unless its leaves sum to less than this; the file's number minus 1e-5, in Float.
        package var threshold: Float
    }

    package struct Tree: Sendable, Equatable {
        package var nodes: Range<Int>
        /// One leaf more than nodes.
        package var leaves: Range<Int>
    }

    package struct Node: Sendable, Equatable {
        /// A child above 0 is a node of the same tree, any other the leaf with its negated number. Ignored in stump cascades.
        package var left: Int
        package var right: Int
        package var feature: Int
        /// Haar: smaller values go left. LBP: unused.
        package var threshold: Float
        /// LBP: index in `subsets` of the 8 words that tell which codes go left. Haar: unused.
        package var subset: Int
    }

    package var window: Size
    package var kind: Kind
    package var stages: [Stage]
    package var trees: [Tree]
    package var nodes: [Node]
    package var leaves: [Float]
    package var subsets: [UInt32]

    /// Whether every tree has a single node, so that left is leaf 0 and right leaf 1 whatever the child numbers say.
    package var isStumpBased: Bool { nodes.count == trees.count }

    package var hasTiltedFeatures: Bool {
        if case .haar(let features) = kind { return features.contains(where: \.isTilted) }
        return false
    }

    package var featureCount: Int {
        switch kind {
        case .haar(let features): features.count
        case .lbp(let features): features.count
        }
    }
}
