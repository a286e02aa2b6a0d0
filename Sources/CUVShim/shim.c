#define _GNU_SOURCE
#include "CUVShim.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Threads and signals -------------------------------------------------------------------- */

static _Thread_local const void *current_loop;

const void *cuv_current_loop(void) { return current_loop; }

void cuv_set_current_loop(const void *loop) { current_loop = loop; }

void cuv_name_this_thread(const char *name) {
    char kept[16] = {0};
    strncpy(kept, name, sizeof kept - 1);
    pthread_setname_np(pthread_self(), kept);
}

struct thread_start {
    void (*entry)(void *);
    void *argument;
};

static void *run_thread(void *context) {
    struct thread_start start = *(struct thread_start *)context;
    free(context);
    start.entry(start.argument);
    return NULL;
}

void cuv_detach_thread(uv_thread_t thread) { pthread_detach(thread); }

int cuv_start_detached_thread(void (*entry)(void *), void *argument) {
    struct thread_start *start = malloc(sizeof *start);
    if (start == NULL) return UV_ENOMEM;
    start->entry = entry;
    start->argument = argument;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run_thread, start);
    if (error != 0) {
        free(start);
        return uv_translate_sys_error(error);
    }
    pthread_detach(thread);
    return 0;
}

void cuv_ignore_sigpipe(void) {
    struct sigaction action;
    if (sigaction(SIGPIPE, NULL, &action) != 0) return;
    if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != SIG_DFL) return;
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

/* ---- Writing -------------------------------------------------------------------------------- */

cuv_write_t *cuv_write_create(size_t count, uint64_t token) {
    if (count > SIZE_MAX - sizeof(cuv_write_t)) return NULL;
    cuv_write_t *write = malloc(sizeof *write + count);
    if (write == NULL) return NULL;
    write->token = token;
    write->count = count;
    write->written = 0;
    return write;
}

void cuv_write_destroy(cuv_write_t *write) { free(write); }

unsigned char *cuv_write_bytes(cuv_write_t *write) { return write->bytes; }

cuv_write_t *cuv_write_of_request(uv_write_t *request) {
    return (cuv_write_t *)((char *)request - offsetof(cuv_write_t, request));
}

/* uv_buf_init takes an unsigned int: built by hand, a buffer may exceed 4 GiB. */
static uv_buf_t buffer_of(void *bytes, size_t count) {
    uv_buf_t buffer;
    buffer.base = bytes;
    buffer.len = count;
    return buffer;
}

int cuv_write_start(cuv_write_t *write, uv_stream_t *stream, uv_write_cb callback) {
    uv_buf_t buffer = buffer_of(write->bytes, write->count);
    return uv_write(&write->request, stream, &buffer, 1, callback);
}

/* ---- Files ---------------------------------------------------------------------------------- */

int cuv_file_read(uv_loop_t *loop, uv_fs_t *request, int descriptor, void *bytes, size_t count,
                  uv_fs_cb callback) {
    uv_buf_t buffer = buffer_of(bytes, count);
    return uv_fs_read(loop, request, descriptor, &buffer, 1, -1, callback);
}

int cuv_file_write(uv_loop_t *loop, uv_fs_t *request, int descriptor, cuv_write_t *write,
                   uv_fs_cb callback) {
    uv_buf_t buffer = buffer_of(write->bytes + write->written, write->count - write->written);
    return uv_fs_write(loop, request, descriptor, &buffer, 1, -1, callback);
}

void cuv_file_close(int descriptor) { close(descriptor); }

int cuv_status_flags(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? uv_translate_sys_error(errno) : flags;
}

void cuv_set_status_flags(int descriptor, int flags) { fcntl(descriptor, F_SETFL, flags); }

/* ---- Addresses ------------------------------------------------------------------------------ */

int cuv_address_parse(const char *text, uint16_t port, cuv_address_t *address) {
    memset(address, 0, sizeof *address);
    if (uv_ip4_addr(text, port, (struct sockaddr_in *)&address->storage) == 0) return 0;
    memset(address, 0, sizeof *address);
    return uv_ip6_addr(text, port, (struct sockaddr_in6 *)&address->storage);
}

int cuv_address_from_info(const struct addrinfo *info, uint16_t port, cuv_address_t *address) {
    memset(address, 0, sizeof *address);
    if (info->ai_addrlen > sizeof address->storage) return UV_EINVAL;
    memcpy(&address->storage, info->ai_addr, info->ai_addrlen);
    switch (info->ai_family) {
    case AF_INET:
        ((struct sockaddr_in *)&address->storage)->sin_port = htons(port);
        return 0;
    case AF_INET6:
        ((struct sockaddr_in6 *)&address->storage)->sin6_port = htons(port);
        return 0;
    default:
        return UV_EAFNOSUPPORT;
    }
}

