// What Swift cannot call by itself on Linux: variadic system calls, and structures that glibc's headers lag behind.
// Elsewhere each function fails with ENOSYS, and its caller takes its portable path.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// How openat2(2) is to resolve a path; the kernel's values.
enum {
    CLINUX_RESOLVE_NO_MAGICLINKS = 0x02,
    CLINUX_RESOLVE_BENEATH = 0x08,
    CLINUX_RESOLVE_CACHED = 0x20,
};

// O_PATH of open(2), which glibc shows to GNU sources only: a descriptor that names what is there without opening it.
enum {
    CLINUX_O_PATH = 010000000,
};

// openat2(2): opens `path` relative to `directory`. A descriptor, or -1 with errno set.
int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t resolve);

// preadv2(2) with RWF_NOWAIT: reads only what needs no waiting for a disk. -1 with EAGAIN when it would wait.
ssize_t clinux_pread_nowait(int descriptor, void *buffer, size_t count, off_t offset);

// epoll(7) and timerfd_create(2), which Swift's view of glibc leaves out. Descriptors, or -1 with errno set.
int clinux_epoll_create(void);
int clinux_timer_create(void);

// Watches a descriptor for reading, and if it is edge-triggered for writing too. 0, or -1 with errno set.
int clinux_epoll_add(int epoll, int descriptor, uint64_t token, int edge_triggered);

// Waits for events, or only looks for them, and gives the tokens of at most `capacity` descriptors that have some.
int clinux_epoll_wait(int epoll, uint64_t *tokens, int capacity, int waits);

// Has a timer go off once, so many nanoseconds from now. 0, or -1 with errno set.
int clinux_timer_set(int timer, int64_t nanoseconds);

// Options of TCP sockets; the kernel's values.
enum {
    CLINUX_TCP_INFO = 11,
    CLINUX_TCP_QUICKACK = 12,
    CLINUX_TCP_USER_TIMEOUT = 18,
    CLINUX_TCP_NOTSENT_LOWAT = 25,
};

// The head of the kernel's struct tcp_info (linux/tcp.h), as far as fields of it are read here: glibc's own declaration
// ends before them.
struct clinux_tcp_info {
    uint8_t state_to_delivery_rate[8];
    uint32_t rto_to_rcv_mss[4];
    uint32_t unacked;  // packets that were sent and not acknowledged
    uint32_t sacked_to_total_retrans[19];
    uint64_t pacing_rate;
    uint64_t max_pacing_rate;
    uint64_t bytes_acked;  // RFC 4898 tcpEStatsAppHCThruOctetsAcked
    uint64_t bytes_received;
    uint32_t segs_out;
    uint32_t segs_in;
    uint32_t notsent_bytes;
};

// pipe2(2) with O_CLOEXEC: two descriptors that no program inherits. 0, or -1 with errno set.
int clinux_pipe(int ends[2]);

// A program to start, as the new process sees it. Descriptors that are -1 are not used.
struct clinux_program {
    const char *path;         // absolute
    char *const *arguments;
    char *const *environment;
    int file;                 // the program's file, open: what is started has to be it
    int starts_file;          // whether the open file itself is started, which a script with #! cannot be
    int folder;               // the working directory
    int input, output, error; // descriptors 0, 1 and 2
    int ruleset;              // Landlock rules that hold for it, or -1
    int no_new_privileges;
    int changes_user;
    uint32_t user, group;
    const uint32_t *groups;
    size_t group_count;
    // Limits of setrlimit(2), each 0 for none.
    uint64_t memory, cpu_seconds, open_files;
};

// Starts a program in a process group of its own, with no descriptor but three, no signal blocked or ignored, and killed
// when this process ends. Waits until the program has replaced this one's image, some hundred microseconds.
//
// Gives the process id and, on Linux, in `pidfd` a descriptor of the process (-1 elsewhere). -1 with errno set where the
// process could not be made, or could not become the program.
pid_t clinux_spawn(const struct clinux_program *program, int *pidfd);

// Takes the status of a child that has ended: 1 with its exit code in `code`, or minus the signal that ended it; 0 while it
// runs, unless `waits`; -1 with errno set. With `keeps`, the child stays to be asked again, and its id is not given anew.
int clinux_wait(pid_t pid, int waits, int keeps, int *code);

// The newest version of Landlock that the kernel has, 0 for none.
int clinux_landlock_version(void);

// Makes rules that forbid everything to do with files but what is added, and signals to other processes where the kernel
// can. A descriptor, or -1 with errno set.
int clinux_landlock_create(int version);

// Lets what is at a path, and beneath it, be read and started, or written too. 0, or -1 with errno set.
int clinux_landlock_allow(int ruleset, int version, const char *path, int writes);
