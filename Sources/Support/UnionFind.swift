/// Items 0..<count in disjoint groups that can be joined (union by lower number, paths halved while they are walked).
@usableFromInline
package struct UnionFind: Sendable {
    @usableFromInline var parent: [Int]

    /// Every item in a group of its own.
    @inlinable
    package init(count: Int) { parent = Array(0..<count) }

    /// The lowest item of the group that `item` is in.
    /// - Complexity: O(log count), amortised.
    @inlinable
    package mutating func root(of item: Int) -> Int {
        var node = item
        while parent[node] != node {
            parent[node] = parent[parent[node]]
            node = parent[node]
        }
        return node
    }

    /// Makes one group of the groups of two items.
    @inlinable
    package mutating func join(_ first: Int, _ second: Int) {
        let (a, b) = (root(of: first), root(of: second))
        parent[max(a, b)] = min(a, b)
    }

    /// A group number for every item, groups numbered by their lowest items.
    package mutating func groups() -> [Int] {
        var numbers = [Int](repeating: 0, count: parent.count)
        var found = 0
        for item in parent.indices {
            let lowest = root(of: item)
            if lowest == item {
                numbers[item] = found
                found += 1
            } else {
                numbers[item] = numbers[lowest]
            }
        }
        return numbers
    }
}
