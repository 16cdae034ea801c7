import Metrics
import Synchronization

/// A swift-metrics backend that keeps everything in memory until its text for Prometheus is requested.
///
/// Handed to each metric by its owner, not installed for the whole process: two servers in one process count apart. A tool that
/// wants its libraries' metrics too may pass one to `MetricsSystem.bootstrap`.
public final class PrometheusFactory: MetricsFactory {
    enum Series: Sendable {
        case counter(MetricNumber)
        case gauge(MetricNumber)
        case histogram(MetricHistogram)
    }

    private struct State: Sendable {
        var series: [SeriesKey: Series] = [:]
        var help: [String: String] = [:]
    }

    private let state = Mutex(State())

    /// A factory without any series.
    public init() {}

    /// The text that stands as `# HELP` above the metric called `label`.
    public func describe(_ label: String, _ help: String) {
        let name = SeriesKey(label: label, dimensions: []).name
        state.withLock { $0.help[name] = help }
    }

    /// All series in the text format of Prometheus (version 0.0.4), ordered by name.
    /// - Complexity: O(n log n) for n series.
    public func text() -> String {
        let state = state.withLock { $0 }
        return PrometheusText.render(state.series, help: state.help)
    }

    private func number(_ key: SeriesKey, isCounter: Bool) -> MetricNumber {
        state.withLock { state in
            switch state.series[key] {
            case .counter(let number), .gauge(let number): return number
            case .histogram, nil:
                let number = MetricNumber()
                state.series[key] = isCounter ? .counter(number) : .gauge(number)
                return number
            }
        }
    }

    private func histogram(_ key: SeriesKey) -> MetricHistogram {
        state.withLock { state in
            if case .histogram(let histogram) = state.series[key] { return histogram }
            let histogram = MetricHistogram()
            state.series[key] = .histogram(histogram)
            return histogram
        }
    }

    /// A counter of whole numbers.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        NumberHandler(number(SeriesKey(label: label, dimensions: dimensions), isCounter: true))
    }

    /// A counter of any numbers.
    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        NumberHandler(number(SeriesKey(label: label, dimensions: dimensions), isCounter: true))
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        NumberHandler(number(SeriesKey(label: label, dimensions: dimensions), isCounter: false))
    }

    /// A histogram where `aggregate` is set, a gauge otherwise.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let key = SeriesKey(label: label, dimensions: dimensions)
        return aggregate ? HistogramHandler(histogram(key)) : NumberHandler(number(key, isCounter: false))
    }

    /// A histogram of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        HistogramHandler(histogram(SeriesKey(label: label, dimensions: dimensions)))
    }

    // A series, once shown, stays: Prometheus would read its absence as a restart.
    /// Does nothing.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Does nothing.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing.
    public func destroyTimer(_ handler: any TimerHandler) {}
}

private final class NumberHandler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler {
    private let number: MetricNumber

    init(_ number: MetricNumber) { self.number = number }

    func increment(by amount: Int64) { number.add(Double(amount)) }
    func increment(by amount: Double) { number.add(amount) }
    func decrement(by amount: Double) { number.add(-amount) }
    func reset() { number.set(0) }
    func set(_ value: Int64) { number.set(Double(value)) }
    func set(_ value: Double) { number.set(value) }
    func record(_ value: Int64) { number.set(Double(value)) }
    func record(_ value: Double) { number.set(value) }
}

private final class HistogramHandler: TimerHandler, RecorderHandler {
    private let histogram: MetricHistogram

    init(_ histogram: MetricHistogram) { self.histogram = histogram }

    func recordNanoseconds(_ duration: Int64) { histogram.observe(Double(duration) / 1e9) }
    func record(_ value: Int64) { histogram.observe(Double(value)) }
    func record(_ value: Double) { histogram.observe(value) }
}
