import Foundation

/// The target that LINEUP_FUZZ_TARGET names.
private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["LINEUP_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        let names = FuzzTarget.all.map(\.name).joined(separator: " ")
        say("LINEUP_FUZZ_TARGET is \"\(name)\", allowed: \(names)")
        exit(64)
    }
    return target
}()

/// Ends the process after so many seconds of its own work on one input; libFuzzer's timer counts the time that other programs take too, and so
/// blames inputs for a busy machine.
private let mostSeconds = 20

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    limitTime()
    do {
        try chosen.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
        return 0
    } catch {
        // libFuzzer takes the signal for a finding and keeps the input.
        say("CONTRADICTION: \(error)")
        abort()
    }
}

private func limitTime() {
    _ = installed
    var timer = itimerval(it_interval: timeval(tv_sec: 0, tv_usec: 0), it_value: timeval(tv_sec: mostSeconds, tv_usec: 0))
    setitimer(__itimer_which_t(ITIMER_VIRTUAL.rawValue), &timer, nil)
}

/// The timer's signal becomes an abort, which libFuzzer takes for a finding.
private let installed: Void = {
    signal(SIGVTALRM) { _ in abort() }
    return ()
}()

private func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
