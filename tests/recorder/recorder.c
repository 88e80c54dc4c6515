/* Records, in order and with every byte, what a process does to files; and makes a disk fill up, break or end there.
 *
 * Preloaded into a process (LD_PRELOAD) it stands between the program and the C library. Every operation that succeeded
 * is appended to the file RECORDER_LOG:
 *
 *     <operation> <process> <device>:<inode> <offset> <length of path> <length of other path> <length of bytes>\n
 *     <path><other path><bytes>\n
 *
 *     create   a file that was not there was opened          link     another name (other path) for a file (path)
 *     write    bytes at an offset                             unlink   a name was removed, of a file or a link
 *     cut      a file has the length `offset` now             mkdir    a folder was made
 *     sync     a file, or a folder, is on the disk            rmdir    a folder was removed
 *     rename   from path to other path                        map      a file may be written to through memory, unseen
 *     stream   bytes given to stdio; they reach the file later, unseen
 *
 * A write to a pipe has the path pipe:[n]; sockets, terminals and devices are left out. Settings, all optional but
 * the log, each an environment variable:
 *
 *     RECORDER_UNDER        only paths that begin so, several joined by ":"; without it everything
 *     RECORDER_KILL_AT      end the process (SIGKILL) before the n-th operation
 *     RECORDER_ROOM         after so many bytes by which files grew: ENOSPC, and no new files
 *     RECORDER_GONE_UNDER   the disk that is pulled out: paths that begin so ...
 *     RECORDER_GONE_AT      ... fail with EIO from the n-th operation on them
 *     RECORDER_PAUSED       record nothing until recorder_wanted says what is wanted
 *
 * recorder_room(bytes) and recorder_gone(count), called through ctypes, set those anew; -1 switches them off.
 * recorder_wanted(texts, length) narrows the record to operations with one of these texts in their bytes or paths, and
 * to memory that may be written through; each text ends in a line feed. No texts at all: nothing is recorded.
 */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name, type) ((type)real(#name))

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static __thread int inside; /* What the recorder itself does is not recorded. */
static int log_file = -1;
static char log_path[PATH_MAX];
static const char *under, *gone_under;
static long kill_at, gone_at = -1, seen, seen_gone;
static long long room = -1;
static const char *wanted; /* NULL: everything. */
static size_t wanted_length;

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static long number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text && *text ? atol(text) : otherwise;
}

static void own_turn(void) { pthread_mutex_init(&turn, NULL); }

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("RECORDER_LOG");
    under = getenv("RECORDER_UNDER");
    gone_under = getenv("RECORDER_GONE_UNDER");
    kill_at = number("RECORDER_KILL_AT", 0);
    gone_at = number("RECORDER_GONE_AT", -1);
    room = number("RECORDER_ROOM", -1);
    wanted = number("RECORDER_PAUSED", 0) ? "" : NULL;
    pthread_atfork(NULL, NULL, own_turn);
    if (!log || !*log) return;
    log_file = REAL(open, int (*)(const char *, int, ...))(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0 || !realpath(log, log_path)) abort();
    /* Out of the way of programs that close or reuse low numbers. */
    int high = fcntl(log_file, F_DUPFD_CLOEXEC, 700);
    if (high >= 0) {
        REAL(close, int (*)(int))(log_file);
        log_file = high;
    }
}

void recorder_room(long long bytes) { room = bytes; }
void recorder_gone(long count) { gone_at = count, seen_gone = 0; }
void recorder_wanted(const char *texts, size_t length) {
    char *held = malloc(length + 1);
    if (!held) abort();
    memcpy(held, texts, length);
    pthread_mutex_lock(&turn);
    wanted = held, wanted_length = length; /* The former texts stay: somebody may be reading them. */
    pthread_mutex_unlock(&turn);
}

/* ---- Where something happens ---- */

static int begins(const char *path, const char *with, size_t length) {
    return !strncmp(path, with, length) && (!path[length] || path[length] == '/' || with[length - 1] == ':');
}

