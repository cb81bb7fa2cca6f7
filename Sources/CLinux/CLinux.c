#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>

#if defined(__linux__)

#include <linux/filter.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
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

int clinux_drop_newcomers(int descriptor) {
    // Of a packet, a filter sees the TCP header and what follows; byte 13 has the flags: 0x02 is SYN, 0x10 ACK.
    struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
    };
    struct sock_fprog program = {sizeof instructions / sizeof *instructions, instructions};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

ssize_t clinux_pread_nowait(int descriptor, void *buffer, size_t count, off_t offset) {
    struct iovec vector = {buffer, count};
    return preadv2(descriptor, &vector, 1, offset, RWF_NOWAIT);
}

int clinux_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int clinux_timer_create(void) {
    return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

int clinux_epoll_add(int epoll, int descriptor, uint64_t token, int edge_triggered) {
    struct epoll_event event = {.events = edge_triggered ? EPOLLIN | EPOLLOUT | EPOLLET : EPOLLIN, .data.u64 = token};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int clinux_epoll_wait(int epoll, uint64_t *tokens, int capacity, int waits) {
    struct epoll_event events[256];
    int most = (int)(sizeof events / sizeof *events);
    int count = epoll_wait(epoll, events, capacity < most ? capacity : most, waits ? -1 : 0);
    for (int index = 0; index < count; index++) tokens[index] = events[index].data.u64;
    return count;
}

int clinux_timer_set(int timer, int64_t nanoseconds) {
    struct itimerspec time = {.it_value = {nanoseconds / 1000000000, nanoseconds % 1000000000}};
    return timerfd_settime(timer, 0, &time, NULL);
}

#else

int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t resolve) {
    (void)directory, (void)path, (void)flags, (void)resolve;
    errno = ENOSYS;
    return -1;
}

int clinux_drop_newcomers(int descriptor) {
    (void)descriptor;
    errno = ENOSYS;
    return -1;
}

ssize_t clinux_pread_nowait(int descriptor, void *buffer, size_t count, off_t offset) {
    (void)descriptor, (void)buffer, (void)count, (void)offset;
    errno = ENOSYS;
    return -1;
}

int clinux_epoll_create(void) {
    errno = ENOSYS;
    return -1;
}

int clinux_timer_create(void) {
    errno = ENOSYS;
    return -1;
}

int clinux_epoll_add(int epoll, int descriptor, uint64_t token, int edge_triggered) {
    (void)epoll, (void)descriptor, (void)token, (void)edge_triggered;
    errno = ENOSYS;
    return -1;
}

int clinux_epoll_wait(int epoll, uint64_t *tokens, int capacity, int waits) {
    (void)epoll, (void)tokens, (void)capacity, (void)waits;
    errno = ENOSYS;
    return -1;
}

int clinux_timer_set(int timer, int64_t nanoseconds) {
    (void)timer, (void)nanoseconds;
    errno = ENOSYS;
    return -1;
}

#endif
