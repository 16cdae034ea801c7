#include <stdlib.h>

#include "internal.h"

void lineup_buffer_free(lineup_buffer *buffer) {
    free(buffer->bytes);
    buffer->bytes = NULL;
    buffer->count = 0;
}
