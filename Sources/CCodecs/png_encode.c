#include <stdlib.h>

#include "internal.h"

#include <png.h>
#include <zlib.h>

typedef struct {
    lineup_buffer buffer;
    size_t capacity;
} growing;

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
    growing *target = png_get_io_ptr(png);
    if (count > target->capacity - target->buffer.count) {
        size_t capacity = 2 * target->capacity;
        if (capacity < target->buffer.count + count) capacity = target->buffer.count + count;
        uint8_t *grown = realloc(target->buffer.bytes, capacity);
        if (grown == NULL) png_error(png, "out of memory");
        target->buffer.bytes = grown;
        target->capacity = capacity;
    }
    memcpy(target->buffer.bytes + target->buffer.count, bytes, count);
    target->buffer.count += count;
}

static void flush_nothing(png_structp png) { (void)png; }

_Noreturn static void on_error(png_structp png, png_const_charp text) {
    lineup_say(png_get_error_ptr(png), text);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

static void encode(png_structp png, png_infop info, const uint8_t *pixels, uint32_t width, uint32_t height, int channels) {
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    const int type = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
    png_set_IHDR(
        png, info, width, height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 1);
    png_set_compression_strategy(png, Z_RLE);
    png_set_compression_buffer_size(png, 1 << 16);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
    png_write_info(png, info);
    const size_t stride = (size_t)width * (size_t)channels;
    for (uint32_t y = 0; y < height; y++) png_write_row(png, pixels + y * stride);
    png_write_end(png, NULL);
}

lineup_status lineup_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, lineup_buffer *out, lineup_message *message) {
    message->text[0] = 0;
    out->bytes = NULL;
    out->count = 0;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (info == NULL) {
        png_destroy_write_struct(&png, NULL);
        return LINEUP_OUT_OF_MEMORY;
    }
    growing target = {{NULL, 0}, 0};
    volatile lineup_status status = LINEUP_DAMAGED;
    if (setjmp(png_jmpbuf(png)) == 0) {
        png_set_write_fn(png, &target, write_bytes, flush_nothing);
        encode(png, info, pixels, width, height, channels);
        status = LINEUP_OK;
    }
    png_destroy_write_struct(&png, &info);
    *out = target.buffer;
    if (status != LINEUP_OK) lineup_buffer_free(out);
    return status;
}
