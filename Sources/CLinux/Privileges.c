#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

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
