#ifndef LINEUP_CCODECS_BUFFER_H
#define LINEUP_CCODECS_BUFFER_H

#include "internal.h"

// Output of an encoder; starts as zeros.
typedef struct {
    lineup_buffer filled;
    size_t capacity;
} lineup_growing;

// False, with nothing changed, where memory is short.
bool lineup_growing_append(lineup_growing *target, const uint8_t *bytes, size_t count);

#endif
