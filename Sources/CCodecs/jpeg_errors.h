#ifndef LINEUP_CCODECS_JPEG_ERRORS_H
#define LINEUP_CCODECS_JPEG_ERRORS_H

#include <setjmp.h>

#include "internal.h"

#include <jpeglib.h>

// libjpeg's error manager with the place to return to and the sentence to leave behind.
typedef struct {
    struct jpeg_error_mgr manager;  // first: libjpeg hands back a pointer to it
    jmp_buf escape;
    lineup_status status;
    lineup_message *message;
} lineup_jpeg_errors;

struct jpeg_error_mgr *lineup_jpeg_errors_init(lineup_jpeg_errors *errors, lineup_message *message);

// Leaves through the error manager's longjmp with a sentence of ours: the file is damaged.
_Noreturn void lineup_jpeg_fail(j_common_ptr info, const char *text);

// Leaves the same way: the watch has ended it.
_Noreturn void lineup_jpeg_stop(j_common_ptr info);

#endif
