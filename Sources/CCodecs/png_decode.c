#include "internal.h"

#include <png.h>

typedef struct {
    const uint8_t *next;
    size_t left;
    lineup_watch watch;
    bool is_stopped;
} source;

static void read_bytes(png_structp png, png_bytep target, size_t count) {
    source *from = png_get_io_ptr(png);
    if (count > from->left) png_error(png, LINEUP_ENDS_EARLY);
    memcpy(target, from->next, count);
    from->next += count;
    from->left -= count;
}

_Noreturn static void on_error(png_structp png, png_const_charp text) {
    lineup_say(png_get_error_ptr(png), text);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

static void decode(png_structp png, png_infop info, uint32_t width, uint32_t height, uint8_t *rgb) {
    // Text, profiles and other side chunks are skipped unread: nothing in them is used, and they may be deflated bombs.
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_user_limits(png, width, height);
    png_read_info(png, info);
    if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height)
        png_error(png, "two headers of different size");

    const int type = png_get_color_type(png, info);
    if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (type == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
    png_set_strip_16(png);
    png_set_strip_alpha(png);
    if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    const size_t stride = 3 * (size_t)width;
    if (png_get_rowbytes(png, info) != stride) png_error(png, "rows of unexpected length");

    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < height; y++) {
            source *from = png_get_io_ptr(png);
            if (y % 16 == 0 && !lineup_goes_on(from->watch)) {
                from->is_stopped = true;
                png_error(png, "stopped");
            }
            png_read_row(png, rgb + y * stride, NULL);
        }
    // The last row came with the checksum of its chunk. No png_read_end: nothing behind the pixels matters.
}

// In a function of its own: nothing in the caller's frame changes between setjmp and longjmp.
static lineup_status run(png_structp png, png_infop info, source *from, uint32_t width, uint32_t height, uint8_t *rgb) {
    if (setjmp(png_jmpbuf(png)) != 0) return from->is_stopped ? LINEUP_STOPPED : LINEUP_DAMAGED;
    png_set_read_fn(png, from, read_bytes);
    decode(png, info, width, height, rgb);
    return LINEUP_OK;
}

lineup_status lineup_png_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, lineup_watch watch, uint8_t *rgb, lineup_message *message) {
    message->text[0] = 0;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (info == NULL) {
        png_destroy_read_struct(&png, NULL, NULL);
        return LINEUP_OUT_OF_MEMORY;
    }
    source from = {bytes, count, watch, false};
    const lineup_status status = run(png, info, &from, width, height, rgb);
    png_destroy_read_struct(&png, &info, NULL);
    return status;
}
