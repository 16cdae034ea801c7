#include "jpeg_errors.h"

typedef struct {
    struct jpeg_decompress_struct info;
    lineup_jpeg_errors errors;
    struct jpeg_source_mgr source;
    uint32_t width, height;
    lineup_part part;
    int maximum_scans;
    lineup_watch watch;
    uint8_t *pixels;
    // Whether picture data were reached, and whether they ran out.
    bool is_scanning, has_ended;
    // Components that had a whole scan: one bit each.
    unsigned scanned;
} job;

static job *job_of(j_decompress_ptr info) { return info->client_data; }

static void watch(j_decompress_ptr info) {
    if (!lineup_goes_on(job_of(info)->watch)) lineup_jpeg_stop((j_common_ptr)info);
}

// The bytes are all there from the start: asking for more means that the file ends. Inside picture data it may lack no more than
// its end marker, which is put in its place: a decoder that then needs another bit says so (JWRN_HIT_MARKER). The arithmetic
// decoder never does, since its encoder may leave trailing zeros out.
static boolean fill(j_decompress_ptr info) {
    static const JOCTET end[2] = {0xFF, JPEG_EOI};
    if (!job_of(info)->is_scanning || info->arith_code) lineup_jpeg_fail((j_common_ptr)info, LINEUP_ENDS_EARLY);
    job_of(info)->has_ended = true;
    info->src->next_input_byte = end;
    info->src->bytes_in_buffer = sizeof end;
    return TRUE;
}

static void skip(j_decompress_ptr info, long count) {
    if (count <= 0) return;
    if ((size_t)count > info->src->bytes_in_buffer) {
        fill(info);
    } else {
        info->src->next_input_byte += count;
        info->src->bytes_in_buffer -= (size_t)count;
    }
}

static void nothing(j_decompress_ptr info) { (void)info; }

// Whether nothing that a later scan could bring is missing.
static bool has_all_coefficients(j_decompress_ptr info) {
    if (!info->progressive_mode) return job_of(info)->scanned == (1u << info->num_components) - 1;
    for (int c = 0; c < info->num_components; c++)
        for (int k = 0; k < DCTSIZE2; k++)
            // -1 before the first scan that has it, then how many of its bits are still to come.
            if (info->coef_bits[c][k] != 0) return false;
    return true;
}

// Every scan of a progressive file goes over the whole picture, however few bytes it takes. What stands behind the last one that
// is needed is not looked at.
static void read_scans(j_decompress_ptr info) {
    const int maximum = job_of(info)->maximum_scans;
    for (;;) {
        watch(info);
        const int status = jpeg_consume_input(info);
        if (info->input_scan_number > maximum) {
            char text[80];
            snprintf(text, sizeof text, "more than %d scans", maximum);
            lineup_jpeg_fail((j_common_ptr)info, text);
        }
        if (status == JPEG_SCAN_COMPLETED) {
            for (int i = 0; i < info->comps_in_scan; i++) job_of(info)->scanned |= 1u << info->cur_comp_info[i]->component_index;
            if (has_all_coefficients(info)) return;
        } else if (status == JPEG_REACHED_EOI) {
            if (job_of(info)->has_ended) lineup_jpeg_fail((j_common_ptr)info, LINEUP_ENDS_EARLY);
            return;
        }
    }
}

static void cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb, size_t count) {
    for (size_t x = 0; x < count; x++) {
        const int k = cmyk[4 * x + 3];
        for (int c = 0; c < 3; c++) rgb[3 * x + c] = (uint8_t)(k - (((255 - cmyk[4 * x + c]) * k) >> 8));
    }
}

// Whole rows, straight into the target.
static void read_rows(j_decompress_ptr info, uint8_t *pixels) {
    const size_t stride = info->out_color_components * (size_t)info->output_width;
    while (info->output_scanline < info->output_height) {
        JSAMPROW rows[16];
        JDIMENSION count = info->output_height - info->output_scanline;
        watch(info);
        if (count > 16) count = 16;
        for (JDIMENSION i = 0; i < count; i++) rows[i] = pixels + (info->output_scanline + i) * stride;
        jpeg_read_scanlines(info, rows, count);
    }
}

