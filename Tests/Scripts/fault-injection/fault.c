/*
 * Preloaded into a program under test: counts the calls that change chosen files and their directory, and at one of
 * them kills the process or answers with an error. What the program does to other files is not looked at.
 *
 * FAULT_FILES  the beginning of the paths that are looked at
 * FAULT_STEPS  a file that gets a line of 64 bytes for each step; steps go on counting over processes
 * FAULT_KIND   kill-before, kill-after: at step FAULT_AT; full: no space from that step on; io: that step fails
 * FAULT_AT     the step, counted from 1; 0 for none
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE = 64 };

static const char *files, *kind;
static long at;
static int steps = -1;

__attribute__((constructor)) static void begin(void)
{
    const char *log = getenv("FAULT_STEPS"), *number = getenv("FAULT_AT");
    kind = getenv("FAULT_KIND");
    if (!log || !number || !kind || !getenv("FAULT_FILES")) return;
    at = atol(number);
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    steps = real(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (steps >= 0) files = getenv("FAULT_FILES");
}

static int is_watched(const char *path) { return files && path && strncmp(path, files, strlen(files)) == 0; }

static const char *path_of(int descriptor, char *buffer)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t count = files ? readlink(link, buffer, 4095) : -1;
    if (count < 0) return NULL;
    buffer[count] = 0;
    return buffer;
}

/* Notes a step and gives its number. */
static long note(const char *name, const char *path)
{
    struct stat status;
    char line[LINE + 1];
    if (fstat(steps, &status) != 0) abort();
    int count = snprintf(line, sizeof line, "%s %s", name, path + strlen(files));
    if (count < 0) abort();
    if (count > LINE - 1) count = LINE - 1;
    memset(line + count, ' ', LINE - 1 - count);
    line[LINE - 1] = '\n';
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (real(steps, line, LINE) != LINE) abort();
    return status.st_size / LINE + 1;
}

/* Whether the call may go on; where not, errno says what it failed with. */
static int may_go_on(long step, int needs_space)
{
    if (at == 0) return 1;
    if (step == at && strcmp(kind, "kill-before") == 0) raise(SIGKILL);
    if (step >= at && needs_space && strcmp(kind, "full") == 0) {
        errno = ENOSPC;
        return 0;
    }
    if (step == at && strcmp(kind, "io") == 0) {
        errno = EIO;
        return 0;
    }
    return 1;
}

static void done(long step)
{
    if (at != 0 && step == at && strcmp(kind, "kill-after") == 0) raise(SIGKILL);
}

#define REAL(result, name, ...) static result (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

/* A call on a watched path: steps are what would change something there. */
#define STEP(name, path, watched, needs_space, failure, call) \
    do { \
        if (!(watched)) return call; \
        long step = note(name, path); \
        if (!may_go_on(step, needs_space)) return failure; \
        __typeof__(call) result = call; \
        done(step); \
        return result; \
    } while (0)

#define ON_DESCRIPTOR(name, needs_space, call) \
    char buffer[4096]; \
    const char *path = path_of(descriptor, buffer); \
    STEP(name, path, is_watched(path), needs_space, -1, call)

ssize_t write(int descriptor, const void *bytes, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    ON_DESCRIPTOR("write", 1, real(descriptor, bytes, count));
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    ON_DESCRIPTOR("write", 1, real(descriptor, bytes, count, offset));
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    ON_DESCRIPTOR("write", 1, real(descriptor, bytes, count, offset));
}

int fsync(int descriptor)
{
    REAL(int, "fsync", int);
    ON_DESCRIPTOR("sync", 0, real(descriptor));
}

int fdatasync(int descriptor)
{
    REAL(int, "fdatasync", int);
    ON_DESCRIPTOR("sync", 0, real(descriptor));
}

int ftruncate(int descriptor, off_t size)
{
    REAL(int, "ftruncate", int, off_t);
    ON_DESCRIPTOR("truncate", size > 0, real(descriptor, size));
}

int ftruncate64(int descriptor, off64_t size)
{
    REAL(int, "ftruncate64", int, off64_t);
    ON_DESCRIPTOR("truncate", size > 0, real(descriptor, size));
}

int fchmod(int descriptor, mode_t mode)
{
    REAL(int, "fchmod", int, mode_t);
    ON_DESCRIPTOR("chmod", 0, real(descriptor, mode));
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    STEP("rename", to, is_watched(to), 1, -1, real(from, to));
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    STEP("unlink", path, is_watched(path) && access(path, F_OK) == 0, 0, -1, real(path));
}

int rmdir(const char *path)
{
    REAL(int, "rmdir", const char *);
    STEP("rmdir", path, is_watched(path) && access(path, F_OK) == 0, 0, -1, real(path));
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    STEP("mkdir", path, is_watched(path) && access(path, F_OK) != 0, 1, -1, real(path, mode));
}

int mkstemp(char *template)
{
    REAL(int, "mkstemp", char *);
    STEP("create", template, is_watched(template), 1, -1, real(template));
}

int mkstemp64(char *template)
{
    REAL(int, "mkstemp64", char *);
    STEP("create", template, is_watched(template), 1, -1, real(template));
}

int mkstemps(char *template, int length)
{
    REAL(int, "mkstemps", char *, int);
    STEP("create", template, is_watched(template), 1, -1, real(template, length));
}

int mkstemps64(char *template, int length)
{
    REAL(int, "mkstemps64", char *, int);
    STEP("create", template, is_watched(template), 1, -1, real(template, length));
}

int link(const char *from, const char *to)
{
    REAL(int, "link", const char *, const char *);
    STEP("link", to, is_watched(to), 1, -1, real(from, to));
}

/* Opening is a step where it makes the file. */
#define OPENING(name) \
    mode_t mode = 0; \
    if (flags & O_CREAT) { \
        va_list list; \
        va_start(list, flags); \
        mode = va_arg(list, mode_t); \
        va_end(list); \
    } \
    REAL(int, name, const char *, int, ...); \
    STEP("create", path, (flags & O_CREAT) && is_watched(path) && access(path, F_OK) != 0, 1, -1, real(path, flags, mode))

int open(const char *path, int flags, ...) { OPENING("open"); }

int open64(const char *path, int flags, ...) { OPENING("open64"); }
