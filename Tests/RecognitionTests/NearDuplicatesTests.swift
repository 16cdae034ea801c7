import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

@Suite struct NearDuplicatesTests {
    private func hash(_ flips: [Int]) -> DifferenceHash {
        var digits = Array(repeating: UInt8(0), count: 32)
        for bit in flips { digits[bit / 8] ^= 1 << UInt8(bit % 8) }
        return DifferenceHash(digits.map { String(format: "%02x", $0) }.joined())!
    }

    @Test func photosWithinTheirLimitAreNearAndOnePastItAreNot() {
        let farCrop = hash(Array(100..<200))
        let a = NearDuplicates.Hashes(label: 0, photo: hash([]), crop: hash([]))
        #expect(NearDuplicates.areNear(a, .init(label: 0, photo: hash(Array(0..<26)), crop: farCrop)))
        #expect(!NearDuplicates.areNear(a, .init(label: 0, photo: hash(Array(0..<27)), crop: farCrop)))
        #expect(!NearDuplicates.areNear(a, .init(label: 0, photo: nil, crop: farCrop)))
    }

    @Test func cropsWithinTheirLimitAreNearAndOnePastItAreNot() {
        let a = NearDuplicates.Hashes(label: 0, photo: nil, crop: hash([]))
        #expect(NearDuplicates.areNear(a, .init(label: 0, photo: nil, crop: hash(Array(0..<40)))))
        #expect(!NearDuplicates.areNear(a, .init(label: 0, photo: nil, crop: hash(Array(0..<41)))))
    }

    @Test func groupsAreChainsNumberedByTheirFirstMember() {
        // 0 - 2 - 4 is a chain whose ends are 60 bits apart; 1 and 3 stand alone.
        let items = [[], Array(100..<250), Array(0..<30), Array(60..<200), Array(0..<60)].map {
            NearDuplicates.Hashes(label: 0, photo: nil, crop: hash($0))
        }
        #expect(NearDuplicates.groups(of: items) == [0, 1, 0, 2, 0])
        #expect(NearDuplicates.groups(of: []) == [])
    }

    /// Two people whose crops are alike by chance stay two groups; copies of a crop or a photo are one whatever their labels.
    @Test func underTwoLabelsCopiesAloneAreNear() {
        func item(_ label: Int, _ flips: Range<Int>) -> NearDuplicates.Hashes {
            NearDuplicates.Hashes(label: label, photo: nil, crop: hash(Array(flips)))
        }
        let items = [item(0, 0..<0), item(1, 0..<9), item(0, 0..<40), item(1, 0..<8)]
        #expect(!NearDuplicates.areNear(items[0], items[1]) && NearDuplicates.areNear(items[0], items[2]))
        #expect(NearDuplicates.areNear(items[0], items[3]))
        #expect(NearDuplicates.groups(of: Array(items.prefix(3))) == [0, 1, 0])
        #expect(NearDuplicates.groups(of: items) == [0, 0, 0, 0])
        let photos = [(0, hash([])), (1, hash(Array(0..<26)))].map { NearDuplicates.Hashes(label: $0, photo: $1, crop: $1) }
        #expect(NearDuplicates.areNear(photos[0], photos[1]) && NearDuplicates.groups(of: photos) == [0, 0])
    }

    /// In one group, as chains make it: two people who look alike in two photos are no pair, nor are two people in one photo.
    @Test func aPairUnderTwoLabelsIsOneFaceOfOnePhotoOrACopy() {
        func item(_ label: Int, photo: Range<Int>?, crop: Range<Int>) -> NearDuplicates.Hashes {
            NearDuplicates.Hashes(label: label, photo: photo.map { hash(Array($0)) }, crop: hash(Array(crop)))
        }
        let ann = item(0, photo: 0..<0, crop: 0..<0)
        func pairs(_ other: NearDuplicates.Hashes) -> Int { CropPairs.underTwoLabels([ann, other], groups: [0, 0]).count }
        #expect(pairs(item(1, photo: 0..<26, crop: 0..<40)) == 1)
        #expect(pairs(item(1, photo: nil, crop: 0..<8)) == 1)
        #expect(pairs(item(1, photo: 0..<27, crop: 0..<40)) == 0, "another photo")
        #expect(pairs(item(1, photo: nil, crop: 0..<9)) == 0, "no copy, of a photo that is not known")
        #expect(pairs(item(1, photo: 0..<0, crop: 0..<41)) == 0, "another face of the photo")
        #expect(pairs(item(0, photo: 0..<0, crop: 0..<0)) == 0, "the same label")
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
    func groupsOfTheSharedCropsAreTheGoldens() throws {
        struct Golden: Decodable { var group: [Int] }
        struct Rows: Decodable {
            struct Row: Decodable {
                var photo: String
                var box: [Int]
            }
            var rows: [Row]
        }
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: SharedData.goldens.appendingPathComponent("groups.json")))
        let rows = try JSONDecoder().decode(
            Rows.self, from: Data(contentsOf: SharedData.goldens.appendingPathComponent("classic/rows.json"))
        ).rows
        #if DEBUG
            let tested = 40
        #else
            let tested = rows.count
        #endif
        let labels = rows.map { $0.photo.split(separator: "/").dropLast().joined(separator: "/") }
        let items = try zip(rows, labels).prefix(tested).map { row, label -> NearDuplicates.Hashes in
            let image = try ImageFile.decode(try SharedData.bytes(of: row.photo))
            let crop = image.cropped(to: Rect(x: row.box[0], y: row.box[1], width: row.box[2], height: row.box[3]))
            return NearDuplicates.Hashes(
                label: labels.firstIndex(of: label) ?? 0, photo: DifferenceHash(of: image), crop: DifferenceHash(of: crop))
        }
        #expect(NearDuplicates.groups(of: items) == Array(golden.group.prefix(tested)))
    }
}
