import Foundation
import ServeSupport

/// A headless Chromium, driven over the W3C WebDriver protocol (JSON over HTTP) by its chromedriver.
final class WebDriver: Sendable {
    /// Where chromedriver is, nil when it is not installed.
    static let driver: String? = {
        let folders =
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/bin", "/usr/lib/chromium"]
        return folders.map { "\($0)/chromedriver" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static let absence = "chromedriver is not installed (apt-get install chromium chromium-driver)"

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// How the window is: its size in CSS pixels and what it prefers.
    struct Window: Sendable {
        var width = 1200
        var height = 900
        var isDark = false
        var isPhone = false
    }

    private let port: Int
    private let session: String

    /// Runs `body` with a fresh browser that shows `url`.
    static func with<Value>(_ window: Window = Window(), showing url: URL, body: (WebDriver) async throws -> Value) async throws -> Value {
        let (process, port) = try startDriver()
        // Not `terminate()`: the driver inherits a thread's signal mask, in which SIGTERM may be blocked.
        defer { kill(process.processIdentifier, SIGKILL) }
        do {
            let browser = WebDriver(port: port, session: try await openSession(port, window))
            try await browser.prepare(window, url)
            let value = try await body(browser)
            await quit(port)
            return value
        } catch {
            await quit(port)
            throw error
        }
    }

    private init(port: Int, session: String) {
        self.port = port
        self.session = session
    }

    /// Starts chromedriver on a free port, which it prints.
    ///
    /// It takes whatever port is free on `::1` and then the same one on `127.0.0.1`, where a test beside this one may hold it:
    /// then it ends, and is started again.
    private static func startDriver() throws -> (Process, Int) {
        guard let driver else { throw Failure(description: absence) }
        var printed = ""
        for _ in 0..<10 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: driver)
            process.arguments = ["--port=0"]
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            printed = ""
            while true {
                let data = output.fileHandleForReading.availableData
                if data.isEmpty { break }
                printed += String(decoding: data, as: UTF8.self)
                if let match = printed.firstMatch(of: /started successfully on port (\d+)/), let port = Int(match.1) {
                    return (process, port)
                }
            }
            guard printed.contains("port not available") else { break }
        }
        throw Failure(description: "chromedriver did not start: \(printed)")
    }

