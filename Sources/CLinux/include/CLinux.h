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
