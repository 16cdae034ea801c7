#include "jpeg_errors.h"

#include <jerror.h>

_Noreturn static void leave(lineup_jpeg_errors *errors, lineup_status status) {
    errors->status = status;
    longjmp(errors->escape, 1);
}

static void say(j_common_ptr info) {
    lineup_jpeg_errors *errors = (lineup_jpeg_errors *)info->err;
    char text[JMSG_LENGTH_MAX];
    info->err->format_message(info, text);
    lineup_say(errors->message, text);
}

_Noreturn static void on_error(j_common_ptr info) {
    say(info);
    lineup_status status;
    switch (info->err->msg_code) {
        case JERR_ARITH_NOTIMPL:
        case JERR_BAD_PRECISION:
        case JERR_CCIR601_NOTIMPL:
        case JERR_CONVERSION_NOTIMPL:
        case JERR_FRACT_SAMPLE_NOTIMPL:
        case JERR_NOTIMPL:
        case JERR_NOT_COMPILED:
        case JERR_SOF_UNSUPPORTED:
            status = LINEUP_UNSUPPORTED;
            break;
        case JERR_OUT_OF_MEMORY:
        case JERR_NO_BACKING_STORE:
            status = LINEUP_OUT_OF_MEMORY;
            break;
        default:
            status = LINEUP_DAMAGED;
    }
    leave((lineup_jpeg_errors *)info->err, status);
}

// Warnings (level -1) about picture data are damage: libjpeg would go on with gray or smeared blocks. The others (stray bytes
// between segments, odd application markers, odd scan parameters) leave the pixels intact.
static void on_message(j_common_ptr info, int level) {
    if (level >= 0) return;
    switch (info->err->msg_code) {
        case JWRN_ARITH_BAD_CODE:
        case JWRN_HIT_MARKER:
        case JWRN_HUFF_BAD_CODE:
        case JWRN_JPEG_EOF:
        case JWRN_MUST_RESYNC:
            say(info);
            leave((lineup_jpeg_errors *)info->err, LINEUP_DAMAGED);
        default:
            return;
    }
}

static void print_nothing(j_common_ptr info) { (void)info; }

struct jpeg_error_mgr *lineup_jpeg_errors_init(lineup_jpeg_errors *errors, lineup_message *message) {
    struct jpeg_error_mgr *manager = jpeg_std_error(&errors->manager);
    manager->error_exit = on_error;
    manager->emit_message = on_message;
    manager->output_message = print_nothing;
    errors->status = LINEUP_OK;
    errors->message = message;
    message->text[0] = 0;
    return manager;
}

_Noreturn void lineup_jpeg_fail(j_common_ptr info, const char *text) {
    lineup_jpeg_errors *errors = (lineup_jpeg_errors *)info->err;
    lineup_say(errors->message, text);
    leave(errors, LINEUP_DAMAGED);
}

_Noreturn void lineup_jpeg_stop(j_common_ptr info) { leave((lineup_jpeg_errors *)info->err, LINEUP_STOPPED); }
