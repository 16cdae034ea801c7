#ifndef LINEUP_CPROCESSOR_H
#define LINEUP_CPROCESSOR_H

/// 1 where the processor has every instruction that this build uses, else 0.
int lineup_processor_suffices(void);

#endif
