#ifndef REMIT_CYAML_SHIM_H
#define REMIT_CYAML_SHIM_H

#include <yaml.h>

#endif
