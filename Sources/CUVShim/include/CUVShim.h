/*
 * What Swift does badly with libuv, and nothing else: thread-locals, variadic or flexible C layouts,
 * socket options libuv 1.44 lacks. No function here takes a decision.
 *
 * Every function that returns `int` returns 0 or a negative libuv error code.
 */
#ifndef CUVSHIM_H
#define CUVSHIM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <uv.h>

/* ---- Threads and signals -------------------------------------------------------------------- */

/* The loop whose jobs this thread runs, or NULL. An identity: never dereferenced. */
const void *cuv_current_loop(void);
void cuv_set_current_loop(const void *loop);

/* At most 15 bytes of the name are kept (a kernel limit). */
void cuv_name_this_thread(const char *name);

/* A thread nobody joins. */
int cuv_start_detached_thread(void (*entry)(void *), void *argument);

/* Nobody will join the thread (libuv 1.44 has no call for it). */
void cuv_detach_thread(uv_thread_t thread);

/* Ignores SIGPIPE, unless the process has chosen a handler. */
void cuv_ignore_sigpipe(void);

/* ---- Writing -------------------------------------------------------------------------------- */

/* A write request and the bytes it writes, in one allocation: they live and die together. */
typedef struct cuv_write {
    uv_write_t request;
    uint64_t token;
    size_t count;
    size_t written; /* used for files, whose writes may be partial */
    unsigned char bytes[];
} cuv_write_t;

/* NULL when memory runs out. */
cuv_write_t *cuv_write_create(size_t count, uint64_t token);
void cuv_write_destroy(cuv_write_t *write);
unsigned char *cuv_write_bytes(cuv_write_t *write);
cuv_write_t *cuv_write_of_request(uv_write_t *request);
int cuv_write_start(cuv_write_t *write, uv_stream_t *stream, uv_write_cb callback);

/* ---- Files ---------------------------------------------------------------------------------- */

/* Read and write at the descriptor's own position. */
int cuv_file_read(uv_loop_t *loop, uv_fs_t *request, int descriptor, void *bytes, size_t count,
                  uv_fs_cb callback);
int cuv_file_write(uv_loop_t *loop, uv_fs_t *request, int descriptor, cuv_write_t *write,
                   uv_fs_cb callback);
void cuv_file_close(int descriptor);

/* The file status flags (O_NONBLOCK and so on), or a negative error code. */
int cuv_status_flags(int descriptor);
void cuv_set_status_flags(int descriptor, int flags);

/* ---- Addresses ------------------------------------------------------------------------------ */

typedef struct cuv_address {
    struct sockaddr_storage storage;
} cuv_address_t;

/* Numeric addresses only; IPv6 without brackets, with a zone if it needs one. */
int cuv_address_parse(const char *text, uint16_t port, cuv_address_t *address);
int cuv_address_from_info(const struct addrinfo *info, uint16_t port, cuv_address_t *address);
int cuv_resolve(uv_loop_t *loop, uv_getaddrinfo_t *request, const char *name,
                uv_getaddrinfo_cb callback);

/* ---- TCP ------------------------------------------------------------------------------------ */

typedef struct cuv_tcp_options {
    int no_delay;
    int quick_ack;
    int keep_alive;
    int keep_alive_idle_seconds;
    int keep_alive_interval_seconds;
    int keep_alive_count;
    int user_timeout_milliseconds; /* 0: the kernel's own */
} cuv_tcp_options_t;

int cuv_tcp_connect(uv_connect_t *request, uv_tcp_t *tcp, const cuv_address_t *address,
                    uv_connect_cb callback);
int cuv_tcp_bind(uv_tcp_t *tcp, const cuv_address_t *address);
/* The local port, or a negative error code. */
int cuv_tcp_local_port(const uv_tcp_t *tcp);
/* Both ends are the same address: the kernel connected an ephemeral port to itself. */
int cuv_tcp_is_self_connected(const uv_tcp_t *tcp);
/* Best effort: an option the kernel lacks is left alone. */
void cuv_tcp_configure(const uv_tcp_t *tcp, const cuv_tcp_options_t *options);
/* The kernel forgets TCP_QUICKACK by itself, so it is set again after each read. */
void cuv_tcp_acknowledge_quickly(const uv_handle_t *handle);
/* 1 while the kernel acknowledges at once, 0 while it waits for data to send along; negative: no answer. */
int cuv_tcp_acknowledges_quickly(const uv_handle_t *handle);
/* Ends both directions at once, so that a reader comes to an end after what has arrived. */
int cuv_socket_shut_down(const uv_handle_t *handle);
/* The error the kernel holds for the next call, taken from it; 0 if there is none. */
int cuv_socket_pending_error(const uv_handle_t *handle);

#endif
