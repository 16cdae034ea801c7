import Cascade
import Imaging
import Testing

@Suite struct GroupingTests {
    /// Connected components by repeated relabelling, everything else as the documentation says it.
    static func plainGroups(_ rects: [Rect], threshold: Int, eps: Double = 0.2) -> [(rect: Rect, count: Int)] {
        if threshold <= 0 || rects.isEmpty { return rects.map { ($0, 1) } }
        var label = Array(rects.indices)
        func isSimilar(_ a: Rect, _ b: Rect) -> Bool {
            let delta = eps * Double(min(a.width, b.width) + min(a.height, b.height)) * 0.5
            return [a.x - b.x, a.y - b.y, a.maxX - b.maxX, a.maxY - b.maxY].allSatisfy { Double(abs($0)) <= delta }
        }
        var changed = true
        while changed {
            changed = false
            for i in rects.indices {
                for j in rects.indices where label[j] > label[i] && isSimilar(rects[i], rects[j]) {
                    label[j] = label[i]
                    changed = true
                }
            }
        }
        var groups: [(rect: Rect, count: Int)] = []
        for first in rects.indices where label[first] == first {
            let members = rects.indices.filter { label[$0] == first }.map { rects[$0] }
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
