import ArgumentParser
import Recognition

/// `--recipe NAME`.
struct RecipeOption: ParsableArguments {
    @Option(
        name: .customLong("recipe"),
        help: ArgumentHelp("How faces are found and measured: \(Recipe.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
    var name = Recipe.all[0].name

    /// Valid after `validate`.
    var recipe: Recipe { Recipe.named(name) ?? Recipe.all[0] }

    func validate() throws {
        guard Recipe.named(name) != nil else {
            throw ValidationError("no recipe is named \(name); there are: \(Recipe.all.map(\.name).joined(separator: ", "))")
        }
    }
}
