import Imaging
import Portraits
import Support
import Testing

/// FNV-1a over the size and the pixels: a portrait in one number.
private func fingerprint(_ image: Image) -> UInt64 {
    var hash = FNV1a()
    for number in [image.width, image.height] { for shift in [0, 8, 16, 24] { hash.add(UInt8(truncatingIfNeeded: number >> shift)) } }
    for byte in image.pixels { hash.add(byte) }
    return hash.value
}

/// Mean of the red, green and blue bytes of a rectangle.
private func mean(_ image: Image, _ rect: Rect) -> (Double, Double, Double) {
    let part = image.cropped(to: rect)
    var sums = (0.0, 0.0, 0.0)
    for i in stride(from: 0, to: part.pixels.count, by: 3) {
        sums.0 += Double(part.pixels[i])
        sums.1 += Double(part.pixels[i + 1])
        sums.2 += Double(part.pixels[i + 2])
    }
    let count = Double(rect.area)
    return (sums.0 / count, sums.1 / count, sums.2 / count)
}

@Suite struct PortraitTests {
    private static let athletes = PortraitStudio.athletes.indices
    /// Small pictures show the same as large ones, and a debug build draws many of them.
    private static func small(_ athlete: Int, _ number: Int, seed: UInt64 = 1) -> Image {
        PortraitStudio(seed: seed).portrait(of: athlete, number: number, width: 96).image
    }

    @Test func aSeedAnAthleteAndANumberMakeOnePicture() {
        #expect(Self.small(2, 3, seed: 7) == Self.small(2, 3, seed: 7))
    }

    @Test(arguments: [(UInt64(8), 2, 3), (7, 1, 3), (7, 2, 4)])
    func changingAnyOfTheThreeMakesAnother(seed: UInt64, athlete: Int, number: Int) {
        #expect(Self.small(2, 3, seed: 7) != Self.small(athlete, number, seed: seed))
    }

    /// The same numbers on every processor and in debug and release builds: only integers and exact IEEE operations paint.
    @Test(arguments: [
        (0, 0, UInt64(0x835c_0a43_10ab_cfad)), (1, 5, 0x7ac7_d41c_364c_8e3b), (2, 11, 0x8ed6_8d52_aab0_375e),
        (3, 29, 0x6a17_a579_f97a_f1c5),
        (4, 17, 0xd370_b5b7_b701_635d),
    ])
    func smallPicturesAreTheRecordedOnes(athlete: Int, number: Int, recorded: UInt64) {
        #expect(fingerprint(Self.small(athlete, number)) == recorded)
    }

    /// One of each kind in full size.
    #if !DEBUG
        @Test(arguments: [
            (0, 0, UInt64(0x4652_5e92_60cc_3016)), (1, 5, 0x1d2e_1b0b_0678_278b), (2, 11, 0x04af_3a14_5459_15ae),
            (3, 29, 0x141e_c21c_69f6_bd31),
            (4, 17, 0x6429_3299_69e0_7850),
        ])
        func picturesAreTheRecordedOnes(athlete: Int, number: Int, recorded: UInt64) {
            #expect(fingerprint(PortraitStudio(seed: 1).portrait(of: athlete, number: number).image) == recorded)
        }
    #endif

    @Test func noTwoPortraitsAreEqual() {
        let prints = Self.athletes.flatMap { athlete in (0..<6).map { fingerprint(Self.small(athlete, $0)) } }
        #expect(Set(prints).count == prints.count)
    }

    @Test func sizesLieAroundThoseOfAPhotoForTheWeb() {
        let sizes = [(0, 0), (4, 23)].map { PortraitStudio(seed: 3).portrait(of: $0.0, number: $0.1).image.size }
        for size in sizes {
            #expect((440...520).contains(size.width))
            #expect((size.width * 5 / 4...size.width * 5 / 4 + 16).contains(size.height))
        }
        #expect(Set(sizes).count > 1)
    }

    @Test(arguments: [1, 7, 33])
    func tinyPicturesAreDrawnToo(width: Int) {
        for number in [0, 5, 11, 17] {
            let image = PortraitStudio(seed: 2).portrait(of: number % 5, number: number, width: width).image
            #expect(image.size == Size(width: width, height: max(1, width * 5 / 4)))
        }
    }

    /// In the middle of a frontal portrait there is skin, redder than it is blue, and a picture is no flat card.
    @Test func frontalPortraitsShowSkin() {
        for athlete in Self.athletes {
            var red = 0.0, blue = 0.0
            for number in 0..<5 {
                let image = Self.small(athlete, number)
                let box = Rect(x: image.width * 2 / 5, y: image.height * 2 / 5, width: image.width / 5, height: image.height / 6)
                let colour = mean(image, box)
                red += colour.0
                blue += colour.2
                #expect(Set(image.pixels).count > 100)
            }
            #expect(red > blue * 1.08)
        }
    }
}

@Suite struct PortraitPlanTests {
    @Test func athletesAreFiveWithLabelsInByteOrder() {
        let labels = PortraitStudio.athletes.map(\.label)
        #expect(labels.count == 5)
        #expect(labels == labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(labels.allSatisfy { $0.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 } })
        for athlete in PortraitStudio.athletes {
            #expect(athlete.name.lowercased().replacing(" ", with: "_") == athlete.label)
        }
    }

    @Test func everyKindIsPlannedInBothParts() {
        let plan = PortraitStudio(seed: 1).plan()
        #expect(plan.training.count == 300)
        #expect(plan.keptAside.count == 120)
        for label in PortraitStudio.athletes.map(\.label) {
            for part in [plan.training, plan.keptAside] {
                #expect(Set(part.filter { $0.label == label }.map(\.kind)) == Set(PortraitKind.allCases))
            }
            #expect(plan.training.filter { $0.label == label && $0.kind == .frontal }.count == 50)
            #expect(plan.keptAside.filter { $0.label == label && $0.kind == .frontal }.count == 20)
        }
    }

    @Test func namesAreUniqueInEachPartAndSayTheLabel() {
        let plan = PortraitStudio(seed: 1).plan(training: 12, keptAside: 3)
        #expect(plan.training.first?.fileName == "ada_lindqvist_001.png")
        #expect(plan.keptAside.last?.fileName == "ren_asakawa_003.png")
        for part in [plan.training, plan.keptAside] {
            #expect(Set(part.map(\.fileName)).count == part.count)
            #expect(part.allSatisfy { $0.fileName.hasPrefix($0.label + "_") })
        }
    }

    @Test func aPlannedPortraitIsTheStudiosAndKeptAsideOnesAreOthers() {
        let studio = PortraitStudio(seed: 4)
        let plan = studio.plan(training: 2, keptAside: 1)
        let drawn = plan.keptAside[1].draw()
        #expect(drawn.image == studio.portrait(of: 1, number: 2).image)
        #expect(drawn.label == plan.keptAside[1].label && drawn.kind == plan.keptAside[1].kind)
    }

    @Test func anEmptyPlanIsEmpty() {
        let plan = PortraitStudio(seed: 1).plan(training: 0, keptAside: 0)
        #expect(plan.training.isEmpty && plan.keptAside.isEmpty)
    }

    @Test func plansOfAThousandKeepTheirNamesInOrder() {
        let names = PortraitStudio(seed: 1).plan(training: 1001, keptAside: 0).training.prefix(1001).map(\.fileName)
        #expect(names[998] == "ada_lindqvist_999.png")
        #expect(names[1000] == "ada_lindqvist_1001.png")
    }
}
