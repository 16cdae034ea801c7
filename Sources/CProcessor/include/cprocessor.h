#ifndef LINEUP_CPROCESSOR_H
#define LINEUP_CPROCESSOR_H

/// 1 where the processor has every instruction that this build uses, else 0.
int lineup_processor_suffices(void);

/// 1 where the module that includes this was built for vectors of 32 bytes (or for arm64, where none are wider), else 0.
static inline int lineup_built_for_wide_vectors(void) {
#if defined(__AVX2__) || defined(__aarch64__)
    return 1;
#else
    return 0;
#endif
}

#endif