int cuv_resolve(uv_loop_t *loop, uv_getaddrinfo_t *request, const char *name,
                uv_getaddrinfo_cb callback) {
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    return uv_getaddrinfo(loop, request, callback, name, NULL, &hints);
}

/* ---- TCP ------------------------------------------------------------------------------------ */

int cuv_tcp_connect(uv_connect_t *request, uv_tcp_t *tcp, const cuv_address_t *address,
                    uv_connect_cb callback) {
    return uv_tcp_connect(request, tcp, (const struct sockaddr *)&address->storage, callback);
}

int cuv_tcp_bind(uv_tcp_t *tcp, const cuv_address_t *address) {
    return uv_tcp_bind(tcp, (const struct sockaddr *)&address->storage, 0);
}

static uint16_t port_of(const struct sockaddr_storage *storage) {
    if (storage->ss_family == AF_INET6) {
        return ntohs(((const struct sockaddr_in6 *)storage)->sin6_port);
    }
    return ntohs(((const struct sockaddr_in *)storage)->sin_port);
}

int cuv_tcp_local_port(const uv_tcp_t *tcp) {
    struct sockaddr_storage local;
    int length = sizeof local;
    int status = uv_tcp_getsockname(tcp, (struct sockaddr *)&local, &length);
    return status < 0 ? status : port_of(&local);
}

int cuv_tcp_is_self_connected(const uv_tcp_t *tcp) {
    struct sockaddr_storage local, peer;
    int local_length = sizeof local, peer_length = sizeof peer;
    memset(&local, 0, sizeof local);
    memset(&peer, 0, sizeof peer);
    if (uv_tcp_getsockname(tcp, (struct sockaddr *)&local, &local_length) != 0) return 0;
    if (uv_tcp_getpeername(tcp, (struct sockaddr *)&peer, &peer_length) != 0) return 0;
    return local_length == peer_length && memcmp(&local, &peer, (size_t)local_length) == 0;
}

static void set_option(int descriptor, int level, int name, int value) {
    setsockopt(descriptor, level, name, &value, sizeof value);
}

void cuv_tcp_configure(const uv_tcp_t *tcp, const cuv_tcp_options_t *options) {
    int fd;
    if (uv_fileno((const uv_handle_t *)tcp, &fd) != 0) return;
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, options->no_delay);
    set_option(fd, SOL_SOCKET, SO_KEEPALIVE, options->keep_alive);
#ifdef TCP_KEEPIDLE
    if (options->keep_alive) {
        set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, options->keep_alive_idle_seconds);
        set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, options->keep_alive_interval_seconds);
        set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, options->keep_alive_count);
    }
#endif
#ifdef TCP_USER_TIMEOUT
    set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, options->user_timeout_milliseconds);
#endif
    if (options->quick_ack) cuv_tcp_acknowledge_quickly((const uv_handle_t *)tcp);
}

void cuv_tcp_acknowledge_quickly(const uv_handle_t *handle) {
#ifdef TCP_QUICKACK
    int fd;
    if (uv_fileno(handle, &fd) == 0) set_option(fd, IPPROTO_TCP, TCP_QUICKACK, 1);
#else
    (void)handle;
#endif
}

int cuv_tcp_acknowledges_quickly(const uv_handle_t *handle) {
#ifdef TCP_QUICKACK
    int fd, value = 0;
    socklen_t size = sizeof value;
    int status = uv_fileno(handle, &fd);
    if (status != 0) return status;
    if (getsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &value, &size) != 0) return uv_translate_sys_error(errno);
    return value;
#else
    (void)handle;
    return UV_ENOTSUP;
#endif
}

int cuv_socket_shut_down(const uv_handle_t *handle) {
    int fd;
    int status = uv_fileno(handle, &fd);
    if (status != 0) return status;
    return shutdown(fd, SHUT_RDWR) == 0 ? 0 : uv_translate_sys_error(errno);
}

int cuv_socket_pending_error(const uv_handle_t *handle) {
    int fd, error = 0;
    socklen_t length = sizeof error;
    if (uv_fileno(handle, &fd) != 0) return 0;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return 0;
    return uv_translate_sys_error(error);
}
