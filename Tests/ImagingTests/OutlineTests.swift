import Imaging
import Testing

@Suite struct OutlineTests {
    private let red = Image.Pixel(red: 255, green: 0, blue: 0)
    private let black = Image.Pixel(red: 0, green: 0, blue: 0)

    private func outlined(_ rects: [Rect], thickness: Int = 1) -> Image {
        Image(width: 9, height: 7, pixels: [UInt8](repeating: 0, count: 3 * 63))
            .outlining(rects, red: 255, green: 0, blue: 0, thickness: thickness)
    }

    /// The rows of the picture, # where it is red.
    private func drawing(_ image: Image) -> [String] {
        (0..<image.height).map { y in
            (0..<image.width).map { x in image[x, y] == red ? "#" : image[x, y] == black ? "." : "?" }.joined()
        }
    }

    @Test func aRectanglesBorderIsDrawnInsideIt() {
        #expect(
            drawing(outlined([Rect(x: 1, y: 2, width: 6, height: 4)]))
                == [".........", ".........", ".######..", ".#....#..", ".#....#..", ".######..", "........."])
        #expect(
            drawing(outlined([Rect(x: 0, y: 0, width: 7, height: 6)], thickness: 2))
                == ["#######..", "#######..", "##...##..", "##...##..", "#######..", "#######..", "........."])
    }

    @Test func whatLiesOutsideThePictureIsLeftOut() {
        #expect(
            drawing(outlined([Rect(x: -3, y: 4, width: 6, height: 9), Rect(x: 7, y: -2, width: 50, height: 4)]))
                == [".......#.", ".......##", ".........", ".........", "###......", "..#......", "..#......"])
        let empty = outlined([])
        #expect(outlined([Rect(x: 20, y: 20, width: 4, height: 4), Rect(x: -9, y: -9, width: 4, height: 4)]) == empty)
        #expect(outlined([Rect(x: 2, y: 2, width: 0, height: 4), Rect(x: 2, y: 2, width: 3, height: -1)]) == empty)
    }

    @Test func aLineThickerThanItsRectangleFillsIt() {
        #expect(
            drawing(outlined([Rect(x: 2, y: 1, width: 3, height: 2)], thickness: 99))
                == [".........", "..###....", "..###....", ".........", ".........", ".........", "........."])
        #expect(drawing(outlined([Rect(x: -5, y: -5, width: 99, height: 99)], thickness: 40)).allSatisfy { $0 == "#########" })
    }
}
