import ArgumentParser
import Foundation
import Logging
import Recognition
import Serve

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves a model over HTTP, with a page.",
        discussion: """
            Listens on 127.0.0.1 unless --host says otherwise; put a proxy in front of it for the world. The page is at /, the API is
            described at /api/openapi.yaml, health at /healthz and /readyz, figures for Prometheus at /metrics.

            EXAMPLES:
              lineup serve model.safetensors
              lineup serve model.safetensors --host 0.0.0.0 --port 80
              lineup serve --print-config > lineup.conf
              lineup serve model.safetensors --config lineup.conf --max-pixels 20000000
              curl -F file=@photo.jpg localhost:8080/api/classify
            """)

    @Argument(help: "A model file written by train.")
    var model: String?

    @OptionGroup var address: AddressOptions
    @OptionGroup var common: ServerOptions

    func validate() throws {
        if model == nil, !common.printConfig { throw ValidationError("serve needs a model file written by train") }
    }

    func run() async throws {
        var configuration = try await common.configuration()
        if common.printConfig { return print(ServeSettingOptions.printed(configuration), terminator: "") }
        guard let model else { throw ValidationError("serve needs a model file written by train") }
        if let samples = common.samples { configuration.samples = try SamplePhoto.photos(in: fileURL(samples)) }
        let recognizer = try Recognizer(contentsOf: fileURL(model), threads: 1, checksSelfTest: false)
        try await serve(recognizer, configuration: configuration, address: address, logsJSON: common.logJson)
    }
}
