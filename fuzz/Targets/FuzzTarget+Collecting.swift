import Collecting
import Foundation
import Recognition

extension FuzzTarget {
    /// Lists of photos, as JSON Lines and as a table.
    static let list = FuzzTarget(name: "list") { bytes in
        try withFolder { folder in
            for name in ["list.jsonl", "list.csv"] {
                let file = folder.appendingPathComponent(name)
                try Data(bytes).write(to: file)
                guard let list = try? PhotoList(file) else { continue }
                for photo in list.photos { try require(RelativePath(label: photo.label.bytes) != nil, "a label \(photo.label)") }
            }
        }
    }

    /// What sites answer beside photos: the first line is an address, a set of sources and a time to wait; the rest is a robots.txt.
    static let site = FuzzTarget(name: "site") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let line = String(text.prefix { !$0.isNewline })
        let rules = RobotsRules(String(text.dropFirst(line.count)))
        try require(rules.delay.map { .zero <= $0 && $0 <= .seconds(60) } ?? true, "a delay of \(rules.delay ?? .zero)")
        _ = rules.allow(line)
        if let source = SourceSet.largest(line) { try require(!source.isEmpty, "an empty source") }
        if let seconds = RetryAfter.seconds(line, now: Date(timeIntervalSince1970: 0)) { try require(seconds >= 0, "\(seconds) s") }
        if let base = try? WebAddress("https://example.org/a/b?c"), let address = try? WebAddress(line, relativeTo: base) {
            try require(!address.name.isEmpty || address.scheme == .file, "an address without a name: \(address.text)")
            _ = rules.allow(address.pathAndQuery)
        }
    }
}