// Rows that are cut out or converted on their way.
static void read_part(j_decompress_ptr info, lineup_part part, uint8_t *pixels) {
    JDIMENSION left = 0;
#ifdef LIBJPEG_TURBO_VERSION
    // Smooth upsampling looks at a neighbour, so the columns at the sides of what is decoded are not those of the whole picture:
    // some more are decoded. Of the rows the library itself takes care.
    const JDIMENSION margin = 16;
    left = part.left > margin ? part.left - margin : 0;
    JDIMENSION right = part.left + part.width + margin;
    if (right > info->output_width) right = info->output_width;
    if (left > 0 || right < info->output_width) {
        JDIMENSION width = right - left;
        jpeg_crop_scanline(info, &left, &width);
    }
    if (part.top > 0) jpeg_skip_scanlines(info, part.top);
#endif
    const size_t channels = info->out_color_components;
    JSAMPARRAY row = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, (JDIMENSION)(channels * info->output_width), 1);
    while (info->output_scanline < part.top + part.height) {
        const bool is_wanted = info->output_scanline >= part.top;
        uint8_t *target = pixels + part.channels * (size_t)part.width * (info->output_scanline - part.top);
        if (info->output_scanline % 16 == 0) watch(info);
        jpeg_read_scanlines(info, row, 1);
        const uint8_t *source = row[0] + channels * (part.left - left);
        if (!is_wanted) continue;
        if (channels == 4)
            cmyk_to_rgb(source, target, part.width);
        else
            memcpy(target, source, channels * part.width);
    }
}

// In a function of its own: the job lies in the caller's frame, so it is whole after a longjmp.
static void run(job *job) {
    j_decompress_ptr info = &job->info;
    if (setjmp(job->errors.escape) != 0) return;
    jpeg_create_decompress(info);
    info->client_data = job;
    info->src = &job->source;
    jpeg_read_header(info, TRUE);
    if (info->image_width != job->width || info->image_height != job->height)
        lineup_jpeg_fail((j_common_ptr)info, "two headers of different size");
    job->is_scanning = true;
    info->out_color_space = job->part.channels == 1 ? JCS_GRAYSCALE : info->num_components == 4 ? JCS_CMYK : JCS_RGB;
    info->scale_num = 1;
    info->scale_denom = job->part.denominator;
    info->buffered_image = jpeg_has_multiple_scans(info);
    jpeg_start_decompress(info);
    if (info->buffered_image) {
        read_scans(info);
        jpeg_start_output(info, info->input_scan_number);
    }
    const lineup_part part = job->part;
    if (part.left + part.width > info->output_width || part.top + part.height > info->output_height)
        lineup_jpeg_fail((j_common_ptr)info, "a part that lies outside the picture");
    if (info->out_color_components == (int)part.channels && part.width == info->output_width && part.height == info->output_height)
        read_rows(info, job->pixels);
    else
        read_part(info, part, job->pixels);
    // Not finished but destroyed: nothing behind the last pixel matters.
}

lineup_status lineup_jpeg_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, lineup_part part, int maximum_scans, lineup_watch watch,
    uint8_t *pixels, lineup_message *message) {
    job job = {
        .source = {
            .next_input_byte = bytes,
            .bytes_in_buffer = count,
            .init_source = nothing,
            .fill_input_buffer = fill,
            .skip_input_data = skip,
            .resync_to_restart = jpeg_resync_to_restart,
            .term_source = nothing,
        },
        .width = width,
        .height = height,
        .part = part,
        .maximum_scans = maximum_scans,
        .watch = watch,
        .pixels = pixels,
    };
    job.info.err = lineup_jpeg_errors_init(&job.errors, message);
    run(&job);
    jpeg_destroy_decompress(&job.info);
    // What the library says then is about the end that was put in.
    if (job.errors.status == LINEUP_DAMAGED && job.has_ended) lineup_say(message, LINEUP_ENDS_EARLY);
    return job.errors.status;
}
