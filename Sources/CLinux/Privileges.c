#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/xattr.h>
#else
#include <sys/acl.h>
#endif

int clinux_has_access_list(const char *path) {
#if defined(__linux__)
    return getxattr(path, "system.posix_acl_access", NULL, 0) > 0;
#else
    acl_t list = acl_get_file(path, ACL_TYPE_EXTENDED);
    if (list == NULL) return 0;
    acl_free(list);
    return 1;
#endif
}

int clinux_assume_user(uint32_t user, uint32_t group, const uint32_t *groups, size_t count) {
#if defined(__linux__)
    if (setgroups(count, groups) != 0) return -1;
    if (setresgid(group, group, group) != 0) return -1;
    return setresuid(user, user, user);
#else
    if (setgroups((int)count, (const gid_t *)groups) != 0) return -1;
    // All three ids, for who is the superuser.
    if (setgid(group) != 0) return -1;
    return setuid(user);
#endif
}

int clinux_can_regain_superuser(void) {
    if (setuid(0) == 0 || seteuid(0) == 0) return 1;
    gid_t group = getgid();
    return setgroups(1, &group) == 0;
}

int clinux_threads(void) {
#if defined(__linux__)
    return open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
#else
    errno = ENOSYS;
    return -1;
#endif
}

// Whether all four ids of a thread are a user's, or the thread has ended.
static int belongs(int threads, const char *name, uint32_t user) {
    char path[300], text[4096];
    snprintf(path, sizeof path, "%s/status", name);
    int file = openat(threads, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno == ENOENT || errno == ESRCH;
    ssize_t count = read(file, text, sizeof text - 1);
    int error = errno;
    close(file);
    if (count < 0) return error == ESRCH;
    text[count] = 0;
    const char *line = strstr(text, "\nUid:");
    unsigned ids[4];
    if (line == NULL || sscanf(line + 5, "%u %u %u %u", &ids[0], &ids[1], &ids[2], &ids[3]) != 4) return 0;
    return ids[0] == user && ids[1] == user && ids[2] == user && ids[3] == user;
}

int clinux_threads_of_others(int threads, uint32_t user) {
    int descriptor = fcntl(threads, F_DUPFD_CLOEXEC, 3);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) return -1;
    rewinddir(folder);
    int count = 0;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.' && !belongs(threads, entry->d_name, user)) count++;
    }
    closedir(folder);
    return count;
}

int clinux_forbid_new_privileges(void) {
#if defined(__linux__)
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#else
    errno = ENOSYS;
    return -1;
#endif
}

int clinux_forbid_dumps(void) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
#if defined(__linux__)
    // A handler of core dumps that the kernel pipes them to does not ask for the limit.
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#else
    return 0;
#endif
}

int clinux_mount_processes(const char *path) {
#if defined(__linux__)
    // Only here, so that nothing is left of it when the process has ended; what others mount is still seen.
    if (unshare(CLONE_NEWNS) != 0) return -1;
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return -1;
    return mount("/proc", path, NULL, MS_BIND | MS_REC, NULL);
#else
    (void)path;
    errno = ENOSYS;
    return -1;
#endif
}
