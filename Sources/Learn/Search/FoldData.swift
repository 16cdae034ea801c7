/// What the candidates of one fold share: preprocessed rows, their inner products, kernel matrices, sorted columns.
struct FoldData: Sendable {
    struct KernelPair: Sendable {
        let kernel: ResolvedKernel
        /// train x train
        let train: DoubleMatrix
        /// test x train
        let cross: DoubleMatrix
    }

    /// Labels, and the preprocessed rows unless all candidates work on products of them: then none, but their columns.
    let samples: LabelledRows
    let testRows: Matrix
    /// Inner products train x train and test x train, where candidates use them.
    let gram: DoubleMatrix?
    let cross: DoubleMatrix?
    let kernels: [KernelFunction: KernelPair]
    let forest: ForestSamples?

    /// What a list of units needs.
    struct Needs: Sendable {
        var kernels: [KernelFunction] = []
        var hasLogistic = false
        var hasForest = false
        var hasOther = false

        init(_ units: [SearchUnit]) {
            for unit in units {
                switch unit {
                case .svm(_, let parameters):
                    if !kernels.contains(parameters.kernel) { kernels.append(parameters.kernel) }
                case .logisticPath: hasLogistic = true
                case .forests: hasForest = true
                case .other: hasOther = true
                }
            }
        }

        /// Bytes of one fold's rows, in Float.
        static func rowBytes(train: Int, test: Int, columns: Int) -> Int { (train + test) * columns * 4 }

        /// Bytes of one fold's shared data: rows in Float; inner products in Double and as many numbers a kernel, train x train and
        /// test x train; for forests the columns in Float with 16 bits of rank a value.
        func bytes(train: Int, test: Int, columns: Int) -> Int {
            let rows = Self.rowBytes(train: train, test: test, columns: columns)
            let products = kernels.isEmpty && !hasLogistic ? 0 : (train + test) * train * 8 * (1 + kernels.count)
            return rows + products + (hasForest ? train * columns * 6 : 0)
        }
    }

    /// - Parameter augmentation: extra rows of all rows; those made from training rows join them.
    /// - Parameter sharesKernels: false where a kernel matrix would not fit the memory allowed; machines then compute their own.
    init(
        rows: Matrix, labels: [Int], classCount: Int, fold: Fold, augmentation: Augmentation?, steps: [PreprocessingStep], needs: Needs,
        sharesKernels: Bool,
        threads: Int
    ) throws(LearnError) {
        var train = rows.selecting(rows: fold.train)
        var test = rows.selecting(rows: fold.test)
        var trainLabels = fold.train.map { labels[$0] }
        if let augmentation {
            (train, trainLabels) = try augmentation.selecting(rows: fold.train).extending(train, labels: trainLabels)
        }
        for label in 0..<classCount where !trainLabels.contains(label) { throw LearnError.classWithoutRows(label: label) }
        for step in steps {
            let fitted = try step.fit(train, threads: threads)
            train = try fitted.transform(train, threads: threads)
            test = try fitted.transform(test, threads: threads)
        }
        let complete = LabelledRows(unchecked: train, labels: trainLabels, classCount: classCount)
        forest = needs.hasForest ? ForestSamples(complete, threads: threads) : nil
        let usesKernels = sharesKernels && !needs.kernels.isEmpty
        let hasSampleSpace = needs.hasLogistic && train.columns > train.rows
        let machinesNeedRows = !needs.kernels.isEmpty && !usesKernels
        let regressionsNeedRows = needs.hasLogistic && !hasSampleSpace
        let keepsRows = needs.hasForest || needs.hasOther || machinesNeedRows || regressionsNeedRows
        samples =
            keepsRows
            ? complete : LabelledRows(unchecked: Matrix(rows: 0, columns: train.columns), labels: trainLabels, classCount: classCount)
        testRows = keepsRows ? test : Matrix(rows: 0, columns: test.columns)
        guard usesKernels || hasSampleSpace else {
            gram = nil
            cross = nil
            kernels = [:]
            return
        }
        let gram = train.gram(threads: threads)
        let cross = try test.multiplied(byTransposeOf: train, threads: threads)
        var kernels: [KernelFunction: KernelPair] = [:]
        if usesKernels {
            let trainNorms = (0..<train.rows).map { gram[$0, $0] }
            let testNorms = test.squaredNorms()
            for function in needs.kernels {
                let kernel = try ResolvedKernel(function, rows: train)
                kernels[function] = KernelPair(
                    kernel: kernel, train: kernel.apply(toGram: gram),
                    cross: kernel.apply(to: cross, leftNorms: testNorms, rightNorms: trainNorms))
            }
        }
        self.gram = gram
        self.cross = cross
        self.kernels = kernels
    }
}