static int is_among(const char *path, const char *places) {
    while (places && *places) {
        size_t length = strcspn(places, ":");
        if (!strncmp(places, "pipe:", 5)) length = 5;
        if (length && begins(path, places, length)) return 1;
        places += length + (places[length] == ':');
    }
    return 0;
}

static int is_recorded(const char *path) {
    static const char *left_out[] = {"/proc/", "/dev/", "/sys/", "socket:", "anon_inode:", NULL};
    if (!*path || !strcmp(path, log_path)) return 0;
    if (under && *under) return is_among(path, under);
    for (int i = 0; left_out[i]; i++)
        if (!strncmp(path, left_out[i], strlen(left_out[i])) && strncmp(path, "/dev/shm/", 9)) return 0;
    return 1;
}

static void path_of(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    char *deleted = length > 10 ? path + length - 10 : NULL;
    if (deleted && !strcmp(deleted, " (deleted)")) *deleted = 0;
}

/* The whole path of a name that need not exist: links are followed up to its folder. */
static void path_at(int folder, const char *name, char *path) {
    char joined[2 * PATH_MAX], base[PATH_MAX] = "";
    if (name[0] != '/') {
        if (folder == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) base[0] = 0;
        } else {
            path_of(folder, base);
        }
    }
    snprintf(joined, sizeof joined, "%s%s%s", base, name[0] == '/' ? "" : "/", name);
    size_t length = strlen(joined);
    while (length > 1 && joined[length - 1] == '/') joined[--length] = 0;
    char *last = strrchr(joined, '/'), held[PATH_MAX];
    if (!last) last = joined;
    *last = 0;
    if (!realpath(*joined ? joined : "/", held)) snprintf(held, sizeof held, "%.*s", PATH_MAX - 1, joined);
    size_t kept = strcmp(held, "/") ? strlen(held) : 0;
    snprintf(path, PATH_MAX, "%.*s/%s", (int)kept, held, last + 1);
}

/* ---- What is recorded ---- */

static int is_wanted(const char *path, const char *other, const struct iovec *bytes, int count) {
    const char *end = wanted + wanted_length, *next;
    for (const char *text = wanted; text < end; text = next + 1) {
        next = memchr(text, '\n', end - text);
        if (!next) break;
        size_t length = next - text;
        if (memmem(path, strlen(path), text, length) || memmem(other, strlen(other), text, length)) return 1;
        for (int i = 0; i < count; i++)
            if (memmem(bytes[i].iov_base, bytes[i].iov_len, text, length)) return 1;
    }
    return 0;
}

static void note(const char *operation, const char *path, const char *other, struct stat *of, long long offset,
                 const struct iovec *bytes, int count) {
    struct iovec parts[64 + 4];
    char head[256];
    size_t length = 0;
    if (log_file < 0) return;
    if (wanted && !(wanted_length && !strcmp(operation, "map")) && !is_wanted(path, other, bytes, count)) return;
    for (int i = 0; i < count; i++) length += bytes[i].iov_len;
    snprintf(head, sizeof head, "%s %d %llu:%llu %lld %zu %zu %zu\n", operation, (int)getpid(),
             of ? (unsigned long long)of->st_dev : 0, of ? (unsigned long long)of->st_ino : 0, offset, strlen(path),
             strlen(other), length);
    int total = 0;
    parts[total++] = (struct iovec){head, strlen(head)};
    parts[total++] = (struct iovec){(void *)path, strlen(path)};
    parts[total++] = (struct iovec){(void *)other, strlen(other)};
    for (int i = 0; i < count; i++) parts[total++] = bytes[i];
    parts[total++] = (struct iovec){"\n", 1};
    size_t all = 0;
    for (int i = 0; i < total; i++) all += parts[i].iov_len;
    /* In one piece, or records of two processes would run into each other. */
    if (REAL(writev, ssize_t (*)(int, const struct iovec *, int))(log_file, parts, total) != (ssize_t)all) abort();
}

/* Called before an operation, with the turn held: ends the process here, or says that the disk is gone. */
static int fails(const char *path) {
    if (is_recorded(path) && kill_at && ++seen == kill_at) kill(getpid(), SIGKILL);
    if (gone_at >= 0 && is_among(path, gone_under) && ++seen_gone > gone_at) {
        errno = EIO;
        return 1;
    }
    return 0;
}

