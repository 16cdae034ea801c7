import Foundation
import Learn

/// The charts of a data report.
enum DataCharts {
    static func counts(of set: PictureSet) -> String {
        set.labels.count > ManyLabels.limit
            ? ManyLabels.counts(labels: set.labels, counts: set.counts) : countChart(labels: set.labels, counts: set.counts)
    }

    /// How large, sharp, light and turned the faces are.
    static func measures(of measured: MeasuredCrops) -> [DataReportContent.Chart] {
        let sides = measured.crops.map { Double(min($0.size.width, $0.size.height)) }
        var charts = [chart("Size", "the shorter side in pixels", Histogram(sides))]
        let qualities = measured.crops.compactMap { $0.face?.quality }
        guard !qualities.isEmpty else { return charts }
        charts += [
            chart("Blur", "0 sharp, 1 without any fine detail", Histogram(qualities.map(\.blur), range: 0...1)),
            chart("Light", "mean brightness, 0 black, 1 white", Histogram(qualities.map(\.light), range: 0...1)),
            chart(
                "Turn", "-1 to the left of the picture, 0 from the front, 1 to the right", Histogram(qualities.map(\.turn), range: -1...1)),
        ]
        return charts
    }

    /// How large the photos are.
    static func measures(of photos: MeasuredPhotos) -> [DataReportContent.Chart] {
        let sizes = photos.set.pictures.map(\.size)
        return [
            chart("Width", "in pixels", Histogram(sizes.map { Double($0.width) })),
            chart("Height", "in pixels", Histogram(sizes.map { Double($0.height) })),
            chart("File", "in kilobytes", Histogram(photos.bytes.map { Double($0) / 1000 })),
            chart("Light", "mean brightness, 0 black, 1 white", Histogram(photos.light, range: 0...1)),
        ]
    }

    private static func chart(_ name: String, _ note: String, _ histogram: Histogram) -> DataReportContent.Chart {
        .init(name: name, note: note, picture: histogram.chart(title: "\(name), \(note)"))
    }

    /// Whom a plain linear model, which has not seen a face nor its near-duplicates, takes each face for.
    static func confusion(of fit: LabelProbabilities, labels: [String], classes: [Int]) throws -> String {
        guard labels.count > 1, fit.own(0) != nil else { return "" }
        let said = classes.indices.map { crop -> Int in
            guard let own = fit.own(crop), let rival = fit.rival(crop) else { return classes[crop] }
            return rival.probability > own ? rival.label : classes[crop]
        }
        let matrix = try ConfusionMatrix(labels: classes, predictions: said, classCount: labels.count)
        return labels.count > ManyLabels.limit
            ? ManyLabels.confusions(labels: labels, matrix: matrix) : confusionChart(labels: labels, matrix: matrix.table)
    }

    /// A point for every picture, coloured by its label; `data-s` and `data-n` name the place on the contact sheets that is shown on hover.
    static func map(_ map: TSNE.Map, of set: PictureSet) -> String {
        let (width, height, margin) = (980.0, 640.0, 14.0)
        let low = map.points.reduce(SIMD2(repeating: Double.infinity)) { pointwiseMin($0, $1) }
        let high = map.points.reduce(SIMD2(repeating: -Double.infinity)) { pointwiseMax($0, $1) }
        let span = SIMD2(max(high.x - low.x, .leastNormalMagnitude), max(high.y - low.y, .leastNormalMagnitude))
        let scale = min((width - 2 * margin) / span.x, (height - 2 * margin) / span.y)
        var places: [Int: Int] = [:]
        for members in ContactSheets.shown(set) { for (place, index) in members.enumerated() { places[index] = place } }
        let radius = map.points.count > 2000 ? 2.5 : 4.5
        var content = ""
        for (index, point) in map.points.enumerated() {
            let place = SIMD2(width, height) / 2 + (point - (low + high) / 2) * scale
            let picture = set.pictures[index]
            let sheet = places[index].map { " data-s=\"\(picture.label)\" data-n=\"\($0)\"" } ?? ""
            content += "<circle cx=\"\(SVG.number(place.x))\" cy=\"\(SVG.number(place.y))\" r=\"\(radius)\" "
            content +=
                "fill=\"\(colour(picture.label, of: set.labels.count))\"\(sheet)><title>\(SVG.escape(picture.file.text))</title></circle>"
        }
        let legend = set.labels.prefix(ManyLabels.limit).enumerated().map { label, name in
            "<span class=\"key\"><i style=\"background:\(colour(label, of: set.labels.count))\"></i>\(SVG.escape(name))</span>"
        }
        return """
            <div class="legend">\(legend.joined())</div><div class="map">\
            \(SVG.picture(width: Int(width), height: Int(height), title: "Map of \(map.points.count) faces", content))<div id="hover" hidden></div></div>
            <p class="muted">Divergence \(SVG.number(map.divergence)) nats.</p>
            """
    }

    /// Hues as far from each other as their number allows, two shades in turn.
    static func colour(_ label: Int, of count: Int) -> String {
        "hsl(\(label * 360 / max(count, 1)) 70% \(label % 2 == 0 ? 45 : 58)%)"
    }
}
