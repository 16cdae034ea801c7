package struct LinearExactPlan: Sendable {
    package let source: Size
    package let target: Size
    package let columns: LinearExactAxis
    package let rows: LinearExactAxis

    package init(from source: Size, to target: Size) {
        self.source = source
        self.target = target
        columns = LinearExactAxis(from: source.width, to: target.width)
        rows = LinearExactAxis(from: source.height, to: target.height)
    }
}
