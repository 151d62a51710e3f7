#ifndef REMIT_CSQLITE_SHIM_H
#define REMIT_CSQLITE_SHIM_H

#include <sqlite3.h>

// Swift cannot call sqlite3_db_config(), which takes its arguments variadically.
static inline int remit_sqlite3_set_no_checkpoint_on_close(sqlite3 *connection, int is_on) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_on, (int *)0);
}

#endif