static int is_gone(const char *path) {
    if (gone_at < 0 || seen_gone <= gone_at || !is_among(path, gone_under)) return 0;
    errno = EIO;
    return 1;
}

/* How many of these bytes the disk still has room for; -1 with ENOSPC for none. */
static ssize_t fitting(const char *path, long long size, long long offset, size_t length) {
    if (room < 0 || !is_recorded(path)) return length;
    long long growth = offset + (long long)length - (size > offset ? size : offset);
    if (growth <= 0) return length;
    long long fit = growth <= room ? growth : room;
    room -= fit;
    size_t written = length - (growth - fit);
    if (!written) errno = ENOSPC;
    return written ? (ssize_t)written : -1;
}

static size_t shortened(struct iovec *to, const struct iovec *bytes, int count, size_t length) {
    int total = 0;
    for (int i = 0; i < count && length; i++) {
        to[total] = bytes[i];
        if (to[total].iov_len > length) to[total].iov_len = length;
        length -= to[total++].iov_len;
    }
    return total;
}

/* ---- Writing ---- */

static ssize_t really_written(int file, const struct iovec *bytes, int count, long long offset) {
    if (offset < 0) return REAL(writev, ssize_t (*)(int, const struct iovec *, int))(file, bytes, count);
    return REAL(pwritev64, ssize_t (*)(int, const struct iovec *, int, off64_t))(file, bytes, count, offset);
}

/* `offset` -1 is where the file stands. */
static ssize_t written(int file, const struct iovec *bytes, int count, long long offset) {
    struct stat of;
    char path[PATH_MAX];
    if (inside || file == log_file || fstat(file, &of)) return really_written(file, bytes, count, offset);
    inside = 1;
    path_of(file, path);
    int is_file = S_ISREG(of.st_mode);
    /* A pipe may wait for a reader that waits for its turn. */
    if (is_file) pthread_mutex_lock(&turn);
    ssize_t done = -1;
    if (!fails(path)) {
        struct iovec fit[64];
        long long at = offset;
        if (is_file && at < 0) {
            fstat(file, &of);
            at = fcntl(file, F_GETFL) & O_APPEND ? of.st_size : lseek(file, 0, SEEK_CUR);
        }
        size_t length = 0;
        if (count > 64) count = 64;
        for (int i = 0; i < count; i++) length += bytes[i].iov_len;
        ssize_t possible = is_file ? fitting(path, of.st_size, at, length) : (ssize_t)length;
        if (possible >= 0) {
            count = shortened(fit, bytes, count, possible);
            done = really_written(file, fit, count, offset);
        }
        if (done > 0 && is_recorded(path)) {
            int error = errno;
            count = shortened(fit, fit, count, done);
            note("write", path, "", &of, is_file ? at : 0, fit, count);
            errno = error;
        }
    }
    if (is_file) pthread_mutex_unlock(&turn);
    inside = 0;
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) {
    return written(file, &(struct iovec){(void *)bytes, length}, 1, -1);
}
ssize_t writev(int file, const struct iovec *bytes, int count) { return written(file, bytes, count, -1); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    return written(file, &(struct iovec){(void *)bytes, length}, 1, offset);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    return written(file, &(struct iovec){(void *)bytes, length}, 1, offset);
}
ssize_t pwritev(int file, const struct iovec *bytes, int count, off_t offset) {
    return written(file, bytes, count, offset);
}
ssize_t pwritev64(int file, const struct iovec *bytes, int count, off64_t offset) {
    return written(file, bytes, count, offset);
}

