import Imaging
import Testing

@Suite struct RectTests {
    @Test func rectanglesThatDoNotMeetHaveAnEmptyIntersection() {
        let a = Rect(x: 0, y: 0, width: 4, height: 4)
        #expect(a.intersection(Rect(x: 4, y: 0, width: 2, height: 2)).isEmpty)
        #expect(a.intersection(Rect(x: 3, y: 2, width: 9, height: 9)) == Rect(x: 3, y: 2, width: 1, height: 2))
        #expect(a.union(Rect(x: 6, y: -1, width: 2, height: 3)) == Rect(x: 0, y: -1, width: 8, height: 5))
    }

    @Test func aCropHoldsThePixelsOfItsRectangle() {
        let gray = Gray(width: 4, height: 3, pixels: (0..<12).map { UInt8($0) })
        #expect(gray.cropped(to: Rect(x: 1, y: 1, width: 2, height: 2)).pixels == [5, 6, 9, 10])
    }

    @Test func aPixelIsNamedByItsColumnAndRow() {
        let image = Image(width: 2, height: 3, pixels: (0..<18).map { UInt8($0) })
        #expect(image[0, 0] == Image.Pixel(red: 0, green: 1, blue: 2))
        #expect(image[1, 2] == Image.Pixel(red: 15, green: 16, blue: 17))
        #expect(Gray(width: 2, height: 3, pixels: [0, 1, 2, 3, 4, 5])[1, 2] == 5)
    }

    @Test func grayFollowsTheFifteenBitWeights() {
        let image = Image(width: 2, height: 1, pixels: [200, 100, 50, 255, 255, 255])
        #expect(image.grayscale().pixels == [124, 255])  // 4,069,850 + 16,384 over 32,768
    }
}
