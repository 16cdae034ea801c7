import ArgumentParser

/// An amount of memory as an option's value: bytes, or with a unit "512M", "2G" (mebibytes, gibibytes).
package struct MemorySize: ExpressibleByArgument, CustomStringConvertible {
    package let megabytes: Int

    init(megabytes: Int) { self.megabytes = megabytes }

    /// Nil for anything else, and for less than nothing.
    package init?(argument: String) {
        let units: [Character: (times: Int, parts: Int)] = ["K": (1, 1 << 10), "M": (1, 1), "G": (1 << 10, 1)]
        let unit = argument.last.flatMap { units[Character($0.uppercased())] }
        guard let number = Int(unit == nil ? argument[...] : argument.dropLast()), (0...1 << 50).contains(number) else { return nil }
        let (times, parts) = unit ?? (1, 1 << 20)
        megabytes = number * times / parts
    }

    package var description: String { megabytes % 1024 == 0 ? "\(megabytes / 1024)G" : "\(megabytes)M" }
    package var defaultValueDescription: String { description }
}
