import Support

extension Cancellation {
    /// - Throws: `RecognitionError.cancelled` once a stop was requested.
    package func check() throws(RecognitionError) {
        if isRequested { throw .cancelled }
    }
}
