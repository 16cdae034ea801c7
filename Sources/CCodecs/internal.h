#ifndef LINEUP_CCODECS_INTERNAL_H
#define LINEUP_CCODECS_INTERNAL_H

#include <stdio.h>
#include <string.h>

#include "ccodecs.h"

#define LINEUP_ENDS_EARLY "the file ends before the picture is complete"

static inline bool lineup_goes_on(lineup_watch watch) { return watch.goes_on == NULL || watch.goes_on(watch.context); }

static inline void lineup_say(lineup_message *message, const char *text) {
    snprintf(message->text, sizeof message->text, "%s", text);
}

#endif
