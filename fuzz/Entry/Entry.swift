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

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try chosen.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
        return 0
    } catch {
        // libFuzzer takes the signal for a finding and keeps the input.
        say("CONTRADICTION: \(error)")
        abort()
    }
}

private func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
