/*
 * What Swift's runtime takes from /proc, for the static `remit-hook` alone: where GitHub Enterprise Server runs hooks,
 * there is none, and the runtime ends the process.
 *
 * Defined here, these names keep the members Paths.cpp and CommandLine.cpp of libswiftCore.a out of the program.
 */

#include "standalone.h"

#include <stddef.h>

/* Where the program that prints a crash lies: there is none. Asked for at every start, before main. */
const char *swift_copyAuxiliaryExecutablePath(const char *name);

const char *swift_copyAuxiliaryExecutablePath(const char *name)
{
	(void)name;
	return NULL;
}

static int argument_count;
static char **arguments;

/* glibc gives the functions that it calls before main what it gives main itself. */
__attribute__((constructor)) static void keep_arguments(int count, char **values)
{
	argument_count = count;
	arguments = values;
}

/* What CommandLine.arguments is made of; otherwise read from /proc/self/cmdline. */
char **_swift_stdlib_getUnsafeArgvArgc(int *count);

char **_swift_stdlib_getUnsafeArgvArgc(int *count)
{
	*count = argument_count;
	return arguments;
}
