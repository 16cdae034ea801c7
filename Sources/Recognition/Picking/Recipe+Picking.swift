extension Recipe {
    /// Whether cleaning picks, of all faces found, the one of the person who recurs in a label's folder. Otherwise the first accepted face of
    /// each photo is kept, as the tutorial's pipeline does.
    public var picksFaces: Bool { name != Recipe.classic.name }
}

extension Recipe {
    /// Whether a face is good enough to be named, see `FaceFinder.accepts(_:)`.
    func accepts(_ face: FoundFace) -> Bool {
        guard let finding else { return face.eyes.count >= minimumEyes }
        return face.quality?.faceProbability ?? 0 >= finding.acceptedProbability
    }
}

extension FoundFace {
    /// How likely it is a face; where the finder does not say, two eyes speak for it.
    var pickingProbability: Double { quality?.faceProbability ?? (eyes.count >= 2 ? 0.95 : 0.5) }
}
