/// Inner products of samples as an operator: v ↦ v·G with G = X·Xᵀ.
///
/// A fit of few steps is done before G would pay: v·G = (v·X)·Xᵀ costs 4·rows·columns a row of v, G itself once about rows²·columns.
/// So a fit may take as many steps without G as cost as much as G would, which is never more than twice the best choice.
/// G is rounded otherwise than the products without it, so a solver must not go on from one to the other but start anew where it is.
final class SampleProducts {
    private let rows: Matrix?
    private var gram: DoubleMatrix?
    private let threads: Int
    /// Rows of v multiplied without G.
    private var spent = 0

    /// On a Gram matrix that is there already.
    init(gram: DoubleMatrix, threads: Int) {
        self.gram = gram
        self.threads = threads
        rows = nil
    }

    init(rows: Matrix, threads: Int) {
        self.rows = rows
        self.threads = threads
    }

    var count: Int { gram?.rows ?? rows?.rows ?? 0 }

    /// How many steps of a solver, each one product of `outputs` rows, are cheaper without G; nil when G is there.
    func stepsBeforeGram(outputs: Int) -> Int? {
        gram == nil ? max(0, (count / 4 - spent) / outputs) : nil
    }

    /// Forms G, if it is not there.
    func formGram() {
        if gram == nil, let rows { gram = rows.gram(threads: threads) }
    }

    /// v·G for `outputs` rows.
    func apply(_ v: UnsafePointer<Double>, outputs: Int, into result: UnsafeMutablePointer<Double>) {
        // Fits begin at 0.
        guard (0..<outputs * count).contains(where: { v[$0] != 0 }) else {
            result.update(repeating: 0, count: outputs * count)
            return
        }
        if let gram {
            gram.values.withUnsafeBufferPointer {
                DoubleProducts.multiply(
                    UnsafeBufferPointer(start: v, count: outputs * count), rowsA: outputs, $0, rowsB: count, columns: count,
                    into: result, threads: threads)
            }
        } else if let rows {
            spent += outputs
            withUnsafeTemporaryAllocation(of: Double.self, capacity: outputs * rows.columns) { weights in
                weights.initialize(repeating: 0)
                MixedProducts.times(v, rowsA: outputs, rows, into: weights.baseAddress!, threads: threads)
                MixedProducts.timesTransposed(weights.baseAddress!, rowsV: outputs, rows, into: result, threads: threads)
            }
        }
    }
}
