#ifndef REMIT_CLIBGIT2_SHIM_H
#define REMIT_CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

/* Swift cannot call a variadic C function: one wrapper for each option that Remit sets. */

/* An object store of ours, which libgit2 sees as its first member. */
typedef struct {
	git_odb_backend parent;
	void *stopwatch;
} remit_clock_backend;

static inline int remit_libgit2_set_search_path(int level, const char *path)
{
	return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}

static inline int remit_libgit2_set_owner_validation(int enabled)
{
	return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

static inline int remit_libgit2_set_strict_hash_verification(int enabled)
{
	return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

static inline int remit_libgit2_set_cache_limit(git_object_t kind, size_t bytes)
{
	return git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, kind, bytes);
}

#endif