    private static func openSession(_ port: Int, _ window: Window) async throws -> String {
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
            "--window-size=\(window.width),\(window.height)", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        ]
        let options: [String: Any] = ["args": arguments]
        let wanted: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
        ]
        let answer = try await send("POST", port, "session", ["capabilities": ["alwaysMatch": wanted]])
        guard let id = (answer as? [String: Any])?["sessionId"] as? String else { throw Failure(description: "no session: \(answer)") }
        return id
    }

    private func prepare(_ window: Window, _ url: URL) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            ["width": window.width, "height": window.height, "deviceScaleFactor": window.isPhone ? 2 : 1, "mobile": window.isPhone])
        let scheme = window.isDark ? "dark" : "light"
        try await devTools(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": scheme], ["name": "prefers-reduced-motion", "value": "reduce"]]])
        // Layout shifts that no input of the last half second explains, as https://web.dev/cls counts them.
        let shifts = """
            window.layoutShift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())
              if (!entry.hadRecentInput) window.layoutShift += entry.value; }).observe({ type: "layout-shift", buffered: true });
            """
        try await devTools("Page.addScriptToEvaluateOnNewDocument", ["source": shifts])
        _ = try await command("POST", "url", ["url": url.absoluteString])
        try await wait("document.documentElement.dataset.ready === 'true'")
    }

    /// The value of a JavaScript function's body.
    @discardableResult
    func run(_ script: String, _ arguments: [Any] = []) async throws -> Any {
        try await command("POST", "execute/sync", ["script": script, "args": arguments])
    }

    func text(_ expression: String) async throws -> String { (try await run("return \(expression)")) as? String ?? "" }
    func number(_ expression: String) async throws -> Double { (try await run("return \(expression)")) as? Double ?? .nan }
    func isTrue(_ expression: String) async throws -> Bool { (try await run("return Boolean(\(expression))")) as? Bool ?? false }

    /// Waits until a JavaScript expression is true, for 15 seconds at most.
    func wait(_ expression: String) async throws {
        let end = ContinuousClock.now + .seconds(15)
        while ContinuousClock.now < end {
            if try await isTrue(expression) { return }
            try await Task.sleep(for: .milliseconds(40))
        }
        throw Failure(description: "never true: \(expression)")
    }

    /// Chooses files in a file field, as a person does in the dialog.
    func choose(_ files: [URL], in selector: String) async throws {
        let found = try await command("POST", "element", ["using": "css selector", "value": selector])
        guard let element = (found as? [String: String])?.values.first else { throw Failure(description: "no \(selector)") }
        try await run("document.querySelector(arguments[0]).hidden = false", [selector])
        _ = try await command("POST", "element/\(element)/value", ["text": files.map(\.path).joined(separator: "\n")])
        try await run("document.querySelector(arguments[0]).hidden = true", [selector])
    }

    /// Presses and releases keys; `"\u{E004}"` is Tab, `"\u{E007}"` Enter, `"\u{E00C}"` Escape (WebDriver, section 17.4.2).
    func press(_ keys: String) async throws {
        let strokes: [[String: Any]] = keys.flatMap { key in
            [["type": "keyDown", "value": String(key)], ["type": "keyUp", "value": String(key)]]
        }
        _ = try await command("POST", "actions", ["actions": [["type": "key", "id": "keyboard", "actions": strokes]]])
    }

    /// Presses and releases keys while another is held down.
    func hold(_ modifier: String, pressing keys: String) async throws {
        let strokes: [[String: Any]] = keys.flatMap { key in
            [["type": "keyDown", "value": String(key)], ["type": "keyUp", "value": String(key)]]
        }
        let actions: [[String: Any]] = [["type": "keyDown", "value": modifier]] + strokes + [["type": "keyUp", "value": modifier]]
        _ = try await command("POST", "actions", ["actions": [["type": "key", "id": "keyboard", "actions": actions]]])
    }

    /// What the page wrote to the console at level SEVERE: script errors, blocked resources, failed requests.
    func errors() async throws -> [String] {
        let log = try await command("POST", "se/log", ["type": "browser"])
        guard let entries = log as? [[String: Any]] else { throw Failure(description: "no browser log but \(log)") }
        return entries.filter { $0["level"] as? String == "SEVERE" }.compactMap { $0["message"] as? String }
    }

    @discardableResult
    func devTools(_ method: String, _ parameters: [String: Any]) async throws -> Any {
        try await command("POST", "goog/cdp/execute", ["cmd": method, "params": parameters])
    }

    /// Ends the driver and every browser it opened; whether it answers does not matter.
    private static func quit(_ port: Int) async {
        _ = try? await send("GET", port, "shutdown", nil)
    }

    private func command(_ method: String, _ path: String, _ body: [String: Any]?) async throws -> Any {
        try await Self.send(method, port, "session/\(session)/\(path)", body)
    }

    /// Over a plain socket: Foundation's HTTP client does not read chromedriver's header lines.
    private static func send(_ method: String, _ port: Int, _ path: String, _ body: [String: Any]?) async throws -> Any {
        let content = try body.map { [UInt8](try JSONSerialization.data(withJSONObject: $0)) } ?? []
        let head =
            "\(method) /\(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(content.count)\r\nConnection: close\r\n\r\n"
        let bytes = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<[UInt8], any Error>) in
            Thread {
                continuation.resume(
                    with: Result {
                        let connection = try RawConnection(port: port, patience: 60)
                        try connection.send(Array(head.utf8) + content)
                        return try connection.receiveResponse().body
                    })
            }.start()
        }
        let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        let value = object?["value"] ?? NSNull()
        if let error = (value as? [String: Any])?["error"] as? String {
            throw Failure(description: "\(path): \(error): \((value as? [String: Any])?["message"] ?? "")")
        }
        return value
    }
}
