import SystemPackage

/// What a watched inbox was seen to hold: a file is ready when two looks found it the same, and once is enough.
struct InboxLooks {
    private struct Look {
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
        var isTaken = false
    }

    private var looks: [FilePath: Look] = [:]

    /// Looks at a file again; whether it is to be taken now.
    mutating func isReady(_ path: FilePath) -> Bool {
        // What is gone, or cannot be looked at, is not ready.
        guard let status = try? path.stat() else {
            looks[path] = nil
            return false
        }
        var look = Look(size: status.size, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
        defer { looks[path] = look }
        guard let last = looks[path], last.size == look.size, last.seconds == look.seconds, last.nanoseconds == look.nanoseconds else {
            return false
        }
        look.isTaken = true
        return !last.isTaken
    }
}
