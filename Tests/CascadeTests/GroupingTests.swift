import Cascade
import Imaging
import TestSupport
import Testing

@Suite struct GroupingTests {
    /// Connected components by flooding from each first member, everything else as the documentation says it.
    static func plainGroups(_ rects: [Rect], threshold: Int, eps: Double = 0.2) -> [(rect: Rect, count: Int)] {
        if threshold <= 0 || rects.isEmpty { return rects.map { ($0, 1) } }
        func isSimilar(_ a: Rect, _ b: Rect) -> Bool {
            let delta = eps * Double(min(a.width, b.width) + min(a.height, b.height)) * 0.5
            return Double(max(abs(a.x - b.x), abs(a.y - b.y), abs(a.maxX - b.maxX), abs(a.maxY - b.maxY))) <= delta
        }
        var left = rects
        var groups: [(rect: Rect, count: Int)] = []
        while let first = left.first {
            var members = [first], reached = 0
            left.removeFirst()
            while reached < members.count {
                let rect = members[reached]
                reached += 1
                members += left.filter { isSimilar($0, rect) }
                left.removeAll { isSimilar($0, rect) }
            }
            let scale = 1 / Float(members.count)
            func mean(_ side: (Rect) -> Int) -> Int {
                Int((Float(members.reduce(0) { $0 + side($1) }) * scale).rounded(.toNearestOrEven))
            }
            groups.append((Rect(x: mean(\.x), y: mean(\.y), width: mean(\.width), height: mean(\.height)), members.count))
        }
        groups.removeAll { $0.count <= threshold }
        return groups.enumerated().filter { i, a in
            !groups.enumerated().contains { j, b in
                let dx = Int((Double(b.rect.width) * eps).rounded(.toNearestOrEven))
                let dy = Int((Double(b.rect.height) * eps).rounded(.toNearestOrEven))
                let wide = Rect(x: b.rect.x - dx, y: b.rect.y - dy, width: b.rect.width + 2 * dx, height: b.rect.height + 2 * dy)
                return i != j && wide.contains(a.rect) && (b.count > max(3, a.count) || a.count < 3)
            }
        }.map(\.element)
    }

    @Test func groupsEqualThePlainOnes() {
        var bits = SeededBits(seed: 21)
        for round in 0..<300 {
            let spread = UInt32(20 + round % 60)
            let rects = (0..<(round % 40)).map { _ in
                let side = Int(bits.next() % 30) + 8
                return Rect(x: Int(bits.next() % spread), y: Int(bits.next() % spread), width: side, height: side + Int(bits.next() % 4))
            }
            for threshold in 0...3 {
                let groups = groupRectangles(rects, threshold: threshold), plain = Self.plainGroups(rects, threshold: threshold)
                #expect(groups.map(\.rect) == plain.map(\.rect) && groups.map(\.count) == plain.map(\.count))
            }
        }
    }

    /// Lists as searches give them: many sizes, crowds of near and equal rectangles, and lone ones.
    @Test(arguments: [0, 0.03, 0.2, 0.45, 2.5]) func listsOfAllLengthsEqualThePlainOnes(eps: Double) {
        var bits = SeededBits(seed: 22)
        func random(_ count: Int) -> Int { Int(bits.next() >> 8) % count }
        for count in Array(2..<100) + (SharedData.isOptimised ? [700, 2500, 5000] : [200]) {
            var rects: [Rect] = []
            while rects.count < count {
                let side = 1 << random(10) + random(30)
                let centre = Rect(x: random(4 * count) - count, y: random(4 * count) - count, width: side, height: side + random(9))
                for _ in 0...random(min(count / 2, 60)) {
                    let (dx, dy, ds) = (random(side / 4 + 1), random(side / 4 + 1), random(side / 6 + 2))
                    let near = Rect(x: centre.x + dx, y: centre.y - dy, width: centre.width + ds, height: centre.height + ds)
                    rects += Array(repeating: near, count: 1 + random(3))
                }
            }
            for i in rects.indices { rects.swapAt(i, random(rects.count)) }
            rects += [Rect(x: 5, y: 5, width: 0, height: 0), Rect(x: 5, y: 5, width: 0, height: 0), Rect(x: 5, y: 5, width: 1, height: 0)]
            for threshold in [1, 3] {
                let groups = groupRectangles(rects, threshold: threshold, eps: eps)
                let plain = Self.plainGroups(rects, threshold: threshold, eps: eps)
                #expect(groups.map(\.rect) == plain.map(\.rect) && groups.map(\.count) == plain.map(\.count), "\(count)")
            }
        }
    }

    @Test func aKnownGroup() {
        // cv2.groupRectangles of these with threshold 1 gives [[11, 10, 20, 20]] and counts [3].
        let rects = [
            Rect(x: 10, y: 10, width: 20, height: 20), Rect(x: 50, y: 50, width: 20, height: 20),
            Rect(x: 11, y: 10, width: 20, height: 20), Rect(x: 12, y: 11, width: 20, height: 20),
        ]
        let groups = groupRectangles(rects, threshold: 1)
        #expect(groups.map(\.rect) == [Rect(x: 11, y: 10, width: 20, height: 20)])
        #expect(groups.map(\.count) == [3])
    }
}
