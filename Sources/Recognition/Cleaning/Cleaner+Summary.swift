extension Cleaner.Summary: Encodable {
    private enum CodingKeys: CodingKey {
        case photos, kept, reused, reasons, groups, removed, labelsWithoutCrops, strays, unlisted, seconds
    }

    /// The `summary` of `lineup clean --json`: an object with the members' names as keys, but `seconds` for how long it took.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(photos, forKey: .photos)
        try object.encode(kept, forKey: .kept)
        try object.encode(reused, forKey: .reused)
        try object.encode(reasons, forKey: .reasons)
        try object.encode(groups, forKey: .groups)
        try object.encode(removed, forKey: .removed)
        try object.encode(labelsWithoutCrops, forKey: .labelsWithoutCrops)
        try object.encode(strays, forKey: .strays)
        try object.encode(unlisted, forKey: .unlisted)
        try object.encode(duration / .seconds(1), forKey: .seconds)
    }
}
