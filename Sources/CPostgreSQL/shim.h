#ifndef REMIT_CPOSTGRESQL_SHIM_H
#define REMIT_CPOSTGRESQL_SHIM_H

#include <libpq-fe.h>

#endif
