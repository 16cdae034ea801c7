import Imaging

/// Averages overlapping rectangles, drops small groups, and drops groups inside stronger ones: OpenCV's `groupRectangles`.
///
/// Two rectangles are similar when each of their four sides differs by at most eps (min(wa, wb) + min(ha, hb)) / 2. The groups
/// are the connected components of that relation, numbered by their first member in the list. A group's rectangle is the mean
/// of its members (the sum times the Float reciprocal of the count, rounded to even). Groups of `threshold` or fewer members
/// are dropped, then each group that lies inside the rectangle of another kept one, widened by eps of its sides, if that has
/// more members than both 3 and this one, or this one has fewer than 3.
/// - Returns: each kept rectangle with its number of members, in group order. With a threshold of 0 or less, the list itself.
/// - Complexity: O(n log n + similar pairs).
public func groupRectangles(_ rects: [Rect], threshold: Int, eps: Double = 0.2) -> [(rect: Rect, count: Int)] {
    let hits = rects.map { Hit(rect: $0, weight: 0) }
    return groupHits(hits, threshold: threshold, eps: eps, level: 0).map { ($0.rect, $0.neighbors) }
}

/// The same with weights: a group's weight is the highest of its members'.
package func groupHits(_ hits: [Hit], threshold: Int, eps: Double = 0.2, level: Int) -> [Detection] {
    if threshold <= 0 || hits.isEmpty {
        return hits.map { Detection(rect: $0.rect, neighbors: 1, level: level, weight: $0.weight) }
    }
    var groups = mergeGroups(hits, labels: similarityLabels(hits.map(\.rect), eps: eps), level: level)
    groups.removeAll { $0.neighbors <= threshold }
    return groups.enumerated().filter { index, group in
        !groups.enumerated().contains { $0.offset != index && isInside(group, $0.element, eps: eps) }
    }.map(\.element)
}

/// Each rectangle's group number, by first member.
private func similarityLabels(_ rects: [Rect], eps: Double) -> [Int] {
    var parent = Array(rects.indices)
    func root(_ index: Int) -> Int {
        var i = index
        while parent[i] != i {
            parent[i] = parent[parent[i]]
            i = parent[i]
        }
        return i
    }
    // Similar rectangles have left sides closer than eps/2 of the earlier one's width and height: sorted by x, only a short
    // run behind each rectangle can hold a partner.
    let byX = rects.indices.sorted { (rects[$0].x, $0) < (rects[$1].x, $1) }
    for (place, i) in byX.enumerated() {
        let a = rects[i]
        let reach = eps * Double(a.width + a.height) * 0.5
        for j in byX[(place + 1)...] {
            let b = rects[j]
            if Double(b.x - a.x) > reach { break }
            let delta = eps * Double(min(a.width, b.width) + min(a.height, b.height)) * 0.5
            if Double(b.x - a.x) <= delta, Double(abs(a.y - b.y)) <= delta, Double(abs(a.maxX - b.maxX)) <= delta,
                Double(abs(a.maxY - b.maxY)) <= delta
            {
                let (ra, rb) = (root(i), root(j))
                // The smaller index stays on top, so that a root is its group's first member.
                if ra != rb { parent[max(ra, rb)] = min(ra, rb) }
            }
        }
    }
    var number = [Int](repeating: -1, count: rects.count)
    var count = 0
    return rects.indices.map { i in
        let r = root(i)
        if number[r] < 0 {
            number[r] = count
            count += 1
        }
        return number[r]
    }
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
