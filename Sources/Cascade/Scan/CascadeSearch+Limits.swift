import Imaging

extension CascadeSearch {
    /// What a search saw, and what is needed to group its hits.
    struct Found {
        /// By member, in pixels of the searched part.
        var local: [CascadeEnsemble.Sighting]
        /// The searched part, in pixels of the picture.
        var part: Rect
        var watch: SearchWatch

        /// By member, in pixels of the picture.
        var sightings: [CascadeEnsemble.Sighting] {
            local.map { seen in
                CascadeEnsemble.Sighting(
                    hits: seen.hits.map { Hit(rect: $0.rect.offsetBy(x: part.x, y: part.y), weight: $0.weight) },
                    near: seen.near.map { $0.offsetBy(x: part.x, y: part.y) })
            }
        }
    }

    /// Searches a picture, or a part of it, within limits.
    func limited(in gray: Gray, within limits: SearchLimits, threads: Int) throws(CascadeError) -> Found {
        if let region = limits.region {
            guard !region.isEmpty, gray.bounds.contains(region) else {
                throw .invalidParameter(name: "region", value: "\(region)", allowed: "a part of \(gray.bounds)")
            }
        }
        let part = limits.region.map { gray.cropped(to: $0) } ?? gray
        if let mask = limits.mask, mask.size != part.size {
            throw .invalidParameter(name: "mask", value: "\(mask.size)", allowed: "\(part.size)")
        }
        if limits.maximumWindows != nil || limits.budget != nil {
            let windows = windowCount(part.size)
            if let most = limits.maximumWindows, windows > most { throw .tooManyWindows(windows: windows, limit: most) }
            try limits.budget?.spend(windows: windows)
        }
        let watch = SearchWatch(
            mask: limits.mask, deadline: limits.deadline, maximumHits: limits.maximumHits, budget: limits.budget)
        var found = try watched(in: part, threads: threads, watch)
        if let region = limits.region { found.part = region }
        return found
    }

    /// Searches a picture.
    func watched(in gray: Gray, threads: Int, _ watch: SearchWatch) throws(CascadeError) -> Found {
        let seen = sightings(in: gray, threads: threads, watch)
        if let failure = watch.failure { throw failure }
        return Found(local: seen, part: gray.bounds, watch: watch)
    }

    /// What each member detects: its hits grouped, and cut to the searched part.
    func grouped(_ found: Found) throws(CascadeError) -> [[Detection]] {
        let bounds = Rect(x: 0, y: 0, width: found.part.width, height: found.part.height)
        let detections = zip(members, found.local).map { member, seen in
            groupHits(seen.hits, threshold: member.parameters.minNeighbors, level: member.classifier.stageCount, found.watch)
                .compactMap { detection -> Detection? in
                    // Rounding can push an edge a pixel outside the picture.
                    var clipped = detection
                    clipped.rect = detection.rect.intersection(bounds)
                    if clipped.rect.isEmpty { return nil }
                    clipped.rect = clipped.rect.offsetBy(x: found.part.x, y: found.part.y)
                    return clipped
                }
        }
        if let failure = found.watch.failure { throw failure }
        return detections
    }
}
