#pragma once

#include <stddef.h>
#include <stdint.h>

// libFuzzer installs no header; this is its one function for programs with a main of their own.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*target)(const uint8_t *bytes, size_t count));
