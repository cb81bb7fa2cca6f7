#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>

#if defined(__linux__)

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// landlock(7): the numbers of its calls and of its rights are the same on every architecture.
enum {
    create_ruleset = 444,
    add_rule = 445,
};

enum {
    execute = 1 << 0,
    write_file = 1 << 1,
    read_file = 1 << 2,
    read_folder = 1 << 3,
    version_1 = (1 << 13) - 1,
    refer = 1 << 13,     // version 2
    truncate_file = 1 << 14,  // version 3
};

static uint64_t rights(int version) {
    return version_1 | (version >= 2 ? refer : 0) | (version >= 3 ? truncate_file : 0);
}

int clinux_landlock_version(void) {
    long version = syscall(create_ruleset, NULL, 0, 1);
    return version < 0 ? 0 : (int)version;
}

int clinux_landlock_create(int version) {
    struct {
        uint64_t files;
        uint64_t network;
        uint64_t scoped;
    } rules = {rights(version), 0, version >= 6 ? 3 /* abstract sockets and signals */ : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int ruleset = (int)syscall(create_ruleset, &rules, size, 0);
    if (ruleset >= 0) fcntl(ruleset, F_SETFD, FD_CLOEXEC);
    return ruleset;
}

int clinux_landlock_allow(int ruleset, int version, const char *path, int writes) {
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return -1;
    struct stat status;
    int result = fstat(file, &status);
    if (result == 0) {
        struct __attribute__((packed)) {
            uint64_t access;
            int32_t parent;
        } rule = {writes ? rights(version) : execute | read_file | read_folder, file};
        if (!S_ISDIR(status.st_mode)) rule.access &= execute | write_file | read_file | truncate_file;
        result = (int)syscall(add_rule, ruleset, 1, &rule, 0);
    }
    int error = errno;
    close(file);
    errno = error;
    return result;
}

#else

int clinux_landlock_version(void) {
    return 0;
}

int clinux_landlock_create(int version) {
    (void)version;
    errno = ENOSYS;
    return -1;
}

int clinux_landlock_allow(int ruleset, int version, const char *path, int writes) {
    (void)ruleset, (void)version, (void)path, (void)writes;
    errno = ENOSYS;
    return -1;
}

#endif
