import ArgumentParser
import CProcessor
import Foundation

/// The command line tool: who is in the photo?
@main
struct Lineup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lineup",
        abstract: "Names the person in a photo, trained on a folder of labelled photos.",
        discussion: """
            EXAMPLES:
              lineup demo                                       no data needed: drawn portraits, trained, served
              lineup clean photos --into faces                  photos/<label>/* -> crops of faces with two eyes
              lineup train faces --out model.safetensors        learns, writes the model and a report
              lineup classify model.safetensors photo.jpg       who is it?
              lineup serve model.safetensors --port 8080        the same over HTTP, with a page
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, CollectCommand.self, CleanCommand.self, ReviewCommand.self, ReportCommand.self, ForgetCommand.self,
            TrainCommand.self,
            EvaluateCommand.self,
            ClassifyCommand.self, DetectCommand.self,
            WaveletCommand.self, ServeCommand.self, InfoCommand.self, ExportCommand.self,
        ])

    static func main() async {
        var kind: any ParsableCommand.Type = Lineup.self
        do {
            var command = try parseAsRoot(Arguments.all())
            kind = type(of: command)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(with: error, of: kind)
        }
    }
}
