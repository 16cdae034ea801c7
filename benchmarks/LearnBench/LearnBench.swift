import Dispatch
import Foundation
import Learn

// Times Learn on one task and prints a JSON line: `LearnBench TASK [--rows FILE --labels FILE --columns D] [--threads N]`.
// benchmarks/peers/learn_compare.py writes the files, runs this and scikit-learn in turn, and prints the ratios.
//
//     classic-grid           the classic grid with five stratified folds; `--part 0`, 1 or 2: its SVMs, forests or logistic regressions
//     svm-rbf, svm-linear    one fit, C 10, gamma auto
//     linear-svm             one fit by dual coordinate descent, C 1, tolerance 1e-4
//     logistic               one multinomial fit, C 1, to scikit-learn's default tolerance
//     forest                 100 trees
//     product                A·Aᵀ, printing GFLOP/s
//     onnx                   trains, exports and describes models of every kind, see ONNXCases: `--folder FOLDER`
//     answers                models, folds and accuracies as JSON, see Answers
//     search-memory          peak memory of a search on generated rows, see SearchMemory: `--memory MEGABYTES`
//     peak                   multiplications and additions of vectors that never leave their registers, one thread, GFLOP/s
@main
struct LearnBench {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard let task = arguments.first else { throw LearnError.empty(what: "task") }
        arguments.removeFirst()
        var options: [String: String] = [:]
        while arguments.count >= 2 {
            options[arguments[0]] = arguments[1]
            arguments.removeFirst(2)
        }
        if task == "peak" {
            print("{\"task\":\"peak\",\"gflops\":\(peak())}")
            return
        }
        let threads = Int(options["--threads"] ?? "") ?? 2
        if task == "onnx" {
            try ONNXCases.write(to: URL(fileURLWithPath: options["--folder"] ?? "."), threads: threads)
            return
        }
        if task == "search-memory" {
            let megabytes = Int(options["--memory"] ?? "") ?? 2048
            print("{\"task\":\"search-memory\",\(try SearchMemory.run(megabytes: megabytes, threads: threads))}")
            return
        }
        let columns = Int(options["--columns"] ?? "") ?? 4096
        let labels = try [UInt8](Data(contentsOf: URL(fileURLWithPath: options["--labels"] ?? ""))).map(Int.init)
        let data = try Data(contentsOf: URL(fileURLWithPath: options["--rows"] ?? ""))
        let values = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        let rows = Matrix(rows: labels.count, columns: columns, values: values)
        if task == "answers" {
            let answers = try JSONEncoder().encode(Answers(rows: rows, labels: labels, threads: threads))
            print(String(decoding: answers, as: UTF8.self))
            return
        }
        let start = DispatchTime.now().uptimeNanoseconds
        let part = options["--part"].flatMap(Int.init)
        let detail = try run(task, rows: rows, labels: labels, part: part, threads: threads)
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        print("{\"task\":\"\(task)\",\"seconds\":\(seconds),\"peak_mb\":\(try peakMegabytes()),\(detail(seconds))}")
    }

    /// - Returns: what to say of the result, given the seconds it took, as JSON fields.
    static func run(_ task: String, rows: Matrix, labels: [Int], part: Int?, threads: Int) throws -> (Double) -> String {
        if task == "product" {
            let gram = rows.gram(threads: threads)
            let operations = Double(rows.rows) * Double(rows.rows + 1) * Double(rows.columns)
            return { "\"gflops\":\(operations / $0 / 1e9),\"corner\":\(gram.values.last ?? 0)" }
        }
        if task == "classic-grid" {
            let folds = try Folds.stratified(labels: labels, count: 5)
            let candidates = CandidateGrid.classic().filter { candidate in
                switch candidate.estimator {
                case .svm: part == nil || part == 0
                case .randomForest: part == nil || part == 1
                default: part == nil || part == 2
                }
            }
            let result = try GridSearch(threads: threads).run(candidates: candidates, rows: rows, labels: labels, folds: folds)
            let means = result.candidates.map { "\($0.mean)" }.joined(separator: ",")
            return { _ in "\"means\":[\(means)]" }
        }
        let model = try estimator(task).fit(LabelledRows(rows: rows, labels: labels), threads: threads)
        let iterations = model.report.iterations
        return { _ in "\"iterations\":\(iterations),\"objective\":\(model.report.objective ?? 0)" }
    }

    /// The most memory this process held at once. (`getrusage` would count what its parent held before it became this program.)
    static func peakMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) / 1024
    }

    /// What a core could do at most without fused multiply-add.
    static func peak() -> Double {
        let rounds = 30_000_000
        return withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: 12) { lanes in
            for index in 0..<12 { lanes.initializeElement(at: index, to: SIMD8(repeating: Float(index))) }
            let start = DispatchTime.now().uptimeNanoseconds
            chains(rounds, lanes, factor: SIMD8(repeating: 0.5), addend: SIMD8(repeating: 0.25))
            let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
            return Double(rounds) * 12 * 16 / seconds / 1e9
        }
    }

    /// 12 chains of SIMD8<Float>, one multiplication and one addition each, in registers.
    @inline(never)
    static func chains(
        _ rounds: Int, _ x: UnsafeMutableBufferPointer<SIMD8<Float>>, factor: SIMD8<Float>, addend: SIMD8<Float>
    ) {
        var (a, b, c, d, e, f) = (x[0], x[1], x[2], x[3], x[4], x[5])
        var (g, h, i, j, k, l) = (x[6], x[7], x[8], x[9], x[10], x[11])
        for _ in 0..<rounds {
            a = a * factor + addend
            b = b * factor + addend
            c = c * factor + addend
            d = d * factor + addend
            e = e * factor + addend
            f = f * factor + addend
            g = g * factor + addend
            h = h * factor + addend
            i = i * factor + addend
            j = j * factor + addend
            k = k * factor + addend
            l = l * factor + addend
        }
        (x[0], x[1], x[2], x[3], x[4], x[5]) = (a, b, c, d, e, f)
        (x[6], x[7], x[8], x[9], x[10], x[11]) = (g, h, i, j, k, l)
    }

    static func estimator(_ task: String) throws -> Estimator {
        switch task {
        case "svm-rbf": .svm(SVMParameters(cost: 10, kernel: .rbf(gamma: .auto)))
        case "svm-linear": .svm(SVMParameters(cost: 10, kernel: .linear))
        case "linear-svm": .linearSVM(LinearSVMParameters(cost: 1, tolerance: 1e-4))
        case "logistic": .logisticRegression(LogisticParameters(cost: 1, tolerance: 1e-4, maximumIterations: 300))
        case "forest": .randomForest(ForestParameters(trees: 100))
        default: throw LearnError.invalidParameter(name: "task", value: task, allowed: "see the comment at the top")
        }
    }
}
