#include "internal.h"

#ifdef LINEUP_WEBP

#include <webp/decode.h>

bool lineup_webp_is_built_in(void) { return true; }

static lineup_status status_of(VP8StatusCode code, lineup_message *message) {
    switch (code) {
        case VP8_STATUS_OK:
            return LINEUP_OK;
        case VP8_STATUS_OUT_OF_MEMORY:
            lineup_say(message, "out of memory");
            return LINEUP_OUT_OF_MEMORY;
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            lineup_say(message, "a feature libwebp does not read");
            return LINEUP_UNSUPPORTED;
        case VP8_STATUS_SUSPENDED:
        case VP8_STATUS_NOT_ENOUGH_DATA:
            lineup_say(message, LINEUP_ENDS_EARLY);
            return LINEUP_DAMAGED;
        default:
            lineup_say(message, "the picture data contradict the format");
            return LINEUP_DAMAGED;
    }
}

lineup_status lineup_webp_header(
    const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, bool *animated, lineup_message *message) {
    WebPBitstreamFeatures features;
    message->text[0] = 0;
    const VP8StatusCode code = WebPGetFeatures(bytes, count, &features);
    if (code != VP8_STATUS_OK) return status_of(code, message);
    *width = (uint32_t)features.width;
    *height = (uint32_t)features.height;
    *animated = features.has_animation != 0;
    return LINEUP_OK;
}

lineup_status lineup_webp_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *rgb, lineup_message *message) {
    WebPDecoderConfig config;
    message->text[0] = 0;
    if (!WebPInitDecoderConfig(&config)) {
        lineup_say(message, "the installed libwebp has another interface than the one built against");
        return LINEUP_UNSUPPORTED;
    }
    config.output.colorspace = MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = rgb;
    config.output.u.RGBA.stride = (int)(3 * width);
    config.output.u.RGBA.size = 3 * (size_t)width * height;
    VP8StatusCode code = WebPGetFeatures(bytes, count, &config.input);
    if (code == VP8_STATUS_OK) {
        if ((uint32_t)config.input.width != width || (uint32_t)config.input.height != height) {
            lineup_say(message, "two headers of different size");
            return LINEUP_DAMAGED;
        }
        code = WebPDecode(bytes, count, &config);
    }
    WebPFreeDecBuffer(&config.output);
    return status_of(code, message);
}

#else

bool lineup_webp_is_built_in(void) { return false; }

lineup_status lineup_webp_header(
    const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, bool *animated, lineup_message *message) {
    (void)bytes, (void)count, (void)width, (void)height, (void)animated;
    lineup_say(message, "built without libwebp");
    return LINEUP_NOT_BUILT_IN;
}

lineup_status lineup_webp_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *rgb, lineup_message *message) {
    (void)bytes, (void)count, (void)width, (void)height, (void)rgb;
    lineup_say(message, "built without libwebp");
    return LINEUP_NOT_BUILT_IN;
}

#endif
