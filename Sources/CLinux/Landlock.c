#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>

#if defined(__linux__)

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// landlock(7): the numbers of its calls and of its rights are the same on every architecture.
enum {
    create_ruleset = 444,
    add_rule = 445,
    restrict_self = 446,
};

enum {
    version_1 = (1 << 13) - 1,
    of_files = CLINUX_LANDLOCK_EXECUTE | CLINUX_LANDLOCK_WRITE_FILE | CLINUX_LANDLOCK_READ_FILE
        | CLINUX_LANDLOCK_TRUNCATE | CLINUX_LANDLOCK_DEVICE_CONTROL,
};

static uint64_t rights(int version) {
    return version_1 | (version >= 2 ? CLINUX_LANDLOCK_REFER : 0) | (version >= 3 ? CLINUX_LANDLOCK_TRUNCATE : 0);
}

int clinux_landlock_version(void) {
    long version = syscall(create_ruleset, NULL, 0, 1);
    return version < 0 ? 0 : (int)version;
}

int clinux_landlock_make(int version, uint64_t files, uint64_t network, uint64_t scoped) {
    struct {
        uint64_t files;
        uint64_t network;
        uint64_t scoped;
    } rules = {files, network, scoped};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int ruleset = (int)syscall(create_ruleset, &rules, size, 0);
    if (ruleset >= 0) fcntl(ruleset, F_SETFD, FD_CLOEXEC);
    return ruleset;
}

int clinux_landlock_create(int version) {
    return clinux_landlock_make(
        version, rights(version), 0,
        version >= 6 ? CLINUX_LANDLOCK_SCOPE_ABSTRACT_SOCKETS | CLINUX_LANDLOCK_SCOPE_SIGNALS : 0
    );
}

int clinux_landlock_allow_path(int ruleset, const char *path, uint64_t access) {
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return -1;
    struct stat status;
    int result = fstat(file, &status);
    if (result == 0) {
        struct __attribute__((packed)) {
            uint64_t access;
            int32_t parent;
        } rule = {S_ISDIR(status.st_mode) ? access : access & of_files, file};
        result = (int)syscall(add_rule, ruleset, 1, &rule, 0);
    }
    int error = errno;
    close(file);
    errno = error;
    return result;
}

int clinux_landlock_allow(int ruleset, int version, const char *path, int writes) {
    uint64_t read = CLINUX_LANDLOCK_EXECUTE | CLINUX_LANDLOCK_READ_FILE | CLINUX_LANDLOCK_READ_FOLDER;
    return clinux_landlock_allow_path(ruleset, path, writes ? rights(version) : read);
}

int clinux_landlock_allow_port(int ruleset, uint16_t port, uint64_t access) {
    struct {
        uint64_t access;
        uint64_t port;
    } rule = {access, port};
    return (int)syscall(add_rule, ruleset, 2, &rule, 0);
}

int clinux_landlock_restrict(int ruleset) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return (int)syscall(restrict_self, ruleset, 0);
}

#else

int clinux_landlock_version(void) {
    return 0;
}

int clinux_landlock_make(int version, uint64_t files, uint64_t network, uint64_t scoped) {
    (void)version, (void)files, (void)network, (void)scoped;
    errno = ENOSYS;
    return -1;
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

int clinux_landlock_allow_path(int ruleset, const char *path, uint64_t access) {
    (void)ruleset, (void)path, (void)access;
    errno = ENOSYS;
    return -1;
}

int clinux_landlock_allow_port(int ruleset, uint16_t port, uint64_t access) {
    (void)ruleset, (void)port, (void)access;
    errno = ENOSYS;
    return -1;
}

int clinux_landlock_restrict(int ruleset) {
    (void)ruleset;
    errno = ENOSYS;
    return -1;
}

#endif
