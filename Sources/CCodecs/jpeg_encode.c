#include "buffer.h"
#include "jpeg_errors.h"

typedef struct {
    struct jpeg_destination_mgr manager;  // first: libjpeg hands back a pointer to it
    lineup_growing target;
    uint8_t chunk[1 << 14];
} destination;

static void start_chunk(j_compress_ptr info) {
    destination *to = (destination *)info->dest;
    to->manager.next_output_byte = to->chunk;
    to->manager.free_in_buffer = sizeof to->chunk;
}

static void append(j_compress_ptr info, size_t count) {
    destination *to = (destination *)info->dest;
    if (!lineup_growing_append(&to->target, to->chunk, count)) lineup_jpeg_fail((j_common_ptr)info, "out of memory");
}

// libjpeg asks when the chunk is full, whatever free_in_buffer says by then.
static boolean empty_chunk(j_compress_ptr info) {
    append(info, sizeof ((destination *)info->dest)->chunk);
    start_chunk(info);
    return TRUE;
}

static void end_chunk(j_compress_ptr info) {
    const destination *to = (const destination *)info->dest;
    append(info, sizeof to->chunk - to->manager.free_in_buffer);
}

typedef struct {
    struct jpeg_compress_struct info;
    lineup_jpeg_errors errors;
    destination destination;
    const uint8_t *pixels;
    uint32_t width, height;
    int channels, quality;
} job;

// In a function of its own: the job lies in the caller's frame, so it is whole after a longjmp.
static void run(job *job) {
    j_compress_ptr info = &job->info;
    if (setjmp(job->errors.escape) != 0) return;
    jpeg_create_compress(info);
    info->dest = &job->destination.manager;
    info->image_width = job->width;
    info->image_height = job->height;
    info->input_components = job->channels;
    info->in_color_space = job->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(info);
    jpeg_set_quality(info, job->quality, TRUE);
    jpeg_start_compress(info, TRUE);
    const size_t stride = (size_t)job->width * (size_t)job->channels;
    while (info->next_scanline < job->height) {
        JSAMPROW row = (JSAMPROW)(job->pixels + info->next_scanline * stride);
        jpeg_write_scanlines(info, &row, 1);
    }
    jpeg_finish_compress(info);
}

lineup_status lineup_jpeg_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality, lineup_buffer *out, lineup_message *message) {
    job job = {
        .destination.manager = {
            .init_destination = start_chunk,
            .empty_output_buffer = empty_chunk,
            .term_destination = end_chunk,
        },
        .pixels = pixels,
        .width = width,
        .height = height,
        .channels = channels,
        .quality = quality,
    };
    job.info.err = lineup_jpeg_errors_init(&job.errors, message);
    run(&job);
    jpeg_destroy_compress(&job.info);
    *out = job.destination.target.filled;
    if (job.errors.status != LINEUP_OK) lineup_buffer_free(out);
    return job.errors.status;
}
