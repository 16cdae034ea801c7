import Foundation
import Learn
import Support
import Testing

@Suite struct TSNETests {
    /// Three clouds of points around three places of a space.
    private static func clouds(_ count: Int, dimensions: Int = 10) -> (rows: DoubleMatrix, classes: [Int]) {
        var random = SeededGenerator(seed: 3)
        let values = (0..<count).map { index in
            (0..<dimensions).map { axis in (axis == index % 3 ? 6.0 : 0.0) + random.uniform() + random.uniform() - 1 }
        }
        return (DoubleMatrix(rows: count, columns: dimensions, values: values.flatMap { $0 }), (0..<count).map { $0 % 3 })
    }

    private static func shareOfNeighbours(_ points: [SIMD2<Double>], _ classes: [Int]) -> Double {
        let right = points.indices.count { index in
            let nearest = points.indices.filter { $0 != index }.min { a, b in
                let (toA, toB) = (points[a] - points[index], points[b] - points[index])
                return (toA * toA).sum() < (toB * toB).sum()
            }
            return nearest.map { classes[$0] == classes[index] } ?? false
        }
        return Double(right) / Double(points.count)
    }

    /// The probabilities as the paper defines them, pair by pair.
    private static func plainAffinities(_ rows: DoubleMatrix, perplexity: Double) -> [[Double]] {
        let count = rows.rows
        let conditional = (0..<count).map { i -> [Double] in
            let distances = (0..<count).map { j in zip(rows.row(i), rows.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
            var (low, high) = (1e-12, 1e12)
            var row: [Double] = []
            for _ in 0..<300 {
                let beta = (low * high).squareRoot()
                row = (0..<count).map { $0 == i ? 0 : exp(-beta * distances[$0]) }
                let sum = row.reduce(0, +)
                row = row.map { $0 / sum }
                let entropy = -row.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
                if exp(entropy) > perplexity { low = beta } else { high = beta }
            }
            return row
        }
        return (0..<count).map { i in (0..<count).map { (conditional[i][$0] + conditional[$0][i]) / Double(2 * count) } }
    }

    /// KL as the paper defines it.
    private static func plainDivergence(_ affinities: [[Double]], _ points: [SIMD2<Double>]) -> Double {
        func weight(_ i: Int, _ j: Int) -> Double { i == j ? 0 : 1 / (1 + ((points[i] - points[j]) * (points[i] - points[j])).sum()) }
        let total = points.indices.reduce(0) { sum, i in points.indices.reduce(sum) { $0 + weight(i, $1) } }
        var divergence = 0.0
        for i in points.indices {
            for j in points.indices where affinities[i][j] > 0 && i != j {
                divergence += affinities[i][j] * log(affinities[i][j] * total / weight(i, j))
            }
        }
        return divergence
    }

    private static func places(_ count: Int) -> [SIMD2<Double>] {
        var random = SeededGenerator(seed: 5)
        return (0..<count).map { _ in SIMD2(random.uniform() * 20 - 10, random.uniform() * 4) }
    }

    @Test func affinitiesAreThoseOfThePlainDefinition() throws {
        let rows = Self.clouds(30).rows
        let plain = Self.plainAffinities(rows, perplexity: 8)
        let fast = try Affinities(of: rows, neighbours: 29, perplexity: 8, threads: 2)
        var sum = 0.0
        for i in 0..<30 {
            #expect(Array(fast.columns[fast.starts[i]..<fast.starts[i + 1]]) == (0..<30).filter { $0 != i })
            for place in fast.starts[i]..<fast.starts[i + 1] {
                sum += fast.values[place]
                // The search for the perplexity ends within 1e-6 of its logarithm.
                #expect(abs(fast.values[place] - plain[i][fast.columns[place]]) < 1e-6)
            }
        }
        #expect(abs(sum - 1) < 1e-12)
    }

    @Test func theGradientIsTheSlopeOfTheDivergence() throws {
        let rows = Self.clouds(20).rows
        let affinities = try Affinities(of: rows, neighbours: 19, perplexity: 5, threads: 1)
        var plain = [[Double]](repeating: [Double](repeating: 0, count: 20), count: 20)
        for i in 0..<20 {
            for place in affinities.starts[i]..<affinities.starts[i + 1] { plain[i][affinities.columns[place]] = affinities.values[place] }
        }
        let points = Self.places(20)
        let forces = MapForces(on: points, affinities: affinities, exaggeration: 1, theta: nil, threads: 2)
        #expect(abs(forces.divergence - Self.plainDivergence(plain, points)) < 1e-9)
        for index in 0..<20 {
            for axis in 0..<2 {
                let step = 1e-5
                var (up, down) = (points, points)
                up[index][axis] += step
                down[index][axis] -= step
                let slope = (Self.plainDivergence(plain, up) - Self.plainDivergence(plain, down)) / (2 * step)
                #expect(abs(forces.gradients[index][axis] - slope) < 1e-6)
            }
        }
    }

    @Test(arguments: [1, 2, 5, 64, 500]) func aTreeThatLooksAtEveryPointGivesTheSumOfAll(count: Int) {
        var points = Self.places(count)
        if count > 4 { for index in 0..<count / 2 { points[index] = points[0] } }  // in one place
        let tree = QuadTree(points)
        for index in stride(from: 0, to: count, by: 7) {
            var (force, sum) = (SIMD2<Double>.zero, 0.0)
            for other in points.indices where other != index {
                let difference = points[index] - points[other]
                let weight = 1 / (1 + (difference * difference).sum())
                force += weight * weight * difference
                sum += weight
            }
            let exact = tree.repulsion(at: index, theta: 0)
            let near = tree.repulsion(at: index, theta: 0.5)
            #expect(abs(exact.weight - sum) <= 1e-12 * max(sum, 1) && (exact.force - force).abs.max() < 1e-9)
            #expect(abs(near.weight - sum) <= 0.05 * sum)
        }
    }

    @Test(arguments: [1000, 50]) func nearRowsLieNear(exactLimit: Int) throws {
        let (rows, classes) = Self.clouds(150)
        var settings = TSNE()
        settings.exactLimit = exactLimit
        settings.perplexity = 10
        settings.iterations = 400
        let map = try settings.map(rows, threads: 2)
        #expect(Self.shareOfNeighbours(map.points, classes) > 0.98)
        #expect(map.divergence > 0 && map.divergence < 2)
        #expect(try settings.map(rows, threads: 1) == map, "the same for any number of threads")
        settings.seed = 2
        #expect(try settings.map(rows, threads: 2) != map)
    }

    @Test func fewRowsAndEqualOnesHaveAMapToo() throws {
        for count in 0..<6 {
            let map = try TSNE().map(DoubleMatrix(rows: count, columns: 2, repeating: 1), threads: 1)
            #expect(map.points.count == count && map.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        }
    }

    @Test func whatIsNoNumberIsRefused() {
        #expect(throws: LearnError.self) { try TSNE().map(DoubleMatrix(rows: 5, columns: 1, repeating: .nan)) }
        var settings = TSNE()
        settings.perplexity = 1
        #expect(throws: LearnError.self) { try settings.map(DoubleMatrix(rows: 5, columns: 1)) }
        let cancellation = Cancellation()
        cancellation.request()
        #expect(throws: LearnError.cancelled) { try TSNE().map(Self.clouds(9).rows, cancellation: cancellation) }
    }
}

extension SIMD2<Double> {
    fileprivate var abs: SIMD2<Double> { SIMD2(Swift.abs(x), Swift.abs(y)) }
}
