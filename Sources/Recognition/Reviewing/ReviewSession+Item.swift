import Imaging

extension ReviewSession {
    /// One crop as a page shows it.
    public struct Item: Sendable, Encodable {
        /// Its number in this review.
        public var id: Int
        /// "label/name" inside the folder of crops, as it is now; of one put aside, where it was.
        public var file: RelativePath
        /// The label it lies under now.
        public var label: String
        /// How suspicious it is, 0 to 1; absent until the crops are ranked, and of one that could not be measured.
        public var suspicion: Double?
        /// In words.
        public var why: [String] = []
        /// The most probable other label.
        public var other: String?
        /// What was decided; absent where nothing was.
        public var state: ReviewDecision.Action?
        /// Its photo, where that is known.
        public var photo: Photo?
    }

    /// The photo of a crop.
    public struct Photo: Sendable, Encodable {
        /// "label/name" inside the folder of photos.
        public var path: RelativePath
        /// In pixels.
        public var width: Int
        /// In pixels.
        public var height: Int
        /// All faces found in it.
        public var faces: [FoundFace]
        /// The place of the crop's own face among them; absent where it is not one of them.
        public var face: Int?

        /// The photo that a crop was cut from; nil where its size is not known.
        init?(of record: PhotoRecord, crop: PhotoRecord.Crop?) {
            guard let width = record.width, let height = record.height else { return nil }
            path = record.path
            self.width = width
            self.height = height
            faces = record.faces
            face = crop.flatMap { crop in record.faces.firstIndex { $0.box == crop.box } }
        }
    }

    /// How far the ranking of a review has come.
    public struct Progress: Sendable, Equatable, Encodable {
        /// Crops measured.
        public var done = 0
        /// Crops to measure.
        public var total = 0
        /// Whether `order` and the items are ranked.
        public var isRanked = false
        /// Why they never will be; nil while all is well.
        public var error: String?
    }
}

extension PhotoRecord {
    /// The crop that is or was at a path: a person may have moved it to another label.
    func crop(at file: RelativePath) -> Crop? {
        crops.first { $0.file == file } ?? crops.first { $0.file.parts[1] == file.parts[1] }
    }
}
