// /usr/bin/lineup: runs the program built for this processor. Both give the same results; the one for x86-64-v3 (AVX2) is faster.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "/usr/lib/lineup/"

static const char *program(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
             __builtin_cpu_supports("fma") && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt");
    if (v3 && access(FOLDER "lineup-x86-64-v3", X_OK) == 0) return FOLDER "lineup-x86-64-v3";
#endif
    return FOLDER "lineup-baseline";
}

int main(int count, char **arguments) {
    (void)count;
    const char *chosen = program();
    execv(chosen, arguments);
    fprintf(stderr, "lineup: %s: %s\n", chosen, strerror(errno));
    return 69;
}
