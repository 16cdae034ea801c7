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

    @Test func grayFollowsTheFifteenBitWeights() {
        let image = Image(width: 2, height: 1, pixels: [200, 100, 50, 255, 255, 255])
        #expect(image.grayscale().pixels == [124, 255])  // 4,069,850 + 16,384 over 32,768
        #expect(image.grayscaleWithRedAndBlueExchanged().pixels == [96, 255])
    }
}
