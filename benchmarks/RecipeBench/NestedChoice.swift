import Imaging
import Learn
import Recognition

/// Compositions that the choice is made among, simple ones first: of equals the first is taken.
struct CandidateComposition {
    let name: String
    let composition: FaceComposition

    static let all: [CandidateComposition] = {
        let standard = FaceComposition.standard
        func keeping(_ name: String, _ isKept: (FaceComposition.Part) -> Bool) -> CandidateComposition {
            let views = standard.views.map { view in
                var view = view
                view.parts = view.parts.filter(isKept)
                return view
            }
            return CandidateComposition(name: name, composition: FaceComposition(views: views))
        }
        return [
            keeping("gradients and patterns in even light, both views") { $0.light == .even },
            keeping("phases and edge patterns, both views") { $0.light == .plain },
            CandidateComposition(name: "all four, upright by the eyes", composition: FaceComposition(views: [standard.views[0]])),
            CandidateComposition(name: "all four, box", composition: FaceComposition(views: [standard.views[1]])),
            CandidateComposition(name: "all four, both views (the best recipe)", composition: standard),
        ]
    }()
}

/// Nested validation: in every outer fold, composition and candidate are chosen by grouped five-fold search on the training side.
struct NestedChoice {
    /// Right answers of each repeat.
    var correct: [Int] = []
    /// How often each composition was chosen.
    var chosen: [String: Int] = [:]

    init(among recipes: [MeasuredRecipe], _ yardstick: Yardstick) throws {
        for folds in yardstick.repeats {
            var right = 0
            for fold in folds {
                let labels = fold.train.map { yardstick.classes[$0] }
                let inner = try Folds.stratifiedGrouped(labels: labels, groups: fold.train.map { yardstick.groups[$0] }, count: 5)
                var best: (mean: Double, recipe: MeasuredRecipe, candidate: Candidate)?
                for recipe in recipes {
                    let result = try GridSearch(threads: 2).run(
                        candidates: Grid.blocks(lengths: recipe.blockLengths), rows: recipe.rows.selecting(rows: fold.train),
                        labels: labels, folds: inner, augmentation: recipe.mirrors?.selecting(rows: fold.train)
                    ).best
                    if result.mean > best?.mean ?? -1 { best = (result.mean, recipe, result.candidate) }
                }
                guard let best else { continue }
                chosen[best.recipe.name, default: 0] += 1
                right += try best.recipe.right(best.candidate, fold: fold, labels: yardstick.classes)
            }
            correct.append(right)
        }
    }
}
