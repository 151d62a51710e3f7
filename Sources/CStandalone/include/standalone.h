#ifndef REMIT_CSTANDALONE_STANDALONE_H
#define REMIT_CSTANDALONE_STANDALONE_H

/* Nothing is called by name: the linker takes what is defined here instead of what the archives have. */

#endif
