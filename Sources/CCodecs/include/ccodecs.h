#ifndef LINEUP_CCODECS_H
#define LINEUP_CCODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Bytes to pixels and back through libjpeg, libpng and libwebp. The first two report errors by longjmp, which Swift cannot
// catch; every function here returns a status and leaves the library's own sentence in `message` instead.

typedef enum {
    LINEUP_OK = 0,
    // The bytes contradict their format, or end early.
    LINEUP_DAMAGED,
    // A legal file of a kind the library does not read.
    LINEUP_UNSUPPORTED,
    // Built without the library.
    LINEUP_NOT_BUILT_IN,
    LINEUP_OUT_OF_MEMORY,
    // The watch did not let it go on.
    LINEUP_STOPPED,
} lineup_status;

// A zero-terminated sentence; empty after LINEUP_OK.
typedef struct {
    char text[200];
} lineup_message;

// Bytes allocated here, given back with lineup_buffer_free.
typedef struct {
    uint8_t *bytes;
    size_t count;
} lineup_buffer;

void lineup_buffer_free(lineup_buffer *buffer);

// Asked every 16 rows, and for each row of blocks of each scan, whether to go on; always where `goes_on` is NULL.
typedef struct {
    bool (*goes_on)(const void *context);
    const void *context;
} lineup_watch;

// Each decoder writes exactly 3 * width * height bytes to `rgb`, row by row without padding. The caller read width and height
// from the header and allocated for them: a file whose decoder sees another size is damaged, and nothing is written past. What
// stands in a file behind the last pixel is not looked at.

// Columns left ..< left + width and rows top ..< top + height of a picture at 1 / denominator of its size (1, 2, 4 or 8), a side of
// n pixels being ceil(n / denominator); as RGB (3 channels) or its luma alone (1, for files of one or three components that are
// stored as gray or as luma and chroma).
typedef struct {
    unsigned denominator, channels;
    uint32_t left, top, width, height;
} lineup_part;

// Writes part.channels * part.width * part.height bytes. Gray is replicated; CMYK and YCCK become RGB with each colour
// k - (((255 - c) * k) >> 8), c and k as Adobe stores them. Warnings about damaged picture data and an early end are errors.
// `maximum_scans` bounds the work a small file can ask for.
lineup_status lineup_jpeg_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, lineup_part part, int maximum_scans, lineup_watch watch,
    uint8_t *pixels, lineup_message *message);

// All colour types and depths: the high byte of 16 bits, gray replicated, palettes looked up, alpha and tRNS dropped.
lineup_status lineup_png_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, lineup_watch watch, uint8_t *rgb, lineup_message *message);

// Still pictures; alpha dropped. Not watched: libwebp decodes in one go.
lineup_status lineup_webp_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *rgb, lineup_message *message);

bool lineup_webp_is_built_in(void);

// The size of the canvas and whether it is an animation.
lineup_status lineup_webp_header(
    const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, bool *animated, lineup_message *message);

// `channels` is 1 (gray) or 3 (RGB); `quality` is libjpeg's 1 to 100; colour is subsampled 4:2:0.
lineup_status lineup_jpeg_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality, lineup_buffer *out, lineup_message *message);

// `channels` is 1 (gray) or 3 (RGB).
lineup_status lineup_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, lineup_buffer *out, lineup_message *message);

#endif
