#include <stdlib.h>

#include "jpeg_errors.h"

typedef struct {
    unsigned char *bytes;
    unsigned long count;
} growing;

static void encode(j_compress_ptr info, const uint8_t *pixels, int quality, growing *target) {
    jpeg_mem_dest(info, &target->bytes, &target->count);
    jpeg_set_defaults(info);
    jpeg_set_quality(info, quality, TRUE);
    jpeg_start_compress(info, TRUE);
    const size_t stride = (size_t)info->image_width * (size_t)info->input_components;
    while (info->next_scanline < info->image_height) {
        JSAMPROW rows[16];
        JDIMENSION count = info->image_height - info->next_scanline;
        if (count > 16) count = 16;
        for (JDIMENSION i = 0; i < count; i++) rows[i] = (JSAMPROW)(pixels + (info->next_scanline + i) * stride);
        jpeg_write_scanlines(info, rows, count);
    }
    jpeg_finish_compress(info);
}

lineup_status lineup_jpeg_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality, lineup_buffer *out, lineup_message *message) {
    struct jpeg_compress_struct info;
    lineup_jpeg_errors errors;
    growing target = {NULL, 0};

    memset(&info, 0, sizeof info);
    info.err = lineup_jpeg_errors_init(&errors, message);
    if (setjmp(errors.escape) == 0) {
        jpeg_create_compress(&info);
        info.image_width = width;
        info.image_height = height;
        info.input_components = channels;
        info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
        encode(&info, pixels, quality, &target);
    } else if (info.dest != NULL) {
        // The buffer's newest place is known to the destination until it ends; term_destination hands it over.
        info.dest->term_destination(&info);
    }
    jpeg_destroy_compress(&info);
    out->bytes = target.bytes;
    out->count = target.count;
    if (errors.status != LINEUP_OK) lineup_buffer_free(out);
    return errors.status;
}
