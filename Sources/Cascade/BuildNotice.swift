import CProcessor
import Logging

/// What a program should know about how this library was built.
enum BuildNotice {
    /// Written at most once, for programs that show debug messages: SwiftPM does not let a package that is depended on by version choose
    /// its instruction set, so that only the program's own build can.
    static let once: Void = {
        guard lineup_built_for_wide_vectors() == 0 else { return }
        Logger(label: "lineup.cascade").debug(
            "Cascade was built without AVX2; searches are faster when the program is built with: swift build -Xcc -march=x86-64-v3")
    }()
}
