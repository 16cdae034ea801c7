import Imaging

/// Whatever can name the faces of a photo and describe what it learned: the trained `Recognizer`, or a double in a server's tests.
public protocol FaceNaming: Sendable {
    /// Decodes `bytes` and names the accepted faces; blocks a thread for the time it takes.
    /// - Throws: `ImagingError` when the bytes are no readable picture; `CascadeError` where a limit ends the work.
    func answer(for bytes: [UInt8], limits: PhotoLimits) throws -> PhotoAnswer

    /// Names the labels, in class order.
    var labels: [String] { get }

    /// What `GET /api/model` and `lineup info` show.
    var summary: ModelSummary { get }

    /// Computes the self-test vectors anew and compares them with those stored in the model file.
    /// - Throws: `RecognitionError.selfTestFailed` where they differ.
    func checkSelfTest() throws
}
