/*
 * How the memory of the static `remit-hook` grows: within large pages, where the kernel has them
 * (/sys/kernel/mm/transparent_hugepage/enabled is `always` or `madvise`).
 *
 * The hook of a push writes to some thousands of small pages once each, and being given them one by one takes up to a
 * sixth of its time. glibc can ask for large ones only where GLIBC_TUNABLES says so before the start
 * (glibc.malloc.hugetlb), and nobody sets that for a hook.
 */

#include "standalone.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Addresses, not memory, until they are written to. glibc takes no larger M_MMAP_THRESHOLD than this. */
#define HEAP_BYTES ((size_t)32 << 20)
/* More than a hook ever has: what is freed is used again, and given back at the end, which is soon. */
#define TRIM_BYTES ((int)1 << 30)

/* Lays the heap out before anything large is in it; whatever fails leaves it as glibc lays it out. */
__attribute__((constructor)) static void lay_out_heap(void)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

	if (!mallopt(M_MMAP_THRESHOLD, HEAP_BYTES) || !mallopt(M_TRIM_THRESHOLD, TRIM_BYTES))
		return;
	/* One block of nearly all of it, which free gives to the top of the heap. */
	void *block = malloc(HEAP_BYTES - page);
	if (!block)
		return;
	uintptr_t first = ((uintptr_t)block + page - 1) & ~(page - 1);
	madvise((void *)first, HEAP_BYTES - 2 * page, MADV_HUGEPAGE);
	free(block);
}
