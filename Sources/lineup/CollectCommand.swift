import ArgumentParser
import Collecting
import Foundation
import Imaging
import Recognition
import Support
import SystemPackage

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Fills photos/<label>/ from a folder, an archive, a list or a web page, and writes down where each photo came from.",
        discussion: """
            SOURCE is a folder with a folder for each label, or, with --label, the photos of one; a zip or tar of such a folder; or a list: CSV
            or JSON Lines with label and url, and licence, source page and author where they are known, or the .collected.jsonl of another
            collection. --page takes the pictures of a web page.

            What a photo is, its bytes say; what is none is refused with its reason. Names become such that every file system takes them.
            The same photo twice under one label is a hard link; nearly the same pictures are noted. photos/.collected.jsonl has a line for
            each. A rerun takes only what is new or has changed.

            Servers are asked one request at a time and at most --rate a second each, and left alone as long as they ask for. Of pages
            robots.txt is obeyed. Addresses of this machine and of private networks are refused unless --allow-private. Proxies are those of
            the environment (https_proxy and so on); names are then resolved by the proxy, so that only addresses written as such are checked.

            Where no photo came at all and none was there before, the exit code is not 0: 65 for a folder or an archive, 69 for a list or a
            page. Single photos that could not be had are told and are no failure.

            With --watch a folder is an inbox, as browser extensions for bulk downloads fill: files are taken as they are finished, until
            Ctrl-C. Labels that lineup forget erased are left out unless --again.

            EXAMPLES:
              lineup collect holiday-pictures --into photos
              lineup collect athletes.csv --into photos
              lineup collect --page https://example.org/team --label ann --min-size 200x200
              lineup collect photos.zip --into photos
              lineup collect ~/Downloads/ann --label ann --into photos --watch
            """)

    @Argument(help: "A folder, a zip or tar of one, or a list (.csv, .tsv, .jsonl).")
    var source: String?

    @Option(help: ArgumentHelp("Take the pictures of this web page.", valueName: "address"))
    var page: String?

    @Option(help: ArgumentHelp("The folder of photos.", valueName: "folder"))
    var into = "photos"

    @Option(
        help: ArgumentHelp("The label of the page's pictures, or of all photos that lie in the folder SOURCE itself.", valueName: "name"))
    var label: FileArgument?

    @Flag(help: "Hard-link the files of a folder where the file system can, instead of copying them.")
    var link = false

    @Flag(help: "Go on taking what comes into the folder, until Ctrl-C.")
    var watch = false

    @Flag(help: "Take in labels that were forgotten.")
    var again = false

    @OptionGroup(title: "Web options") var web: CollectWebOptions

    @Flag(help: "Print one JSON object per line on standard output, and nothing else there.")
    var json = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func validate() throws {
        guard (source == nil) != (page == nil) else { throw ValidationError("collect takes a SOURCE or --page ADDRESS --label NAME") }
        guard page == nil || label != nil else { throw ValidationError("--page needs the --label of whom it shows") }
        try web.check()
    }

    func run() async throws {
        let label = try label.map { argument in
            guard let label = RelativePath(label: argument.bytes) else {
                throw ValidationError("\(argument) is no label: name the folder alone")
            }
            return label
        }
        if let page, let label { return try await collectWeb(.page(page, label)) }
        guard let source else { return }
        let file = fileURL(source)
        if isFolder(FilePath(file.path)) { return try collectFolder(file, as: nil, label: label) }
        guard !watch else { throw ValidationError("--watch takes a folder") }
        if PhotoArchiveFile.isArchive(file) {
            let archive = try PhotoArchiveFile(file)
            return try withExtendedLifetime(archive) { try collectFolder(archive.folder, as: file, label: label) }
        }
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw RecognitionError.missing(path: source, what: "folder or file")
        }
        guard ["csv", "tsv", "jsonl", "ndjson"].contains(file.pathExtension.lowercased()) else {
            throw CollectingError.unusableList(
                path: source, line: nil,
                reason: "is no folder, no archive, and no list: expected a name that ends in .csv, .tsv, .jsonl or .ndjson")
        }
        guard label == nil else { throw ValidationError("a list names its own labels; leave --label out") }
        try await collectWeb(.list(file))
    }
}
