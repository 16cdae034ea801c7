import Learn
import Recognition

/// Nested validation: in every outer fold, composition and candidate are chosen by grouped five-fold search on the training side.
///
/// The highest mean accuracy is chosen; of equals the lower log loss after temperature scaling.
struct NestedChoice {
    /// Right answers of each repeat.
    var correct: [Int] = []
    /// How often each composition was chosen.
    var chosen: [String: Int] = [:]

    init(among recipes: [MeasuredRecipe], candidates: (MeasuredRecipe) -> [Candidate], _ yardstick: Yardstick) throws {
        correct = try yardstick.correct { fold in
            let labels = fold.train.map { yardstick.classes[$0] }
            let inner = try Folds.stratifiedGrouped(labels: labels, groups: fold.train.map { yardstick.groups[$0] }, count: 5)
            var best: (mean: Double, loss: Double, recipe: MeasuredRecipe, candidate: Candidate)?
            for recipe in recipes {
                let result = try GridSearch(threads: 2).run(
                    candidates: candidates(recipe), rows: recipe.rows.selecting(rows: fold.train), labels: labels, folds: inner,
                    augmentation: recipe.mirrors?.selecting(rows: fold.train))
                let truth = result.testedRows.map { labels[$0] }
                let calibration = try Calibration.fit(.temperature, scores: result.best.scores, labels: truth)
                let loss = try ProbabilityMetrics(probabilities: calibration.probabilities(result.best.scores), labels: truth).logLoss
                guard let leader = best, (leader.mean, -leader.loss) >= (result.best.mean, -loss) else {
                    best = (result.best.mean, loss, recipe, result.best.candidate)
                    continue
                }
            }
            guard let best else { throw LearnError.empty(what: "recipes") }
            chosen[best.recipe.name, default: 0] += 1
            return try best.recipe.right(best.candidate, fold: fold, yardstick)
        }
    }
}
