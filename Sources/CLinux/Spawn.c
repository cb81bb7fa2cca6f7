#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

// Between its start and exec, the child shares the memory of this process, whose calling thread stands still meanwhile. It
// may call nothing that takes a lock or speaks to other threads: setuid(2) of the C library does, its system call does not.

struct child {
    const struct clinux_program *program;
    int error;
};

static int limit(int resource, uint64_t value) {
    if (value == 0) return 0;
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) return -1;
    if (now.rlim_max == RLIM_INFINITY || value < now.rlim_max) now.rlim_max = value;
    now.rlim_cur = now.rlim_max;
    return setrlimit(resource, &now);
}

static int becomes(int descriptor, int wanted) {
    if (descriptor == wanted) return fcntl(wanted, F_SETFD, 0);
    return dup2(descriptor, wanted) < 0 ? -1 : 0;
}

static int change_user(const struct clinux_program *program) {
#if defined(__linux__)
    if (syscall(SYS_setgroups, program->group_count, program->groups) != 0) return -1;
    if (syscall(SYS_setresgid, program->group, program->group, program->group) != 0) return -1;
    if (syscall(SYS_setresuid, program->user, program->user, program->user) != 0) return -1;
#else
    if (setgroups((int)program->group_count, (const gid_t *)program->groups) != 0) return -1;
    if (setgid(program->group) != 0 || setuid(program->user) != 0) return -1;
#endif
    return 0;
}

static void close_others(void) {
#if defined(__linux__)
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
    // Closed by exec, which needs some of them until then.
    if (syscall(SYS_close_range, 3, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
#endif
    struct rlimit files = {65536, 65536};
    getrlimit(RLIMIT_NOFILE, &files);
    int most = files.rlim_cur > 65536 ? 65536 : (int)files.rlim_cur;
    for (int descriptor = 3; descriptor < most; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static int is_same_file(const struct clinux_program *program) {
    struct stat open, named;
    if (fstat(program->file, &open) != 0 || stat(program->path, &named) != 0) return 0;
    if (open.st_dev == named.st_dev && open.st_ino == named.st_ino) return 1;
    errno = ESTALE;
    return 0;
}

static void restore_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static int become(const struct clinux_program *program, pid_t parent) {
    if (setpgid(0, 0) != 0) return -1;
    if (becomes(program->input, 0) != 0 || becomes(program->output, 1) != 0 || becomes(program->error, 2) != 0) return -1;
    close_others();
    if (program->folder >= 0 && fchdir(program->folder) != 0) return -1;
    int memory = limit(RLIMIT_AS, program->memory);
#if defined(__linux__)
    if (memory != 0) return -1;
#else
    (void)memory;  // Not every system has such a limit.
#endif
    if (limit(RLIMIT_CPU, program->cpu_seconds) != 0) return -1;
    if (limit(RLIMIT_NOFILE, program->open_files) != 0) return -1;
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (program->changes_user && change_user(program) != 0) return -1;
#if defined(__linux__)
    // After the change of user, which takes it back.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
    if (getppid() != parent) _exit(127);
    if (program->no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
#else
    (void)parent;
#endif
    restore_signals();
#if defined(__linux__)
    // What is checked has to be what runs. An interpreter opens its script by name again; everything else is started by
    // its descriptor. Rules come last: the check may need what they forbid.
    if (!program->starts_file && !is_same_file(program)) return -1;
    if (program->ruleset >= 0 && syscall(446 /* landlock_restrict_self */, program->ruleset, 0) != 0) return -1;
    if (program->starts_file) {
        syscall(SYS_execveat, program->file, "", program->arguments, program->environment, 0x1000 /* AT_EMPTY_PATH */);
        return -1;
    }
#else
    if (!is_same_file(program)) return -1;
#endif
    execve(program->path, program->arguments, program->environment);
    return -1;
}

#if defined(__linux__)

struct start {
    struct child *child;
    pid_t parent;
};

static int run(void *argument) {
    struct start *start = argument;
    become(start->child->program, start->parent);
    start->child->error = errno;
    _exit(127);
}

#endif

pid_t clinux_spawn(const struct clinux_program *program, int *pidfd) {
    *pidfd = -1;
    // No handler of this process may run in the child.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    struct child child = {program, 0};
    pid_t pid;
    int failure = 0;
#if defined(__linux__)
    enum { size = 64 * 1024 };
    char *stack = malloc(size);
    if (stack == NULL) {
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        errno = ENOMEM;
        return -1;
    }
    struct start start = {&child, getpid()};
    char *top = (char *)((uintptr_t)(stack + size) & ~(uintptr_t)15);
    int flags = CLONE_VM | CLONE_VFORK | 0x1000 /* CLONE_PIDFD */ | SIGCHLD;
    pid = clone(run, top, flags, &start, pidfd);
    failure = pid < 0 ? errno : child.error;
    free(stack);
#else
    int report[2];
    if (pipe(report) != 0) {
        int error = errno;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        errno = error;
        return -1;
    }
    fcntl(report[1], F_SETFD, FD_CLOEXEC);
    pid = fork();
    if (pid == 0) {
        int error = report[1] > 2 ? report[1] : fcntl(report[1], F_DUPFD, 3);
        become(program, 0);
        int code = errno;
        if (write(error, &code, sizeof code) < 0) _exit(126);
        _exit(127);
    }
    failure = pid < 0 ? errno : 0;
    close(report[1]);
    if (pid > 0 && read(report[0], &failure, sizeof failure) != sizeof failure) failure = 0;
    close(report[0]);
#endif
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure == 0) return pid;
    if (pid > 0) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) continue;
        if (*pidfd >= 0) close(*pidfd);
        *pidfd = -1;
    }
    errno = failure;
    return -1;
}

int clinux_pipe(int ends[2]) {
#if defined(__linux__)
    return pipe2(ends, O_CLOEXEC);
#else
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

int clinux_wait(pid_t pid, int waits, int keeps, int *code) {
    siginfo_t info;
    int result;
    do {
        info.si_pid = 0;
        result = waitid(P_PID, (id_t)pid, &info, WEXITED | (waits ? 0 : WNOHANG) | (keeps ? WNOWAIT : 0));
    } while (result != 0 && errno == EINTR);
    if (result != 0) return -1;
    if (info.si_pid == 0) return 0;
    *code = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
    return 1;
}
