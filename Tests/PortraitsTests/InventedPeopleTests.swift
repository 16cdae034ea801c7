import Imaging
import Portraits
import Testing

/// People beyond the five of the demo.
@Suite struct InventedPeopleTests {
    private let studio = PortraitStudio(seed: 3)

    @Test func theSameNumbersDrawTheSameFace() {
        let face = studio.face(ofInvented: 11, number: 4)
        #expect(face.image == PortraitStudio(seed: 3).face(ofInvented: 11, number: 4).image)
        #expect(face.image != studio.face(ofInvented: 11, number: 5).image)
        #expect(face.image != studio.face(ofInvented: 12, number: 4).image)
        #expect(face.image != PortraitStudio(seed: 4).face(ofInvented: 11, number: 4).image)
        #expect(face.label == "person_0011")
        #expect(face.kind == .frontal)
    }

    @Test func hundredsOfPeopleHaveLabelsInOrder() {
        let people = (0..<500).map { Athlete.invented($0, seed: 1) }
        let labels = people.map(\.label)
        #expect(labels == labels.sorted())
        #expect(Set(labels).count == 500)
        #expect(people[42].name == "Person 0042")
        #expect(Athlete.invented(12_345, seed: 1).label == "person_12345")
    }

    @Test func facesFillTheirPictures() {
        for person in 0..<6 {
            let image = studio.face(ofInvented: person, number: person).image
            #expect(min(image.width, image.height) >= 120)
            // The middle is skin, lighter than the pupils and darker than paper.
            let centre = image.grayscale().pixels[image.width * (image.height / 2) + image.width / 2]
            #expect((20...250).contains(centre))
        }
    }
}
