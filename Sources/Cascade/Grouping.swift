import Imaging

/// Averages overlapping rectangles, drops small groups, and drops groups inside stronger ones: OpenCV's `groupRectangles`.
///
/// Two rectangles are similar when each of their four sides differs by at most eps (min(wa, wb) + min(ha, hb)) / 2. The groups
/// are the connected components of that relation, numbered by their first member in the list. A group's rectangle is the mean
/// of its members (the sum times the Float reciprocal of the count, rounded to even). Groups of `threshold` or fewer members
/// are dropped, then each group that lies inside the rectangle of another kept one, widened by eps of its sides, if that has
/// more members than both 3 and this one, or this one has fewer than 3.
/// - Returns: each kept rectangle with its number of members, in group order. With a threshold of 0 or less, the list itself.
/// - Precondition: `eps` is finite and not negative.
/// - Complexity: O(n log n + p + g^2) with g groups of more than `threshold`, and p pairs of different rectangles of like size
///   whose left and top sides are close to each other: n^2 / 2 when all are.
public func groupRectangles(_ rects: [Rect], threshold: Int, eps: Double = 0.2) -> [(rect: Rect, count: Int)] {
    let hits = rects.map { Hit(rect: $0, weight: 0) }
    return groupHits(hits, threshold: threshold, eps: eps, level: 0).map { ($0.rect, $0.neighbors) }
}

/// The same with weights: a group's weight is the highest of its members'.
/// - Parameter watch: checked at each different rectangle and at each group; when it ends the search, nothing is returned.
package func groupHits(
    _ hits: [Hit], threshold: Int, eps: Double = 0.2, level: Int, _ watch: SearchWatch = .idle
) -> [Detection] {
    precondition(eps.isFinite && eps >= 0)
    if threshold <= 0 || hits.isEmpty {
        return hits.map { Detection(rect: $0.rect, neighbors: 1, level: level, weight: $0.weight) }
    }
    guard var classes = SimilarityClasses(hits.map(\.rect), eps: eps, watch) else { return [] }
    var groups = mergeGroups(hits, labels: classes.labels(), level: level)
    groups.removeAll { $0.neighbors <= threshold }
    var kept: [Detection] = []
    for (index, group) in groups.enumerated() {
        if watch.hasEnded() { return [] }
        let isCovered = groups.enumerated().contains { $0.offset != index && isInside(group, $0.element, eps: eps) }
        if !isCovered { kept.append(group) }
    }
    return kept
}

private func mergeGroups(_ hits: [Hit], labels: [Int], level: Int) -> [Detection] {
    var sums: [(x: Int32, y: Int32, width: Int32, height: Int32)] = []
    var groups: [Detection] = []
    for (hit, label) in zip(hits, labels) {
        if label == groups.count {
            sums.append((0, 0, 0, 0))
            groups.append(Detection(rect: hit.rect, neighbors: 0, level: level, weight: hit.weight))
        }
        sums[label].x &+= Int32(truncatingIfNeeded: hit.rect.x)
        sums[label].y &+= Int32(truncatingIfNeeded: hit.rect.y)
        sums[label].width &+= Int32(truncatingIfNeeded: hit.rect.width)
        sums[label].height &+= Int32(truncatingIfNeeded: hit.rect.height)
        groups[label].neighbors += 1
        groups[label].weight = max(groups[label].weight, hit.weight)
    }
    for i in groups.indices {
        let reciprocal = 1 / Float(groups[i].neighbors)
        func mean(_ sum: Int32) -> Int { Int((Float(sum) * reciprocal).rounded(.toNearestOrEven)) }
        groups[i].rect = Rect(x: mean(sums[i].x), y: mean(sums[i].y), width: mean(sums[i].width), height: mean(sums[i].height))
    }
    return groups
}

/// Whether `a` lies inside `b` and has too few members to stand beside it.
private func isInside(_ a: Detection, _ b: Detection, eps: Double) -> Bool {
    let dx = Int((Double(b.rect.width) * eps).rounded(.toNearestOrEven))
    let dy = Int((Double(b.rect.height) * eps).rounded(.toNearestOrEven))
    return a.rect.x >= b.rect.x - dx && a.rect.y >= b.rect.y - dy && a.rect.maxX <= b.rect.maxX + dx
        && a.rect.maxY <= b.rect.maxY + dy && (b.neighbors > max(3, a.neighbors) || a.neighbors < 3)
}
