// What Swift cannot call by itself on Linux: variadic system calls, and structures that glibc's headers lag behind.
// Elsewhere each function fails with ENOSYS, and its caller takes its portable path.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// How openat2(2) is to resolve a path; the kernel's values.
enum {
    CLINUX_RESOLVE_NO_MAGICLINKS = 0x02,
    CLINUX_RESOLVE_NO_SYMLINKS = 0x04,
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
    CLINUX_IPV6_FREEBIND = 78,
};

// Has a listening TCP socket drop what would begin a connection, as if it had been lost on the way; handshakes that have
// begun end as ever. Whoever knocks tries again a second later. 0, or -1 with errno set.
int clinux_drop_newcomers(int descriptor);

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

// What Landlock rules are about; the kernel's values.
enum {
    CLINUX_LANDLOCK_EXECUTE = 1 << 0,
    CLINUX_LANDLOCK_WRITE_FILE = 1 << 1,
    CLINUX_LANDLOCK_READ_FILE = 1 << 2,
    CLINUX_LANDLOCK_READ_FOLDER = 1 << 3,
    CLINUX_LANDLOCK_REMOVE_FOLDER = 1 << 4,
    CLINUX_LANDLOCK_REMOVE_FILE = 1 << 5,
    CLINUX_LANDLOCK_MAKE_CHARACTER_DEVICE = 1 << 6,
    CLINUX_LANDLOCK_MAKE_FOLDER = 1 << 7,
    CLINUX_LANDLOCK_MAKE_FILE = 1 << 8,
    CLINUX_LANDLOCK_MAKE_SOCKET = 1 << 9,
    CLINUX_LANDLOCK_MAKE_FIFO = 1 << 10,
    CLINUX_LANDLOCK_MAKE_BLOCK_DEVICE = 1 << 11,
    CLINUX_LANDLOCK_MAKE_LINK = 1 << 12,
    CLINUX_LANDLOCK_REFER = 1 << 13,           // version 2
    CLINUX_LANDLOCK_TRUNCATE = 1 << 14,        // version 3
    CLINUX_LANDLOCK_DEVICE_CONTROL = 1 << 15,  // version 5
};

enum {
    CLINUX_LANDLOCK_BIND_TCP = 1 << 0,  // version 4, with the next
    CLINUX_LANDLOCK_CONNECT_TCP = 1 << 1,
};

enum {
    CLINUX_LANDLOCK_SCOPE_ABSTRACT_SOCKETS = 1 << 0,  // version 6, with the next
    CLINUX_LANDLOCK_SCOPE_SIGNALS = 1 << 1,
};

// Makes rules that forbid these things but where others allow them. A descriptor, or -1 with errno set.
int clinux_landlock_make(int version, uint64_t files, uint64_t network, uint64_t scoped);

// Allows these things with what is at a path, and beneath it; of those that are for folders, none with a file. 0, or -1
// with errno set.
int clinux_landlock_allow_path(int ruleset, const char *path, uint64_t access);

// Allows these things with a TCP port. 0, or -1 with errno set.
int clinux_landlock_allow_port(int ruleset, uint16_t port, uint64_t access);

// Has the rules hold for the calling thread and for those that it starts from then on, and takes from them what programs
// with special rights would give (prctl(2), PR_SET_NO_NEW_PRIVS). 0, or -1 with errno set.
int clinux_landlock_restrict(int ruleset);

// Whether an access control list is at a path, beside the mode that is there always.
int clinux_has_access_list(const char *path);

// Makes every thread of the process another user's but for those that are about to end, which the C libraries leave alone:
// Dispatch keeps the main thread of a program for ever in that state. 0, or -1 with errno set.
int clinux_assume_user(uint32_t user, uint32_t group, const uint32_t *groups, size_t count);

// Whether the process can make itself the superuser again, or choose its groups.
int clinux_can_regain_superuser(void);

// A descriptor of the folder of this process's threads, with which they can be looked at when the root is another. -1 with
// errno set where there is none.
int clinux_threads(void);

// How many threads have an id that is not the user's. -1 with errno set.
int clinux_threads_of_others(int threads, uint32_t user);

// Has /proc be at a path too, a folder, for this process alone, which may have one thread only. 0, or -1 with errno set.
int clinux_mount_processes(const char *path);

// prctl(2): whether programs that this process starts may have more rights than it has. 0, or -1 with errno set.
int clinux_forbid_new_privileges(void);

// Has the kernel keep the memory of this process from core dumps and from debuggers. 0, or -1 with errno set.
int clinux_forbid_dumps(void);
