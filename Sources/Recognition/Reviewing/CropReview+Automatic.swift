extension CropReview {
    /// Rejects every crop whose suspicion is at least `confidence` and of which nobody decided anything.
    /// - Returns: the crops that were rejected, the most suspicious first. ``undoAutomatic()`` takes all of it back.
    /// - Throws: `RecognitionError.invalidParameter` for a confidence outside 0.5 to 1; as `decide` does.
    public func rejectAutomatically(
        _ ranking: SuspicionRanking, of measured: MeasuredCrops, confidence: Double
    ) throws -> [SuspectCrop] {
        guard (0.5...1).contains(confidence) else {
            throw RecognitionError.invalidParameter(name: "confidence", value: "\(confidence)", allowed: "0.5 to 1")
        }
        let decided = Set(decisions.map { $0.to ?? $0.file })
        let chosen = zip(ranking.crops, ranking.places).filter { crop, _ in crop.suspicion >= confidence && !decided.contains(crop.file) }
        for (crop, place) in chosen {
            try decide(.reject, on: crop.file, from: measured.crops[place].record, isAutomatic: true)
        }
        return chosen.map(\.0)
    }

    /// Takes back, the last first, every automatic decision that holds.
    /// - Returns: those taken back.
    /// - Throws: as `undo` does.
    public func undoAutomatic() throws -> [ReviewDecision] {
        try decisions.filter(\.isAutomatic).reversed().compactMap { try undo($0.id) }
    }
}
