/// Writes metrics in the text format of Prometheus, version 0.0.4.
enum PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    static func render(_ series: [SeriesKey: PrometheusFactory.Series], help: [String: String]) -> String {
        var text = ""
        let families = Dictionary(grouping: series, by: \.key.name).sorted { $0.key < $1.key }
        for (name, members) in families {
            if let help = help[name] { text += "# HELP \(name) \(escaped(help, quotes: false))\n" }
            text += "# TYPE \(name) \(members.first.map { type($0.value) } ?? "untyped")\n"
            for (key, value) in members.sorted(by: { labels($0.key.dimensions) < labels($1.key.dimensions) }) {
                switch value {
                case .counter(let number), .gauge(let number):
                    text += "\(name)\(labels(key.dimensions)) \(formatted(number.value))\n"
                case .histogram(let histogram):
                    text += lines(histogram, name: name, dimensions: key.dimensions)
                }
            }
        }
        return text
    }

    private static func type(_ series: PrometheusFactory.Series) -> String {
        switch series {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func lines(_ histogram: MetricHistogram, name: String, dimensions: [[String]]) -> String {
        let snapshot = histogram.snapshot
        var text = ""
        var cumulative: UInt64 = 0
        for (bound, count) in zip(histogram.bounds, snapshot.buckets) {
            cumulative += count
            text += "\(name)_bucket\(labels(dimensions + [["le", formatted(bound)]])) \(cumulative)\n"
        }
        text += "\(name)_bucket\(labels(dimensions + [["le", "+Inf"]])) \(snapshot.count)\n"
        text += "\(name)_sum\(labels(dimensions)) \(formatted(snapshot.sum))\n"
        return text + "\(name)_count\(labels(dimensions)) \(snapshot.count)\n"
    }

    private static func labels(_ dimensions: [[String]]) -> String {
        guard !dimensions.isEmpty else { return "" }
        return "{" + dimensions.map { "\($0[0])=\"\(escaped($0[1], quotes: true))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        // Scalars: a line end of two, or a quote with an accent, is one character of neither kind.
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func formatted(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