/* Copies within the kernel are done here by hand, so that their bytes are seen. */
static ssize_t carried(int to, int from, off64_t *read_at, off64_t *write_at, size_t length) {
    static __thread char held[1 << 16];
    if (length > sizeof held) length = sizeof held;
    ssize_t got = read_at ? pread64(from, held, length, *read_at) : read(from, held, length);
    if (got <= 0) return got;
    ssize_t done = written(to, &(struct iovec){held, got}, 1, write_at ? *write_at : -1);
    if (done < 0) return done;
    if (read_at) *read_at += done;
    if (write_at) *write_at += done;
    if (!read_at && done < got) lseek(from, done - got, SEEK_CUR);
    return done;
}
ssize_t sendfile(int to, int from, off_t *offset, size_t length) { return carried(to, from, offset, NULL, length); }
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { return carried(to, from, offset, NULL, length); }
ssize_t copy_file_range(int from, off64_t *read_at, int to, off64_t *write_at, size_t length, unsigned flags) {
    (void)flags;
    return carried(to, from, read_at, write_at, length);
}

/* ---- What stdio holds back before it writes ---- */

static void streamed(FILE *stream, const void *bytes, size_t length) {
    struct stat of;
    char path[PATH_MAX];
    int error = errno, file = fileno(stream);
    if (inside || file < 0 || !length || fstat(file, &of)) return;
    inside = 1;
    path_of(file, path);
    if (is_recorded(path)) note("stream", path, "", &of, 0, &(struct iovec){(void *)bytes, length}, 1);
    inside = 0;
    errno = error;
}
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream) {
    size_t done = REAL(fwrite, size_t(*)(const void *, size_t, size_t, FILE *))(bytes, size, count, stream);
    streamed(stream, bytes, size * done);
    return done;
}
int fputs(const char *text, FILE *stream) {
    int done = REAL(fputs, int (*)(const char *, FILE *))(text, stream);
    streamed(stream, text, strlen(text));
    return done;
}
static int printed(FILE *stream, const char *format, va_list arguments) {
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);
    if (length < 0) return length;
    size_t done = fwrite(text, 1, length, stream);
    free(text);
    return done == (size_t)length ? length : -1;
}
int vfprintf(FILE *stream, const char *format, va_list arguments) { return printed(stream, format, arguments); }
int __vfprintf_chk(FILE *stream, int flag, const char *format, va_list arguments) {
    (void)flag;
    return printed(stream, format, arguments);
}
#define PRINTS(last)                             \
    {                                            \
        va_list arguments;                       \
        va_start(arguments, last);               \
        int done = printed(stream, format, arguments); \
        va_end(arguments);                       \
        return done;                             \
    }
int fprintf(FILE *stream, const char *format, ...) PRINTS(format)
int __fprintf_chk(FILE *stream, int flag, const char *format, ...) { (void)flag; PRINTS(format) }

/* ---- Length, and the way to the disk ---- */

