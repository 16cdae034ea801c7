#include <libxml/HTMLparser.h>

/* `xmlFree` is a variable, which Swift does not let several threads read. */
static inline void lineup_xml_free(void *memory) { xmlFree(memory); }
