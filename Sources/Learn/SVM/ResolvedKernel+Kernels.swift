// Kernel values element by element, in place: the loops are over one buffer of rows * columns numbers.

extension ResolvedKernel {
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
