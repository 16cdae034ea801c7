import Cascade

extension WorkShare {
    /// The limits of a search that may take what is left of the share.
    func searchLimits(maximumHits: Int) -> SearchLimits {
        SearchLimits(maximumHits: maximumHits, deadline: .now + .seconds(min(maximumSeconds - seconds, 1e6)))
    }
}
