import Imaging
import Learn
import Recognition

/// All crops measured by one recipe's features.
struct MeasuredRecipe {
    let name: String
    let rows: Matrix
    let mirrors: Augmentation?
    let blockLengths: [Int]

    init(_ name: String, _ settings: FeatureSettings, _ yardstick: Yardstick) throws {
        let extractor = try FeatureExtractor(settings: settings)
        self.name = name
        blockLengths = extractor.blockLengths
        rows = try Matrix(yardstick.crops.map { try extractor.vector(of: $0.picture, eyes: $0.eyes) })
        let mirrored = try yardstick.crops.compactMap { try extractor.mirroredVector(of: $0.picture, eyes: $0.eyes) }
        mirrors = mirrored.isEmpty ? nil : try Augmentation(rows: try Matrix(mirrored), sources: Array(mirrored.indices))
    }

    init(name: String, rows: Matrix, mirrors: Augmentation, blockLengths: [Int]) {
        self.name = name
        self.rows = rows
        self.mirrors = mirrors
        self.blockLengths = blockLengths
    }

    /// How many of the fold's test rows a candidate names right.
    func right(_ candidate: Candidate, fold: Fold, _ yardstick: Yardstick) throws -> Int {
        let model = try candidate.fit(
            rows: rows.selecting(rows: fold.train), labels: fold.train.map { yardstick.classes[$0] },
            augmentation: mirrors?.selecting(rows: fold.train), threads: 2)
        let said = try model.predict(rows.selecting(rows: fold.test), threads: 2)
        return zip(fold.test, said).count { yardstick.classes[$0] == $1 }
    }
}

/// Compositions by name.
struct NamedComposition {
    let name: String
    let settings: FeatureSettings

    /// The standard one and parts of it, simple ones first.
    static let few: [NamedComposition] = {
        let standard = FeatureSettings.standardViews
        func keeping(_ name: String, _ isKept: (FeatureSettings.Part) -> Bool) -> NamedComposition {
            let views = standard.map { view in
                var view = view
                view.parts = view.parts.filter(isKept)
                return view
            }
            return NamedComposition(name: name, settings: .composition(views: views))
        }
        return [
            keeping("gradients and patterns in even light, both views") { $0.light == .even },
            keeping("phases and edge patterns, both views") { $0.light == .plain },
            NamedComposition(name: "all four, upright by the eyes", settings: .composition(views: [standard[0]])),
            NamedComposition(name: "all four, box", settings: .composition(views: [standard[1]])),
            NamedComposition(name: "all four, both views (the best recipe)", settings: .standard),
        ]
    }()
}
