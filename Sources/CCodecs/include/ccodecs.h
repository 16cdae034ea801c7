#ifndef LINEUP_CCODECS_H
#define LINEUP_CCODECS_H
#endif
