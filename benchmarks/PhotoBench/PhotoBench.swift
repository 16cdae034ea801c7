import Foundation
import Imaging
import Learn
import Recognition

@main
struct PhotoBench {
    struct Line: Decodable { struct F: Decodable { var box: [Double]; var n: [String: Int] }; var set: String; var photo: String; var faces: [F] }
    struct T: Decodable { var photo: String; var athlete: [Int]? }
    static func main() throws {
        let a = CommandLine.arguments
        let all = try String(contentsOfFile: a[1], encoding: .utf8).split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        let set = a[3]
        let width = 26816
        let raw = try Data(contentsOf: URL(fileURLWithPath: a[2]), options: .alwaysMapped)
        var rows: [Float] = []; var n = 0; var r = 0
        for l in all { for _ in l.faces {
            if l.set == set { n += 1; raw.withUnsafeBytes { p in rows += Array(UnsafeBufferPointer(start: p.baseAddress!.assumingMemoryBound(to: Float.self) + r * 2 * width, count: width)) } }
            r += 1
        } }
        let lines = all.filter { $0.set == set }
        let matrix = Matrix(rows: n, columns: width, values: rows)
        let clock = ContinuousClock(); var t = clock.now
        let space = try PickingSpace(of: matrix, blockLengths: [4096, 2832, 4356, 2124, 4096, 2832, 4356, 2124], threads: 2)
        print("space", clock.now - t); t = clock.now
        let z = try space.coordinates(of: matrix, threads: 2)
        print("coordinates", z.rows, z.columns, clock.now - t)
        var truth: [String: [Int]] = [:]
        for l in try String(contentsOfFile: a[4], encoding: .utf8).split(separator: "\n") { let x = try JSONDecoder().decode(T.self, from: Data(l.utf8)); if let b = x.athlete { truth[x.photo] = b } }
        let labels = Set(lines.map { String($0.photo.split(separator: "/")[0]) }).sorted()
        let photos = lines.enumerated().map { i, l in PickablePhoto(label: labels.firstIndex(of: String(l.photo.split(separator: "/")[0]))!, group: i, faces: l.faces.map { f in
            let k = log(Double(f.n.values.reduce(0, +)) + 1) - 2.5 + 0.8 * Double(f.n.count - 2)
            return PickableFace(box: Rect(x: Int(f.box[0]), y: Int(f.box[1]), width: Int(f.box[2]), height: Int(f.box[3])), probability: 1 / (1 + exp(-k))) }) }
        // near duplicates by features
        var grouped = photos
        var first: [Int] = []; for p in photos { first.append((first.last ?? 0) + p.faces.count) }
        var ph: [Int] = []; for (i, p) in photos.enumerated() { ph += p.faces.map { _ in i } }
        let g = try z.multiplied(byTransposeOf: z, threads: 2)
        var pairs = 0
        for i in 0..<n { for j in 0..<i where ph[i] != ph[j] && g[i, j] > 0.75 * (g[i, i] * g[j, j]).squareRoot() { pairs += 1
            let (x, y) = (grouped[ph[i]].group, grouped[ph[j]].group); if x != y { for k in grouped.indices where grouped[k].group == max(x, y) { grouped[k].group = min(x, y) } } } }
        print("near pairs", pairs)
        func run(_ name: String, _ change: (inout FacePicker.Settings) -> Void) throws {
            var s = FacePicker.Settings(); change(&s)
            let t = clock.now
            for least in [s.leastConfidence] {
                s.leastConfidence = least
                let o = try FacePicker(s).pick(grouped, rows: z, threads: 2)
                var text = ""
                for bar in [least, 0.7, 0.85, 0.95] {
                    var picked = 0, right = 0, total = 0
                    for (i, l) in lines.enumerated() { guard let b = truth[l.photo] else { continue }; total += 1
                        if let p = o.picks[i], p.confidence >= bar { picked += 1; if photos[i].faces[p.face].box.overlap(Rect(x: b[0], y: b[1], width: b[2], height: b[3])) > 0.3 { right += 1 } } }
                    text += String(format: " %.2f: p %.3f r %.3f", bar, Double(right) / Double(picked), Double(right) / Double(total))
                }
                print(name, "rounds", o.rounds, o.hasSettled, "picked", o.picks.count { $0 != nil }, text, clock.now - t)
            }
        }
        try run("standard") { _ in }
        for r in [1, 2, 3, 15] { try run("rounds \(r)") { $0.maximumRounds = r } }
        for v in [0.03, 0.3, 1] { try run("penalty \(v)") { $0.penalty = v } }
        for v in [0, 0.25, 1] { try run("probability \(v)") { $0.probabilityWeight = v } }
        for v in [0, 0.5, 2] { try run("size \(v)") { $0.sizeWeight = v } }
        for v in [-3, -2, 0.0, 1] { try run("nobody \(v)") { $0.nobodyWeight = v } }
        for v in [0, 1.0] { try run("rival \(v)") { $0.rivalShare = v } }
        for v in [0.3, 0.4, 0.6] { try run("least \(v)") { $0.leastConfidence = v } }
    }
}
