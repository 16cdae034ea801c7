import Foundation

/// A kernel with gamma as a number: a function of the inner product and, for RBF, of the rows' squared lengths.
package struct ResolvedKernel: Sendable, Hashable, Codable {
    /// The kind of kernel.
    package enum Form: String, Sendable, Hashable, Codable { case linear, rbf, polynomial, sigmoid }

    /// The kind of kernel.
    package let form: Form
    /// The factor of products or distances; 0 for the linear kernel.
    package let gamma: Double
    /// Added to products (polynomial and sigmoid).
    package let coefficient: Double
    /// The power (polynomial).
    package let degree: Int

    init(form: Form, gamma: Double, coefficient: Double = 0, degree: Int = 0) {
        self.form = form
        self.gamma = gamma
        self.coefficient = coefficient
        self.degree = degree
    }

    /// - Throws: ``LearnError/constantFeatures(columns:)`` for gamma `scale` on rows without any variance.
    init(_ kernel: KernelFunction, rows: Matrix) throws(LearnError) {
        switch kernel {
        case .linear: self.init(form: .linear, gamma: 0)
        case .rbf(let gamma): self.init(form: .rbf, gamma: try Self.resolve(gamma, rows))
        case .polynomial(let degree, let gamma, let coefficient):
            self.init(form: .polynomial, gamma: try Self.resolve(gamma, rows), coefficient: coefficient, degree: degree)
        case .sigmoid(let gamma, let coefficient):
            self.init(form: .sigmoid, gamma: try Self.resolve(gamma, rows), coefficient: coefficient)
        }
    }

    private static func resolve(_ gamma: KernelFunction.Gamma, _ rows: Matrix) throws(LearnError) -> Double {
        switch gamma {
        case .auto: return 1 / Double(rows.columns)
        case .value(let value): return value
        case .scale:
            let count = Double(rows.values.count)
            let mean = rows.values.reduce(0.0) { $0 + Double($1) } / count
            let variance = rows.values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
            guard variance > 0 else { throw LearnError.constantFeatures(columns: rows.columns) }
            return 1 / (Double(rows.columns) * variance)
        }
    }

    /// The kernel of two rows with inner product `product` and squared lengths `normA`, `normB`.
    @inline(__always)
    func value(product: Double, normA: Double, normB: Double) -> Double {
        switch form {
        case .linear: return product
        case .rbf:
            // Rounding may bring the squared distance of equal rows below 0.
            return exp(-gamma * max(0, normA + normB - 2 * product))
        case .polynomial:
            var base = gamma * product + coefficient
            var exponent = degree
            var power = 1.0
            while exponent > 0 {
                if exponent & 1 == 1 { power *= base }
                base *= base
                exponent >>= 1
            }
            return power
        case .sigmoid: return tanh(gamma * product + coefficient)
        }
    }
}
