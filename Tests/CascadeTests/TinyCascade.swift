/// A hand-made cascade file of under 2 KB, with parts that tests replace.
struct TinyCascade {
    var declaration = "<?xml version=\"1.0\"?>"
    var root = "opencv_storage"
    var stageType = "BOOST"
    var featureType = "HAAR"
    var width = "6"
    var height = "6"
    var categories = "0"
    var threshold = "-0.5"
    var nodes = ["0 -1 0 1.5e-1", "0 -1 1 -2.e-2"]
    var leaves = ["1. -1.", ".75 -7.5e-1"]
    var features = [
        "<rects><_>0 0 6 4 -1.</_><_>0 2 6 2 2.</_></rects><tilted>0</tilted>",
        "<rects><_>2 1 2 2 -1.</_><_>2 1 1 1 2.</_></rects><tilted>1</tilted>",
    ]

    var text: String {
        let weak = zip(nodes, leaves).map { "<_><internalNodes>\($0)</internalNodes><leafValues>\($1)</leafValues></_>" }
        return """
            \(declaration)
            <!-- made for tests -->
            <\(root)>
            <cascade type_id='opencv-cascade-classifier'><stageType>\(stageType)</stageType>
            <featureType>\(featureType)</featureType><height>\(height)</height><width>\(width)</width>
            <stageParams><maxWeakCount>2</maxWeakCount></stageParams>
            <featureParams><maxCatCount>\(categories)</maxCatCount></featureParams><stageNum>1</stageNum>
            <stages><_><maxWeakCount>2</maxWeakCount><stageThreshold>\(threshold)</stageThreshold>
            <weakClassifiers>\(weak.joined())</weakClassifiers></_></stages>
            <features>\(features.map { "<_>\($0)</_>" }.joined())</features></cascade>
            </\(root)>

            """
    }

    var bytes: [UInt8] { Array(text.utf8) }

    static let lbpSubset = "0 -1 0 -1 -21569 1 2 3 4 5 -2147483648"

    /// One local binary pattern.
    static var lbp: TinyCascade {
        TinyCascade(
            featureType: "LBP", categories: "256", nodes: [lbpSubset], leaves: ["-1 1"], features: ["<rect>0 0 2 2</rect>"])
    }

    /// The layout of OpenCV before 2.4.
    static let old = """
        <?xml version="1.0"?>
        <opencv_storage>
        <tiny type_id="opencv-haar-classifier"><size>6 6</size>
        <stages><_><trees>
        <_><_><feature><rects><_>0 0 6 4 -1.</_><_>0 2 6 2 2.</_></rects><tilted>0</tilted></feature>
        <threshold>0.15</threshold><left_node>1</left_node><right_val>0.25</right_val></_>
        <_><feature><rects><_>0 0 4 6 -1.</_><_>2 0 2 6 2.</_></rects><tilted>0</tilted></feature>
        <threshold>-0.02</threshold><left_val>1.5</left_val><right_val>-1.</right_val></_></_>
        </trees><stage_threshold>-0.5</stage_threshold><parent>-1</parent><next>-1</next></_></stages></tiny>
        </opencv_storage>

        """
}
