// Compiled for every processor of its architecture, unlike the Swift modules, and run before main: an old processor gets a
// sentence instead of an illegal instruction.
#include "cprocessor.h"

#include <unistd.h>

int lineup_processor_suffices(void) {
#if defined(LINEUP_NEEDS_X86_64_V3) && defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("fma") && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt");
#else
    return 1;
#endif
}

__attribute__((constructor(101))) static void refuse_old_processor(void) {
    static const char message[] =
        "lineup: this build needs an x86-64-v3 processor (AVX2, BMI, FMA), which this is not; "
        "build it with LINEUP_MARCH=x86-64\n";
    if (!lineup_processor_suffices()) {
        ssize_t ignored = write(2, message, sizeof message - 1);
        (void)ignored;
        _exit(69);
    }
}
