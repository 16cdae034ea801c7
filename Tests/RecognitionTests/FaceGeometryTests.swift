import Imaging
import Recognition
import Testing

@Suite struct FaceGeometryTests {
    private func isNear(_ a: Place, _ b: Place, _ tolerance: Double = 1e-9) -> Bool {
        abs(a.x - b.x) < tolerance && abs(a.y - b.y) < tolerance
    }

    @Test func aPoseAndItsSquareSayTheSame() {
        let square = FaceSquare(centre: [101.25, 77.5], side: 64)
        let back = FacePose(in: square).square
        #expect(isNear(back.centre, square.centre) && abs(back.side - square.side) < 1e-9)
        #expect(FaceSquare(square.rect).rect == square.rect)
    }

    @Test func aViewMovesAPoseThereAndBack() throws {
        let pose = FacePose(left: [40, 52], right: [71, 47])
        let view = try FaceView(pose)
        #expect(view.move(to: pose).indices.allSatisfy { abs(view.move(to: pose)[$0]) < 1e-9 })
        let move: SIMD4<Double> = [1.5, -2, 0.25, 3]
        let back = view.move(to: view.pose(movedBy: move))
        #expect(move.indices.allSatisfy { abs(back[$0] - move[$0]) < 1e-9 })
    }

    @Test func aViewShowsTheEyesWhereItSays() throws {
        var pixels = [UInt8](repeating: 0, count: 200 * 160)
        // A bright disc about each eye of a turned face.
        let pose = FacePose(left: [80, 60], right: [120, 75])
        for y in 0..<160 {
            for x in 0..<200 where [pose.left, pose.right].contains(where: { isNear($0, [Double(x), Double(y)], 3) }) {
                pixels[y * 200 + x] = 255
            }
        }
        let view = try FaceView(pose).picture(of: Gray(width: 200, height: 160, pixels: pixels))
        for eye in [FaceView.eyes.left, FaceView.eyes.right] {
            #expect(view.pixels[Int(eye.y.rounded()) * view.width + Int(eye.x.rounded())] > 200)
        }
    }

    @Test func scalingKeepsPixelCentres() {
        let pose = FacePose(left: [-0.5, -0.5], right: [9.5, -0.5]).scaled(by: 3)
        #expect(isNear(pose.left, [-0.5, -0.5]) && isNear(pose.right, [29.5, -0.5]))
    }

    @Test func squaresOverlapByIntersectionOverUnion() {
        let square = FaceSquare(centre: [10, 10], side: 20)
        #expect(square.overlap(square) == 1)
        #expect(square.overlap(FaceSquare(centre: [20, 10], side: 20)) == 200.0 / 600)
        #expect(square.overlap(FaceSquare(centre: [40, 10], side: 20)) == 0)
    }

    @Test func qualityTellsSharpFromBlurred() {
        func plane(_ value: (Int, Int) -> Int) -> Gray {
            Gray(width: 64, height: 64, pixels: (0..<64 * 64).map { UInt8(value($0 % 64, $0 / 64)) })
        }
        let checks = plane { x, y in (x / 2 + y / 2).isMultiple(of: 2) ? 220 : 30 }
        let ramp = plane { x, _ in 3 * x }
        #expect(FaceQuality.blur(of: checks) < 0.2)
        #expect(FaceQuality.blur(of: ramp) > 0.95)
        #expect(FaceQuality.blur(of: plane { _, _ in 9 }) == 1)
        #expect(FaceQuality.light(of: plane { _, _ in 51 }) == 0.2)
    }
}
