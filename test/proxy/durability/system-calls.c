/*
 * Stands between a process and its disk (LD_PRELOAD), for the files whose path contains PROXY_DISK_FILES:
 * - PROXY_DISK_RECORD: writes each change into this file, with its data, before it is reported as done.
 * - PROXY_DISK_FAIL: while this file exists, fsync fails with EIO, as on a disk that breaks. How often it was called
 *   after the first failure is in that file's size.
 * - PROXY_DISK_FAIL_WRITE: `n` lets the n-th write fail with EIO, `n:count` as many from there on, `n:every` each n-th one.
 * - PROXY_DISK_KILL: `NAME:n` kills the process (SIGKILL) instead of its n-th write to a file whose path ends in NAME.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int is_watched(const char *path) {
  const char *part = getenv("PROXY_DISK_FILES");
  return part != NULL && strstr(path, part) != NULL;
}

/* kind, length of path, path, offset, length of data, data */
static void record(char kind, const char *path, int64_t offset, const void *data, uint32_t length) {
  const char *target = getenv("PROXY_DISK_RECORD");
  if (target == NULL || !is_watched(path)) return;
  uint32_t path_length = strlen(path);
  size_t size = 1 + 4 + path_length + 8 + 4 + length;
  char *entry = malloc(size), *at = entry;
  *at++ = kind;
  memcpy(at, &path_length, 4), at += 4;
  memcpy(at, path, path_length), at += path_length;
  memcpy(at, &offset, 8), at += 8;
  memcpy(at, &length, 4), at += 4;
  if (length > 0) memcpy(at, data, length);
  pthread_mutex_lock(&lock);
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
  ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  int log = real_open(target, O_WRONLY | O_APPEND | O_CREAT, 0600);
  if (real_write(log, entry, size) != (ssize_t)size) abort();
  close(log);
  pthread_mutex_unlock(&lock);
  free(entry);
}

static void record_fd(char kind, int fd, int64_t offset, const void *data, uint32_t length) {
  char path[4096];
  if (path_of(fd, path, sizeof path)) record(kind, path, offset, data, length);
}

/* In the middle of what consists of many writes: a checkpoint, a commit. */
static void kill_at_write(int fd) {
  static int count = 0;
  const char *setting = getenv("PROXY_DISK_KILL");
  const char *number = setting == NULL ? NULL : strrchr(setting, ':');
  char path[4096];
  if (number == NULL || !path_of(fd, path, sizeof path)) return;
  size_t name_length = number - setting, path_length = strlen(path);
  if (path_length < name_length || strncmp(path + path_length - name_length, setting, name_length) != 0) return;
  if (++count == atoi(number + 1)) kill(getpid(), SIGKILL);
}

static int fails_now(int fd) {
  static int count = 0;
  const char *setting = getenv("PROXY_DISK_FAIL_WRITE");
  char path[4096];
  if (setting == NULL || !path_of(fd, path, sizeof path) || !is_watched(path)) return 0;
  int first = atoi(setting);
  const char *more = strchr(setting, ':');
  count++;
  if (more != NULL && strcmp(more, ":every") == 0) return count % first == 0;
  return count >= first && count < first + (more == NULL ? 1 : atoi(more + 1));
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  kill_at_write(fd);
  if (fails_now(fd)) {
    errno = EIO;
    return -1;
  }
  ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  ssize_t written = real(fd, data, length, offset);
  if (written > 0) record_fd('W', fd, offset, data, written);
  return written;
}

int ftruncate64(int fd, off64_t length) {
  int (*real)(int, off64_t) = dlsym(RTLD_NEXT, "ftruncate64");
  int result = real(fd, length);
  if (result == 0) record_fd('T', fd, length, NULL, 0);
  return result;
}

int unlink(const char *path) {
  int (*real)(const char *) = dlsym(RTLD_NEXT, "unlink");
  int result = real(path);
  if (result == 0) record('U', path, 0, NULL, 0);
  return result;
}

int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  const char *failing = getenv("PROXY_DISK_FAIL");
  char path[4096];
  if (failing != NULL && path_of(fd, path, sizeof path) && is_watched(path) && access(failing, F_OK) == 0) {
    ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    int count = real_open(failing, O_WRONLY | O_APPEND);
    if (real_write(count, ".", 1) != 1) abort();
    close(count);
    errno = EIO;
    return -1;
  }
  const char *delay = getenv("PROXY_DISK_DELAY_MS");
  if (delay != NULL && path_of(fd, path, sizeof path) && is_watched(path)) usleep(1000 * atoi(delay));
  int result = real(fd);
  if (result == 0) record_fd('S', fd, 0, NULL, 0);
  return result;
}
