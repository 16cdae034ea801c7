import Metrics
import Serve
import Testing

@Suite struct PrometheusTests {
    @Test func everyKindOfMetricIsWrittenAsTheFormatWants() {
        let factory = PrometheusFactory()
        factory.describe("b.requests_total", "Requests\nby \\ route.")
        Counter(label: "b.requests_total", dimensions: [("route", "/a"), ("says", "a \"b\"\n\\")], factory: factory).increment(by: 3)
        Counter(label: "b.requests_total", dimensions: [("route", "/a"), ("says", "a \"b\"\n\\")], factory: factory).increment()
        Counter(label: "b.requests_total", dimensions: [("route", "/")], factory: factory).increment(by: 0)
        FloatingPointCounter(label: "c_seconds_total", factory: factory).increment(by: 0.25)
        Meter(label: "9 lives", factory: factory).set(-1.5)
        Gauge(label: "a_gauge", factory: factory).record(2)
        #expect(
            factory.text() == """
                # TYPE _9_lives gauge
                _9_lives -1.5
                # TYPE a_gauge gauge
                a_gauge 2
                # HELP b_requests_total Requests\\nby \\\\ route.
                # TYPE b_requests_total counter
                b_requests_total{route="/"} 0
                b_requests_total{route="/a",says="a \\"b\\"\\n\\\\"} 4
                # TYPE c_seconds_total counter
                c_seconds_total 0.25

                """)
    }

    @Test func histogramsAreCumulativeAndEndAtInfinity() {
        let factory = PrometheusFactory()
        let timer = Metrics.Timer(label: "t_seconds", dimensions: [("s", "x")], factory: factory)
        for seconds in [0.0005, 0.001, 0.2, 100.0] { timer.recordSeconds(seconds) }
        let lines = factory.text().split(separator: "\n").map(String.init)
        #expect(lines.first == "# TYPE t_seconds histogram")
        #expect(lines.contains("t_seconds_bucket{s=\"x\",le=\"0.001\"} 2"))
        #expect(lines.contains("t_seconds_bucket{s=\"x\",le=\"0.1\"} 2"))
        #expect(lines.contains("t_seconds_bucket{s=\"x\",le=\"0.25\"} 3"))
        #expect(lines.contains("t_seconds_bucket{s=\"x\",le=\"60\"} 3"))
        #expect(lines.contains("t_seconds_bucket{s=\"x\",le=\"+Inf\"} 4"))
        #expect(lines.contains("t_seconds_count{s=\"x\"} 4"))
        #expect(lines.contains("t_seconds_sum{s=\"x\"} 100.2015"))
    }
}
