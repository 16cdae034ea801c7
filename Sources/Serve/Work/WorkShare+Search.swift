import Cascade

extension WorkShare {
    /// The limits of searches that end with the share; each row of windows is a checkpoint.
    func searchLimits(maximumHits: Int) -> SearchLimits {
        SearchLimits(
            maximumHits: maximumHits,
            budget: SearchBudget { [self] in
                do throws(RequestError) {
                    try checkpoint()
                    return false
                } catch {
                    return true
                }
            })
    }
}
