import ArgumentParser
import Foundation
import Logging
import Recognition
import Serve

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves models over HTTP, with a page.",
        discussion: """
            Listens on 127.0.0.1 unless --host says otherwise; put a proxy in front of it for the world. The page is at /, the API is
            described at /api/, health at /healthz and /readyz, figures for Prometheus at /metrics.

            The first model answers; each answers at /api/models/NAME/classify. Changed files, and new ones in folders, are taken while the
            server runs, and at once at SIGHUP, when they reproduce their self-test; a bad file changes nothing.

            EXAMPLES:
              lineup serve model.safetensors
              lineup serve model.safetensors --host 0.0.0.0 --port 80
              lineup serve models/ --admin-port 9090 --feedback corrections
              lineup serve --print-config > lineup.conf
              lineup serve model.safetensors --config lineup.conf --max-pixels 20000000
              curl -F file=@photo.jpg localhost:8080/api/classify
            """)

    @Argument(help: "Model files written by train, or folders of them; the first is the default.")
    var models: [String] = []

    @OptionGroup var address: AddressOptions
    @OptionGroup var common: ServerOptions

    func validate() throws {
        if models.isEmpty, !common.printConfig { throw ValidationError("serve needs a model file written by train") }
    }

    func run() async throws {
        var configuration = try await common.configuration()
        if common.printConfig { return print(ServeSettingOptions.printed(configuration), terminator: "") }
        if let samples = common.samples { configuration.samples = try SamplePhoto.photos(in: fileURL(samples)) }
        let files = ModelFiles(models.map(fileURL)) { try Recognizer(contentsOf: $0, threads: 1, checksSelfTest: false) }
        try await serve(configuration: configuration, address: address, logsJSON: common.logJson) {
            try LineupService(models: files, configuration: $0, onListening: $1)
        }
    }
}
