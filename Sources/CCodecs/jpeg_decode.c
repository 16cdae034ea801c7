#include "jpeg_errors.h"

// The bytes are all there from the start: asking for more means that the file ends early.
static boolean fill(j_decompress_ptr info) { lineup_jpeg_fail((j_common_ptr)info, LINEUP_ENDS_EARLY); }

static void skip(j_decompress_ptr info, long count) {
    if (count <= 0) return;
    if ((size_t)count > info->src->bytes_in_buffer) fill(info);
    info->src->next_input_byte += count;
    info->src->bytes_in_buffer -= (size_t)count;
}

static void nothing(j_decompress_ptr info) { (void)info; }

typedef struct {
    struct jpeg_progress_mgr manager;  // first: libjpeg hands back a pointer to it
    int maximum_scans;
} scan_limit;

// Every scan of a progressive file goes over the whole picture, however few bytes it takes.
static void check_scans(j_common_ptr info) {
    scan_limit *limit = (scan_limit *)info->progress;
    if (((j_decompress_ptr)info)->input_scan_number > limit->maximum_scans) {
        char text[80];
        snprintf(text, sizeof text, "more than %d scans", limit->maximum_scans);
        lineup_jpeg_fail(info, text);
    }
}

static void read_rgb(j_decompress_ptr info, uint8_t *rgb) {
    const size_t stride = 3 * (size_t)info->output_width;
    while (info->output_scanline < info->output_height) {
        JSAMPROW rows[16];
        JDIMENSION count = info->output_height - info->output_scanline;
        if (count > 16) count = 16;
        for (JDIMENSION i = 0; i < count; i++) rows[i] = rgb + (info->output_scanline + i) * stride;
        jpeg_read_scanlines(info, rows, count);
    }
}

static void read_cmyk(j_decompress_ptr info, uint8_t *rgb) {
    const size_t width = info->output_width;
    JSAMPARRAY row = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, (JDIMENSION)(4 * width), 1);
    while (info->output_scanline < info->output_height) {
        uint8_t *target = rgb + 3 * width * info->output_scanline;
        jpeg_read_scanlines(info, row, 1);
        const uint8_t *cmyk = row[0];
        for (size_t x = 0; x < width; x++) {
            const int k = cmyk[4 * x + 3];
            for (int c = 0; c < 3; c++) target[3 * x + c] = (uint8_t)(k - (((255 - cmyk[4 * x + c]) * k) >> 8));
        }
    }
}

static void decode(j_decompress_ptr info, uint32_t width, uint32_t height, uint8_t *rgb) {
    jpeg_read_header(info, TRUE);
    if (info->image_width != width || info->image_height != height)
        lineup_jpeg_fail((j_common_ptr)info, "two headers of different size");
    const int is_cmyk = info->num_components == 4;
    info->out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(info);
    if (is_cmyk)
        read_cmyk(info, rgb);
    else
        read_rgb(info, rgb);
    jpeg_finish_decompress(info);
}

lineup_status lineup_jpeg_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, int maximum_scans, uint8_t *rgb, lineup_message *message) {
    struct jpeg_decompress_struct info;
    lineup_jpeg_errors errors;
    struct jpeg_source_mgr source = {
        .next_input_byte = bytes,
        .bytes_in_buffer = count,
        .init_source = nothing,
        .fill_input_buffer = fill,
        .skip_input_data = skip,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = nothing,
    };
    scan_limit limit = {.manager = {.progress_monitor = check_scans}, .maximum_scans = maximum_scans};

    memset(&info, 0, sizeof info);
    info.err = lineup_jpeg_errors_init(&errors, message);
    if (setjmp(errors.escape) == 0) {
        jpeg_create_decompress(&info);
        info.src = &source;
        info.progress = &limit.manager;
        decode(&info, width, height, rgb);
    }
    jpeg_destroy_decompress(&info);
    return errors.status;
}
