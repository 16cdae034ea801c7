import Cascade
import Hummingbird
import Imaging
import Recognition
import Synchronization

/// `POST /api/detect`: one standard cascade run on a photo or several, the detection engine alone.
///
/// The query chooses: `cascade`, `scale-factor`, `min-neighbors`, `min-size=WxH`, `max-size=WxH`, `levels=true`, with the defaults of
/// `lineup detect`.
struct DetectRoute: Sendable {
    static let path = "/api/detect"

    let desk: PhotoDesk
    /// Seconds that the work on a request's photos may take when a search begins or goes on.
    let searchTime: Double
    private let cascades = CascadeCache()

    init(desk: PhotoDesk, searchTime: Double) {
        self.desk = desk
        self.searchTime = searchTime
    }

    var routes: [Route] {
        [Route(method: .post, path: Self.path, handler: respond)]
    }

    @Sendable private func respond(_ request: Request, _ context: LineupContext) async throws -> Response {
        let query = try DetectQuery(request.uri.queryParameters.map { (String($0.key), String($0.value)) })
        let (limits, time, cascades) = (desk.limits, searchTime, cascades)
        /// Set when the first photo's turn comes.
        let deadline = FirstUse { ContinuousClock.now + .seconds(time) }
        let outcomes = try await desk.outcomes(for: request, context: context, fields: ClassifyRoute.fields, acceptsForm: false) { bytes in
            let clock = ContinuousClock()
            let start = clock.now
            _ = deadline.value
            let image = try ImageFile.decode(bytes, limits: limits.image)
            let decode = (clock.now - start) / .milliseconds(1)
            let search = ObjectSearch(try cascades.classifier(query.cascade), query.parameters)
            do {
                let (objects, detect) = try search.objects(
                    in: image, within: SearchLimits(maximumHits: limits.hits, deadline: deadline.value))
                return DetectAnswer(
                    image: image.size, cascade: query.cascade.rawValue, objects: query.givesLevels ? objects : objects.map(\.plain),
                    milliseconds: .init(decode: decode, detect: detect))
            } catch CascadeError.tooManyHits(let limit) {
                throw RequestError.tooManyHits(limit: limit)
            } catch CascadeError.outOfTime {
                throw RequestError.searchTooLong(seconds: time)
            }
        }
        return try PhotoList.response(to: outcomes)
    }
}

/// A value made when it is first asked for.
private final class FirstUse<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let make: @Sendable () -> Value

    init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    var value: Value {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}

/// The objects of one photo.
package struct DetectAnswer: Codable, Equatable, Sendable {
    package struct Times: Codable, Equatable, Sendable {
        package var decode: Double
        package var detect: Double
    }

    package var image: Size
    package var cascade: String
    package var objects: [FoundObject]
    package var milliseconds: Times
}

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
