import Foundation
import Imaging
import Learn

/// What `report.mustache` shows; the names are the template's.
struct ReportContent {
    struct Figure {
        var name: String
        var value: String
    }

    struct Sample {
        var picture: String
        var caption: String
    }

    struct Crop {
        var crop: String
        var detail: String
        var caption: String
    }

    struct CandidateRow {
        var name: String
        var mean: String
        var spread: String
        var folds: [String]
        var verdict: String
        var isBest: Bool
    }

    struct ClassRow {
        var label: String
        var precision: String
        var recall: String
        var f1: String
        var support: Int
    }

    struct Mistake {
        var crop: String
        var said: String
        var score: String
        var truth: String
        var truthScore: String
        var path: String
    }

    struct Strangers {
        var note: String
        var chart: String
    }

    let style = Report.style
    var title: String
    var subtitle: String
    var figures: [Figure] = []
    var counts: String
    var samples: [Sample]
    var crops: [Crop]
    var measured: String
    var candidates: [CandidateRow] = []
    var candidatesNote = ""
    var folds: [Int] = []
    var assessed = ""
    var confusion: String
    var classes: [ClassRow]
    var reliability: String
    var calibrationNote: String
    var mistakes: [Mistake]
    var photos: String?
    var strangers: Strangers?

    // Stored, because a template sees stored properties only.
    let hasSamples: Bool
    let hasCrops: Bool
    let hasMistakes: Bool

    init(title: String, subtitle: String, assessment: Assessment, set: TrainingSet) throws {
        let matrix = try assessment.confusion()
        let metrics = try assessment.probabilityMetrics()
        self.title = title
        self.subtitle = subtitle
        let isMany = assessment.labels.count > ManyLabels.limit
        counts =
            set.labels.count > ManyLabels.limit
            ? ManyLabels.counts(labels: set.labels, counts: set.counts) : countChart(labels: set.labels, counts: set.counts)
        samples = try ReportPictures.samples(of: set)
        crops = try ReportPictures.crops(of: set, measuredBy: set.extractor.settings)
        measured =
            "\(set.extractor.count) numbers a crop. Left the crop, right " + ReportPictures.detailCaption(of: set.extractor.settings)
        confusion =
            isMany
            ? ManyLabels.confusions(labels: assessment.labels, matrix: matrix)
            : confusionChart(labels: assessment.labels, matrix: matrix.table)
        let measured = zip(assessment.labels, matrix.measures)
        classes = (isMany ? measured.sorted { $0.1.f1 < $1.1.f1 } : Array(measured)).map { label, measures in
            ClassRow(
                label: label, precision: SVG.percent(measures.precision), recall: SVG.percent(measures.recall),
                f1: SVG.percent(measures.f1), support: measures.support)
        }
        reliability = reliabilityChart(
            metrics.bins.filter { $0.count > 0 }.map {
                ReliabilityPoint(confidence: $0.meanConfidence, accuracy: $0.accuracy, count: $0.count)
            })
        calibrationNote = String(
            format: "Expected calibration error %.3f, log loss %.3f, Brier score %.3f.", metrics.expectedCalibrationError, metrics.logLoss,
            metrics.brier)
        mistakes = try assessment.worstMistakes(12).map { verdict in
            let row = set.rows[verdict.row]
            return Mistake(
                crop: try ReportPictures.jpeg(try set.picture(of: verdict.row), side: 180), said: assessment.labels[verdict.said],
                score: SVG.percent(verdict.score), truth: assessment.labels[verdict.truth],
                truthScore: SVG.percent(verdict.truthScore), path: row.path.text)
        }
        photos = PhotosToFaces(try Manifest(folder: set.folder).ordered).html()
        hasSamples = !samples.isEmpty
        hasCrops = !crops.isEmpty
        hasMistakes = !mistakes.isEmpty
    }

    /// What keeping strangers out costs; nothing for a model that names everybody.
    mutating func show(_ unknown: UnknownThreshold?) {
        strangers = unknown.map { Strangers(note: strangersSentence($0), chart: strangersChart($0)) }
    }

    /// Fills the table of candidates.
    mutating func show(candidates all: [ModelSummary.Candidate], best: Int, folds count: Int, grouped: Bool) {
        folds = Array(1...count)
        candidatesNote =
            grouped
            ? "Accuracy by cross-validation, near-duplicates always on one side of a split."
            : "Accuracy by stratified cross-validation that ignores near-duplicates, as the classic pipeline does."
        candidates = all.enumerated().map { index, candidate in
            let parameters = candidate.parameters.sorted { $0.key < $1.key }.map { " \($0.key) \($0.value)" }.joined()
            return CandidateRow(
                name: candidate.estimator.replacingOccurrences(of: "_", with: " ") + parameters, mean: SVG.percent(candidate.mean),
                spread: SVG.percent(candidate.standardDeviation), folds: candidate.foldAccuracies.map(SVG.percent),
                verdict: index == best ? "best" : candidate.tiesWithBest.map { $0 ? "ties with the best" : "worse beyond chance" } ?? "",
                isBest: index == best)
        }
    }
}
