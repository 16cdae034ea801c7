import Foundation

/// What takes the place of the inner product of two rows x and y.
public enum KernelFunction: Sendable, Hashable, Codable {
    /// x·y
    case linear
    /// exp(-gamma |x - y|²)
    case rbf(gamma: Gamma)
    /// (gamma x·y + coefficient)^degree
    case polynomial(degree: Int, gamma: Gamma, coefficient: Double)
    /// tanh(gamma x·y + coefficient)
    case sigmoid(gamma: Gamma, coefficient: Double)

    /// How the factor gamma is found.
    public enum Gamma: Sendable, Hashable, Codable {
        /// 1 / columns
        case auto
        /// 1 / (columns * population variance of all numbers in the training rows)
        case scale
        case value(Double)
    }
}

/// A kernel with gamma as a number: a function of the inner product and, for RBF, of the rows' squared lengths.
struct ResolvedKernel: Sendable, Hashable, Codable {
    enum Form: String, Sendable, Hashable, Codable { case linear, rbf, polynomial, sigmoid }

    let form: Form
    let gamma: Double
    let coefficient: Double
    let degree: Int

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

    /// Turns inner products (left rows x right rows) into kernel values, element by element.
    func apply(to products: DoubleMatrix, leftNorms: [Double], rightNorms: [Double]) -> DoubleMatrix {
        guard form != .linear else { return products }
        var kernel = products
        let columns = products.columns
        kernel.withMutableValues { values in
            for row in 0..<products.rows {
                let norm = leftNorms[row]
                for column in 0..<columns {
                    let place = row * columns + column
                    values[place] = value(product: values[place], normA: norm, normB: rightNorms[column])
                }
            }
        }
        return kernel
    }

    /// As `apply(to:leftNorms:rightNorms:)` for the products of rows with themselves: half the work, norms from the diagonal.
    func apply(toGram gram: DoubleMatrix) -> DoubleMatrix {
        guard form != .linear else { return gram }
        var kernel = gram
        let count = gram.rows
        let norms = (0..<count).map { gram.values[$0 * count + $0] }
        kernel.withMutableValues { values in
            for row in 0..<count {
                for column in row..<count {
                    let product = values[row * count + column]
                    let result = value(product: product, normA: norms[row], normB: norms[column])
                    values[row * count + column] = result
                    values[column * count + row] = result
                }
            }
        }
        return kernel
    }
}
