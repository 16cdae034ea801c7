import Imaging
import Learn
import Recognition
import Support
import Testing

/// Picking the person who recurs in a folder, on made-up faces: people are points, and their faces lie about them.
struct FacePickerTests {
    private static let width = 24

    /// A labelled folder of photos and what is true of each: the place of the label's person among its faces.
    private struct Scene {
        var photos: [PickablePhoto] = []
        var truth: [Int?] = []
        var rows: [[Double]] = []

        /// - Parameters:
        ///   - absent: one photo in so many lacks its person.
        ///   - misled: in one photo in so many a bystander's face is larger and likelier than the person's.
        init(labels: Int, photosEach: Int, absent: Int, misled: Int, seed: UInt64) {
            var generator = SplitMix64(seed: seed)
            func noise() -> Double { Double(generator.next() % 20001) / 10000 - 1 }
            func point() -> [Double] { (0..<FacePickerTests.width).map { _ in noise() * 0.3 } }
            let people = (0..<labels).map { _ in point() }
            for label in 0..<labels {
                for number in 0..<photosEach {
                    let isAbsent = number % absent == absent - 1
                    let isMisled = number % misled == misled - 1
                    var faces: [(point: [Double], box: Rect, probability: Double)] = []
                    for bystander in 0..<(isAbsent || isMisled ? 2 : number % 3) {
                        let side = isMisled && bystander == 0 ? 90 : 50
                        faces.append((point(), Rect(x: 200 * bystander, y: 0, width: side, height: side), isMisled ? 0.99 : 0.8))
                    }
                    let place = isAbsent ? nil : number % (faces.count + 1)
                    if let place {
                        let own = people[label].map { $0 + noise() * 0.12 }
                        faces.insert((own, Rect(x: 700, y: 0, width: 60, height: 60), 0.9), at: place)
                    }
                    truth.append(place)
                    rows += faces.map(\.point)
                    photos.append(
                        PickablePhoto(
                            label: label, group: photos.count, faces: faces.map { PickableFace(box: $0.box, probability: $0.probability) }))
                }
            }
        }

        func matrix() throws -> Matrix { try DoubleMatrix(rows).converted(to: Float.self) }
    }

    @Test func thePersonWhoRecursIsPicked() throws {
        let scene = Scene(labels: 4, photosEach: 25, absent: 8, misled: 5, seed: 1)
        let outcome = try FacePicker().pick(scene.photos, rows: try scene.matrix(), threads: 2)
        #expect(outcome.hasSettled)
        let picked = zip(outcome.picks, scene.truth).compactMap { pick, truth in pick.map { ($0.face, truth) } }
        let present = scene.truth.count { $0 != nil }
        let right = picked.count { $0.0 == $0.1 }
        #expect(Double(right) / Double(picked.count) >= 0.95)
        #expect(Double(right) / Double(present) >= 0.9)
        // The strongest face alone, where picking begins, is wrong in all misled photos.
        let misled = scene.photos.indices.filter { $0 % 25 % 5 == 4 && scene.truth[$0] != nil }
        #expect(misled.count { outcome.picks[$0]?.face == scene.truth[$0] } * 10 >= misled.count * 8)
        for pick in outcome.picks.compactMap(\.self) { #expect((0.5...1).contains(pick.confidence)) }
    }

    @Test func threadsChangeNothing() throws {
        let scene = Scene(labels: 3, photosEach: 12, absent: 6, misled: 4, seed: 2)
        let outcomes = try [1, 2, 7].map { try FacePicker().pick(scene.photos, rows: try scene.matrix(), threads: $0) }
        #expect(outcomes[0] == outcomes[1] && outcomes[0] == outcomes[2])
    }

    @Test func whoIsSeenLessClearlyDoesNotVanish() throws {
        // Three people who recur clearly, and one of whom every photo shows a face that is hard to make out and unlike the others.
        var scene = Scene(labels: 3, photosEach: 20, absent: 20, misled: 20, seed: 4)
        var generator = SplitMix64(seed: 5)
        for _ in 0..<12 {
            scene.rows.append((0..<Self.width).map { _ in (Double(generator.next() % 20001) / 10000 - 1) * 0.3 })
            scene.photos.append(
                PickablePhoto(
                    label: 3, group: scene.photos.count,
                    faces: [PickableFace(box: Rect(x: 0, y: 0, width: 40, height: 40), probability: 0.15)]))
        }
        func picked(_ settings: FacePicker.Settings) throws -> Int {
            try FacePicker(settings).pick(scene.photos, rows: try scene.matrix(), threads: 1).picks.suffix(12).count { $0 != nil }
        }
        var strict = FacePicker.Settings()
        strict.leastShare = 0
        #expect(try picked(strict) < 6)
        #expect(try picked(FacePicker.Settings()) >= 6)
    }

    @Test func oneLabelAloneIsPickedToo() throws {
        let scene = Scene(labels: 1, photosEach: 30, absent: 10, misled: 6, seed: 3)
        let outcome = try FacePicker().pick(scene.photos, rows: try scene.matrix(), threads: 1)
        let right = zip(outcome.picks, scene.truth).count { $0 != nil && $0?.face == $1 }
        #expect(right >= 22)
    }

    @Test func fewPhotosGiveTheirStrongestFace() throws {
        let small = Rect(x: 0, y: 0, width: 40, height: 40)
        let large = Rect(x: 100, y: 0, width: 80, height: 80)
        let photo = PickablePhoto(
            label: 0, group: 0, faces: [PickableFace(box: small, probability: 0.9), PickableFace(box: large, probability: 0.9)])
        let rows = Matrix(rows: 2, columns: 1, values: [0.2, -0.2])
        let outcome = try FacePicker().pick([photo], rows: rows, threads: 1)
        #expect(outcome.picks == [FacePick(face: 1, confidence: 0.5)])
        #expect(outcome.rounds == 0)
    }

    @Test func photosWithoutFacesGiveNone() throws {
        let empty = PickablePhoto(label: 0, group: 0, faces: [])
        #expect(try FacePicker().pick([empty, empty], rows: Matrix(rows: 0, columns: 3), threads: 1).picks == [nil, nil])
        #expect(try FacePicker().pick([], rows: Matrix(rows: 0, columns: 0), threads: 1).picks.isEmpty)
    }

    @Test func rowsMustFit() throws {
        let photo = PickablePhoto(
            label: 0, group: 0, faces: [PickableFace(box: Rect(x: 0, y: 0, width: 9, height: 9), probability: 0.5)])
        #expect(throws: LearnError.rowLabelMismatch(rows: 2, labels: 1)) {
            try FacePicker().pick([photo], rows: Matrix(rows: 2, columns: 1), threads: 1)
        }
    }
}
