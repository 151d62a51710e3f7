/*
 * A clock that leaps: CLOCK_LEAP seconds are added to every reading of the clocks that only go forward, but for the
 * first. So a process starts at one moment and finds at its next look that its time is over.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

static atomic_int readings;

int clock_gettime(clockid_t clock, struct timespec *time)
{
	static int (*real)(clockid_t, struct timespec *);
	int result;

	if (!real)
		real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	result = real(clock, time);
	if ((clock == CLOCK_BOOTTIME || clock == CLOCK_MONOTONIC) && atomic_fetch_add(&readings, 1) > 0) {
		const char *leap = getenv("CLOCK_LEAP");
		time->tv_sec += leap ? atoi(leap) : 0;
	}
	return result;
}
