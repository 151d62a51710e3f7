#ifndef REMIT_CSQLITE_SHIM_H
#define REMIT_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
