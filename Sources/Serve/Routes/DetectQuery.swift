import Cascade
import Imaging

/// What the query asks for.
package struct DetectQuery: Equatable, Sendable {
    package var cascade = StandardCascade.frontalFaceDefault
    package var parameters: DetectionParameters
    package var givesLevels = false

    /// - Throws: `RequestError.badParameter` for an unknown name, or a value outside its range.
    package init(_ query: [(name: String, value: String)]) throws(RequestError) {
        var (scaleFactor, minNeighbors, minSize, maxSize) = (1.1, 3, Size.zero, Size.zero)
        for (name, value) in query {
            func read<T>(_ parsed: T?, _ expected: String) throws(RequestError) -> T {
                guard let parsed else { throw .badParameter(name: name, found: value, expected: expected) }
                return parsed
            }
            switch name {
            case "cascade":
                let names = StandardCascade.allCases.map(\.rawValue).joined(separator: ", ")
                cascade = try read(StandardCascade(named: value), "one of \(names)")
            case "scale-factor": scaleFactor = try read(Double(value), "a number above 1")
            case "min-neighbors": minNeighbors = try read(Int(value), "a whole number from 0")
            case "min-size": minSize = try read(Size(value), "WIDTHxHEIGHT")
            case "max-size": maxSize = try read(Size(value), "WIDTHxHEIGHT")
            case "levels": givesLevels = try read(Bool(value), "true or false")
            default:
                throw .badParameter(
                    name: name, found: value, expected: "cascade, scale-factor, min-neighbors, min-size, max-size or levels")
            }
        }
        do {
            parameters = try DetectionParameters(
                scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize, threads: 1)
        } catch .invalidParameter(let name, let value, let allowed) {
            throw .badParameter(name: name, found: value, expected: allowed)
        } catch {
            throw .badParameter(name: "parameters", found: "\(error)", expected: "numbers in their ranges")
        }
    }
}
