import Imaging

/// Where to search, and how much time and work it may take.
public struct SearchLimits: Sendable {
    /// Only this part of the picture, as if it were a picture of its own: no pixel outside it is read, exactly as OpenCV searches
    /// a sub-matrix. Rectangles are still given in pixels of the whole picture.
    public var region: Rect?
    /// A plane of the searched part's size: hits are kept where the pixel under the window's centre is not 0. The hits are those of
    /// the search without a mask, less the others; grouping follows. Rows of windows without any such pixel are not searched.
    public var mask: Gray?
    /// The most windows that may be searched; the number is known, and the search refused, before it starts.
    public var maximumWindows: Int?
    /// The most windows that may pass all stages, before they are grouped: a picture made of faces, searched with a scale factor
    /// near 1, has millions. They are counted while they are found, in all threads together, so that the search holds no more than
    /// these and a row of windows for each thread; with `minNeighbors` 0 it also bounds the number of detections.
    public var maximumHits: Int?
    /// When to give up, in the search of windows as well as in the grouping of hits.
    public var deadline: ContinuousClock.Instant?
    /// What this search and others may take together; the search spends from it beside its own limits.
    public var budget: SearchBudget?

    /// Limits; a part that is nil does not limit anything.
    public init(
        region: Rect? = nil, mask: Gray? = nil, maximumWindows: Int? = nil, maximumHits: Int? = nil,
        deadline: ContinuousClock.Instant? = nil, budget: SearchBudget? = nil
    ) {
        self.region = region
        self.mask = mask
        self.maximumWindows = maximumWindows
        self.maximumHits = maximumHits
        self.deadline = deadline
        self.budget = budget
    }

    /// The whole picture, with all the time and work it needs.
    public static let none = SearchLimits()
}
