#include "buffer.h"

#include <stdlib.h>

bool lineup_growing_append(lineup_growing *target, const uint8_t *bytes, size_t count) {
    if (count > target->capacity - target->filled.count) {
        size_t capacity = 2 * target->capacity;
        if (capacity < target->filled.count + count) capacity = target->filled.count + count;
        uint8_t *grown = realloc(target->filled.bytes, capacity);
        if (grown == NULL) return false;
        target->filled.bytes = grown;
        target->capacity = capacity;
    }
    memcpy(target->filled.bytes + target->filled.count, bytes, count);
    target->filled.count += count;
    return true;
}

void lineup_buffer_free(lineup_buffer *buffer) {
    free(buffer->bytes);
    buffer->bytes = NULL;
    buffer->count = 0;
}
