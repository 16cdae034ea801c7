/// What `data.mustache` shows; the names are the template's. A section of which there is nothing to show is an empty list, else it has one element.
struct DataReportContent {
    struct Figure {
        var name: String
        var value: String
    }

    struct Sheet {
        /// Escaped for attributes too, which Mustache does not do for a quote with an accent.
        var label: String
        var count: Int
        /// Of the sheet's picture, which points of the map look up.
        var id: String
        var picture: String
        var mean: String
        var note: String
    }

    struct Chart {
        var name: String
        var note: String
        var picture: String
    }

    let style = Report.style
    var title: String
    var subtitle: String
    var figures: [Figure] = []
    var counts = ""
    var outcomes = ""
    var measures: [Chart] = []
    var sheets: [Sheet] = []
    var sheetsNote = ""
    /// Of each picture on a sheet, in pixels.
    var side = 0
    var duplicates: [String] = []
    var confusion: [String] = []
    var map: [String] = []
    var origins: [String] = []

    init(title: String, subtitle: String) {
        self.title = title
        self.subtitle = subtitle
    }

    /// A section of its own, or none where there is nothing to show.
    static func section(_ html: String) -> [String] { html.isEmpty ? [] : [html] }

    mutating func add(_ sheets: ContactSheets) {
        self.sheets = sheets.sheets
        sheetsNote = sheets.note
        side = sheets.side
    }
}
