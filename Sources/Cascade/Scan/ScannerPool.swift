import Support
import Synchronization

/// Scanners that wait for the next search: small pictures, such as faces searched for eyes, take less time to search than to set up for.
final class ScannerPool: @unchecked Sendable {  // a scanner is held by the pool, behind the lock, or by one loan
    private let idle = Mutex<[Held]>([])

    /// At most so wide: larger tables are not kept.
    private static let widest = 2048

    private struct Held: @unchecked Sendable {
        let scanner: LayerScanner
    }

    /// A scanner out of the pool, given back when the loan ends.
    final class Loan {
        let scanner: LayerScanner
        private let pool: ScannerPool

        fileprivate init(_ scanner: LayerScanner, _ pool: ScannerPool) {
            self.scanner = scanner
            self.pool = pool
        }

        deinit { pool.keep(scanner) }
    }

    /// - Parameters:
    ///   - width: of the widest layer.
    ///   - classifiers: the same at every call.
    func loan(width: Int, _ classifiers: [CascadeClassifier]) -> Loan {
        let known = idle.withLock { idle -> Held? in
            guard let last = idle.popLast() else { return nil }
            return last.scanner.width >= width ? last : nil
        }
        return Loan(known?.scanner ?? LayerScanner(classifiers, width: (width + 127) & ~127), self)
    }

    private func keep(_ scanner: LayerScanner) {
        guard scanner.width <= Self.widest else { return }
        let held = Held(scanner: scanner)
        idle.withLock { idle in
            if idle.count < .allCores { idle.append(held) }
        }
    }
}
