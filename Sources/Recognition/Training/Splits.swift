import Learn

/// What is learned from and how it is split: the same for a whole training and for each share of its search.
struct Splits {
    /// The set without labels that have too few pictures.
    let set: TrainingSet
    /// What should be known of small labels, a sentence each.
    let notices: [String]
    /// Whether near-duplicates stay on one side of the splits that choose.
    let groupsDuplicates: Bool
    /// Splits that keep near-duplicates together.
    let apart: [Fold]
    /// The splits that choose.
    let folds: [Fold]

    /// - Throws: `RecognitionError.invalidParameter` for settings out of range, `.unusableTrainingSet` where there is too little to learn
    ///   from; `LearnError` otherwise.
    init(of whole: TrainingSet, settings: Trainer.Settings) throws {
        try settings.check()
        (set, notices) = whole.learnable(folds: settings.folds)
        try Self.requireEnough(set, of: whole, settings: settings)
        groupsDuplicates = settings.groupDuplicates ?? set.recipe.groupsDuplicates
        apart = try Self.grouped(set, settings: settings)
        folds = groupsDuplicates ? apart : try Self.plain(set, settings: settings)
    }

    private static func plain(_ set: TrainingSet, settings: Trainer.Settings) throws(LearnError) -> [Fold] {
        settings.repeats == 1
            ? try Folds.stratified(labels: set.classes, count: settings.folds)
            : try Folds.repeatedStratified(
                labels: set.classes, count: settings.folds, repetitions: settings.repeats, seed: settings.seed)
    }

    private static func grouped(_ set: TrainingSet, settings: Trainer.Settings) throws(LearnError) -> [Fold] {
        var folds = try Folds.stratifiedGrouped(labels: set.classes, groups: set.groups, count: settings.folds)
        for repetition in 1..<settings.repeats {
            folds += try Folds.stratifiedGrouped(
                labels: set.classes, groups: set.groups, count: settings.folds, shuffledBy: settings.seed &+ UInt64(repetition))
        }
        return folds
    }

    private static func requireEnough(_ set: TrainingSet, of whole: TrainingSet, settings: Trainer.Settings) throws(RecognitionError) {
        guard set.labels.count >= 2 else {
            let found = set.labels.isEmpty ? "no label has" : "only one label, \(set.labels[0]), has"
            let left = whole.labels.count > set.labels.count ? " of two different pictures or more" : ""
            throw .unusableTrainingSet(
                path: set.folder.path, reason: "\(found) crops\(left); at least two are needed to tell apart")
        }
        guard settings.falseAcceptRate == nil || set.labels.count >= 3 else {
            throw .unusableTrainingSet(
                path: set.folder.path,
                reason:
                    "two labels have crops; a threshold for strangers is fitted by leaving each person out, which needs three: train without a false accept rate"
            )
        }
        guard set.rows.count >= settings.folds else {
            throw .unusableTrainingSet(
                path: set.folder.path, reason: "\(set.rows.count) crops cannot be split in \(settings.folds): use fewer folds")
        }
    }
}
