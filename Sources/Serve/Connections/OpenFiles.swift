import Foundation

/// How many files, and so connections, the system lets this process have open.
package enum OpenFiles {
    /// What the process has open besides connections: event loops, logs, models being read.
    package static let kept = 48

    /// Raises the process's limit as far as it may, and gives it.
    static func raisedLimit() -> Int {
        var limit = rlimit()
        #if canImport(Glibc) || canImport(Musl)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return .max }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// The connections that fit: `wanted`, or what `limit` leaves after those in the reserve and the files kept for other things, but
    /// at least 4.
    package static func connections(wanted: Int, reserve: Int, limit: Int) -> Int {
        min(wanted, max(4, limit - kept - reserve))
    }
}
