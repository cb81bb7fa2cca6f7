#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>

#if defined(__linux__)

#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t resolve) {
    struct {
        uint64_t flags;
        uint64_t mode;
        uint64_t resolve;
    } how = {flags, 0, resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

ssize_t clinux_pread_nowait(int descriptor, void *buffer, size_t count, off_t offset) {
    struct iovec vector = {buffer, count};
    return preadv2(descriptor, &vector, 1, offset, RWF_NOWAIT);
}

#else

int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t resolve) {
    (void)directory, (void)path, (void)flags, (void)resolve;
    errno = ENOSYS;
    return -1;
}

ssize_t clinux_pread_nowait(int descriptor, void *buffer, size_t count, off_t offset) {
    (void)descriptor, (void)buffer, (void)count, (void)offset;
    errno = ENOSYS;
    return -1;
}

#endif
