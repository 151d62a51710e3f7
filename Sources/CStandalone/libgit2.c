/*
 * What libgit2 would need for the network, for the static `remit-hook` alone.
 *
 * The hook never opens a connection. Defined here, before the linker looks into libgit2.a, these names keep the
 * archive's members for TLS, SSH, HTTP, sockets and patterns out of the program: no certificates are parsed at the
 * start, and neither libssh2 nor Kerberos nor a resolver nor PCRE2 is linked. The names are those of libgit2 1.5; if one
 * of the members is needed after all, linking fails with a duplicate symbol.
 */

#include "standalone.h"

#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stddef.h>

/* GIT_ERROR: every attempt to reach another repository fails. */
enum { REMIT_OFFLINE = -1 };

/* streams/mbedtls.c */
int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_mbedtls_stream_new(void **out, const char *host, const char *port);
int git_mbedtls_stream_wrap(void **out, void *in, const char *host);

int git_mbedtls_stream_global_init(void)
{
	return 0;
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
	(void)file, (void)path;
	return REMIT_OFFLINE;
}

int git_mbedtls_stream_new(void **out, const char *host, const char *port)
{
	(void)host, (void)port;
	*out = NULL;
	return REMIT_OFFLINE;
}

int git_mbedtls_stream_wrap(void **out, void *in, const char *host)
{
	(void)in, (void)host;
	*out = NULL;
	return REMIT_OFFLINE;
}

/* transports/ssh.c, http.c, git.c and local.c */
int git_transport_ssh_global_init(void);
int git_smart_subtransport_ssh(void **out, void *owner, void *parameter);
int git_smart_subtransport_http(void **out, void *owner, void *parameter);
int git_smart_subtransport_git(void **out, void *owner, void *parameter);
int git_transport_local(void **out, void *owner, void *parameter);

/* A setting of http.c that git_libgit2_opts changes. */
bool git_http__expect_continue = false;

int git_transport_ssh_global_init(void)
{
	return 0;
}

int git_smart_subtransport_ssh(void **out, void *owner, void *parameter)
{
	(void)owner, (void)parameter;
	*out = NULL;
	return REMIT_OFFLINE;
}

int git_smart_subtransport_http(void **out, void *owner, void *parameter)
{
	(void)owner, (void)parameter;
	*out = NULL;
	return REMIT_OFFLINE;
}

int git_smart_subtransport_git(void **out, void *owner, void *parameter)
{
	(void)owner, (void)parameter;
	*out = NULL;
	return REMIT_OFFLINE;
}

int git_transport_local(void **out, void *owner, void *parameter)
{
	(void)owner, (void)parameter;
	*out = NULL;
	return REMIT_OFFLINE;
}

/*
 * libgit2 asks for a home directory where HOME is not set. glibc would load the name services of the machine for it,
 * which a static program must not: they may be of another glibc. Remit empties the paths that depend on a home.
 */
int getpwuid_r(uid_t user, struct passwd *entry, char *buffer, size_t size, struct passwd **result)
{
	(void)user, (void)entry, (void)buffer, (void)size;
	*result = NULL;
	return ENOENT;
}

/*
 * util/regexp.c, and with it PCRE2. Patterns are for searches in configurations and messages, which the hook never asks
 * for; whoever did would get an error, not an answer.
 */
int git_regexp_compile(void *regexp, const char *pattern, int flags);
void git_regexp_dispose(void *regexp);
int git_regexp_match(const void *regexp, const char *text);
int git_regexp_search(const void *regexp, const char *text, size_t count, void *matches);

int git_regexp_compile(void *regexp, const char *pattern, int flags)
{
	(void)regexp, (void)pattern, (void)flags;
	return REMIT_OFFLINE;
}

void git_regexp_dispose(void *regexp)
{
	(void)regexp;
}

int git_regexp_match(const void *regexp, const char *text)
{
	(void)regexp, (void)text;
	return REMIT_OFFLINE;
}

int git_regexp_search(const void *regexp, const char *text, size_t count, void *matches)
{
	(void)regexp, (void)text, (void)count, (void)matches;
	return REMIT_OFFLINE;
}