static int cut(int file, off64_t length) {
    struct stat of;
    char path[PATH_MAX];
    int (*really)(int, off64_t) = REAL(ftruncate64, int (*)(int, off64_t));
    if (inside || fstat(file, &of)) return really(file, length);
    inside = 1;
    path_of(file, path);
    pthread_mutex_lock(&turn);
    int done = fails(path) ? -1 : really(file, length);
    if (!done && is_recorded(path)) note("cut", path, "", &of, length, NULL, 0);
    pthread_mutex_unlock(&turn);
    inside = 0;
    return done;
}
int ftruncate(int file, off_t length) { return cut(file, length); }
int ftruncate64(int file, off64_t length) { return cut(file, length); }
static int cut_by_name(const char *name, off64_t length) {
    int file = REAL(open, int (*)(const char *, int, ...))(name, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    int done = cut(file, length), error = errno;
    REAL(close, int (*)(int))(file);
    errno = error;
    return done;
}
int truncate(const char *name, off_t length) { return cut_by_name(name, length); }
int truncate64(const char *name, off64_t length) { return cut_by_name(name, length); }

static int synced(int file, int (*really)(int)) {
    struct stat of;
    char path[PATH_MAX];
    if (inside || fstat(file, &of)) return really(file);
    inside = 1;
    path_of(file, path);
    pthread_mutex_lock(&turn);
    int done = fails(path) ? -1 : really(file);
    if (!done && is_recorded(path)) note("sync", path, "", &of, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    inside = 0;
    return done;
}
int fsync(int file) { return synced(file, REAL(fsync, int (*)(int))); }
int fdatasync(int file) { return synced(file, REAL(fdatasync, int (*)(int))); }

static void mapped(int file, int protection, int flags) {
    struct stat of;
    char path[PATH_MAX];
    if (inside || file < 0 || !(flags & MAP_SHARED) || !(protection & PROT_WRITE) || fstat(file, &of)) return;
    inside = 1;
    path_of(file, path);
    if (S_ISREG(of.st_mode) && is_recorded(path)) note("map", path, "", &of, 0, NULL, 0);
    inside = 0;
}
void *mmap(void *at, size_t length, int protection, int flags, int file, off_t offset) {
    mapped(file, protection, flags);
    return REAL(mmap, void *(*)(void *, size_t, int, int, int, off_t))(at, length, protection, flags, file, offset);
}
void *mmap64(void *at, size_t length, int protection, int flags, int file, off64_t offset) {
    mapped(file, protection, flags);
    return REAL(mmap64, void *(*)(void *, size_t, int, int, int, off64_t))(at, length, protection, flags, file, offset);
}

/* ---- Names ---- */

static int really_opened(int folder, const char *name, int flags, mode_t mode) {
    return REAL(openat64, int (*)(int, const char *, int, ...))(folder, name, flags, mode);
}

static int opened(int folder, const char *name, int flags, mode_t mode) {
    struct stat of;
    char path[PATH_MAX];
    if (inside) return really_opened(folder, name, flags, mode);
    inside = 1;
    path_at(folder, name, path);
    int done = -1;
    if (!(flags & (O_CREAT | O_TRUNC))) {
        if (!is_gone(path)) done = really_opened(folder, name, flags, mode);
        inside = 0;
        return done;
    }
    pthread_mutex_lock(&turn);
    int error = errno;
    int is_new = lstat(path, &of) != 0, had_bytes = !is_new && of.st_size > 0;
    errno = error;
    if (is_new && (flags & O_CREAT) && !room && is_recorded(path)) {
        errno = ENOSPC;
    } else if (!fails(path)) {
        done = really_opened(folder, name, flags, mode);
    }
    if (done >= 0 && is_recorded(path) && !fstat(done, &of)) {
        if (is_new && (flags & O_CREAT)) note("create", path, "", &of, 0, NULL, 0);
        if (had_bytes && (flags & O_TRUNC)) note("cut", path, "", &of, 0, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    inside = 0;
    return done;
}
#define MODE                                      \
    mode_t mode = 0;                              \
    if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE) { \
        va_list arguments;                        \
        va_start(arguments, flags);               \
        mode = va_arg(arguments, mode_t);         \
        va_end(arguments);                        \
    }
int open(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE return opened(folder, name, flags, mode); }
int __open_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __openat_2(int folder, const char *name, int flags) { return opened(folder, name, flags, 0); }
int __openat64_2(int folder, const char *name, int flags) { return opened(folder, name, flags, 0); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static FILE *stream_opened(const char *name, const char *how) {
    if (!inside && how[0] != 'r') {
        int flags = O_CREAT | O_WRONLY | O_CLOEXEC | (how[0] == 'w' ? O_TRUNC : 0);
        int file = opened(AT_FDCWD, name, flags, 0666);
        if (file < 0) return NULL;
        REAL(close, int (*)(int))(file);
    }
    return REAL(fopen64, FILE * (*)(const char *, const char *))(name, how);
}
FILE *fopen(const char *name, const char *how) { return stream_opened(name, how); }
FILE *fopen64(const char *name, const char *how) { return stream_opened(name, how); }

/* One operation on names: `really` is the call itself, `operation` how it is recorded. */
#define ON_NAMES(operation, folder, name, other_folder, other, really)                \
    {                                                                                 \
        struct stat of;                                                               \
        char path[PATH_MAX], to[PATH_MAX] = "";                                       \
        if (inside) return really;                                                    \
        inside = 1;                                                                   \
        path_at(folder, name, path);                                                  \
        if (*(other)) path_at(other_folder, other, to);                               \
        pthread_mutex_lock(&turn);                                                    \
        int error = errno, is_there = !lstat(path, &of), done = -1;                   \
        errno = error;                                                                \
        if (!room && !strcmp(operation, "mkdir") && is_recorded(path)) errno = ENOSPC; \
        else if (!fails(path) && !(*to && is_gone(to))) done = really;                \
        if (!is_there) is_there = !done && !lstat(path, &of);                         \
        if (!done && (is_recorded(path) || (*to && is_recorded(to))))                 \
            note(operation, path, to, is_there ? &of : NULL, 0, NULL, 0);             \
        pthread_mutex_unlock(&turn);                                                  \
        inside = 0;                                                                   \
        return done;                                                                  \
    }
typedef int (*two_places)(int, const char *, int, const char *);
typedef int (*two_places_flags)(int, const char *, int, const char *, unsigned);

int rename(const char *from, const char *to_name)
    ON_NAMES("rename", AT_FDCWD, from, AT_FDCWD, to_name,
             REAL(renameat, two_places)(AT_FDCWD, from, AT_FDCWD, to_name))
int renameat(int folder, const char *from, int to_folder, const char *to_name)
    ON_NAMES("rename", folder, from, to_folder, to_name, REAL(renameat, two_places)(folder, from, to_folder, to_name))
int renameat2(int folder, const char *from, int to_folder, const char *to_name, unsigned flags)
    ON_NAMES("rename", folder, from, to_folder, to_name,
             REAL(renameat2, two_places_flags)(folder, from, to_folder, to_name, flags))
int link(const char *from, const char *to_name)
    ON_NAMES("link", AT_FDCWD, from, AT_FDCWD, to_name,
             REAL(linkat, two_places_flags)(AT_FDCWD, from, AT_FDCWD, to_name, 0))
int linkat(int folder, const char *from, int to_folder, const char *to_name, int flags)
    ON_NAMES("link", folder, from, to_folder, to_name,
             REAL(linkat, two_places_flags)(folder, from, to_folder, to_name, flags))
int unlink(const char *name)
    ON_NAMES("unlink", AT_FDCWD, name, AT_FDCWD, "", REAL(unlink, int (*)(const char *))(name))
int unlinkat(int folder, const char *name, int flags)
    ON_NAMES(flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, name, AT_FDCWD, "",
             REAL(unlinkat, int (*)(int, const char *, int))(folder, name, flags))
int remove(const char *name) {
    struct stat of;
    return !lstat(name, &of) && S_ISDIR(of.st_mode) ? rmdir(name) : unlink(name);
}
int rmdir(const char *name)
    ON_NAMES("rmdir", AT_FDCWD, name, AT_FDCWD, "", REAL(rmdir, int (*)(const char *))(name))
int mkdir(const char *name, mode_t mode)
    ON_NAMES("mkdir", AT_FDCWD, name, AT_FDCWD, "", REAL(mkdir, int (*)(const char *, mode_t))(name, mode))
int mkdirat(int folder, const char *name, mode_t mode)
    ON_NAMES("mkdir", folder, name, AT_FDCWD, "", REAL(mkdirat, int (*)(int, const char *, mode_t))(folder, name, mode))

/* ---- A disk that was pulled out cannot be looked at either ---- */

static int is_gone_at(int folder, const char *name) {
    char path[PATH_MAX];
    if (inside || gone_at < 0 || seen_gone <= gone_at) return 0;
    inside = 1;
    path_at(folder, name, path);
    inside = 0;
    return is_gone(path);
}
DIR *opendir(const char *name) {
    return is_gone_at(AT_FDCWD, name) ? NULL : REAL(opendir, DIR * (*)(const char *))(name);
}
#define LOOKS(called, type)                                                           \
    int called(const char *restrict name, struct type *restrict of) {                 \
        return is_gone_at(AT_FDCWD, name) ? -1 : REAL(called, int (*)(const char *, struct type *))(name, of); \
    }
LOOKS(stat, stat)
LOOKS(lstat, stat)
LOOKS(stat64, stat64)
LOOKS(lstat64, stat64)
int fstatat(int folder, const char *restrict name, struct stat *restrict of, int flags) {
    if (*name && is_gone_at(folder, name)) return -1;
    return REAL(fstatat, int (*)(int, const char *, struct stat *, int))(folder, name, of, flags);
}
