/// A photo as it was sent.
package struct PhotoUpload: Equatable, Sendable {
    /// The file's name, where the client sent one. It says nothing of the format, which is read from the bytes.
    package var name: String?
    package var bytes: [UInt8]

    package init(name: String?, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
