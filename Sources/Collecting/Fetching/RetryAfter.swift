import Foundation

/// The header `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
package enum RetryAfter {
    /// - Returns: how long to wait from `now` on, not below zero; nil for what is neither.
    package static func seconds(_ value: String, now: Date) -> Int? {
        let value = value.trimmingCharacters(in: .whitespaces)
        if !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { return Int(value) ?? Int.max }
        // An IMF-fixdate; the two old forms of dates are not sent any more.
        let format = Date.VerbatimFormatStyle(
            format:
                "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
        guard let date = try? Date(value, strategy: format.parseStrategy) else { return nil }
        return max(0, Int(date.timeIntervalSince(now).rounded(.up)))
    }
}
