/*
 * What the Swift client is measured against: a plain C client on libuv, one loop, one connection.
 *
 * It sends frames that were encoded beforehand and counts the replies by their length prefixes; it
 * never looks at the JSON. No resends, no deadlines per request, no state machine: the floor.
 *
 * Every function that returns `int` returns 0 or a negative libuv error code. A client is used by
 * one thread at a time, whose event loop it runs until the replies are there.
 */
#ifndef CBASELINECLIENT_H
#define CBASELINECLIENT_H

#include <stddef.h>
#include <stdint.h>

/* ---- The client ----------------------------------------------------------------------------- */

typedef struct baseline_client baseline_client_t;

/* When the kernel acknowledges what it received (Linux). */
typedef enum baseline_acknowledgement {
    BASELINE_ACKNOWLEDGE_DELAYED,
    BASELINE_ACKNOWLEDGE_AT_ONCE /* TCP_QUICKACK, set again after each read */
} baseline_acknowledgement_t;

/* Connects with TCP_NODELAY; `host` is a name or a numeric address. */
int baseline_client_open(const char *host, uint16_t port,
                         baseline_acknowledgement_t acknowledgement, baseline_client_t **client);
void baseline_client_close(baseline_client_t *client);

/*
 * Writes `frames` in one write, waits for `in_flight` replies, and does so `batches` times; each
 * batch's time goes to `nanoseconds`. UV_ETIMEDOUT when a batch takes longer than ten seconds.
 */
int baseline_client_run_batches(baseline_client_t *client, const uint8_t *frames,
                                size_t byte_count, size_t in_flight, size_t batches,
                                uint64_t *nanoseconds);

/*
 * Keeps `in_flight` requests unanswered for `duration_nanoseconds`: each read's replies are
 * followed by one write of as many requests. `frames` holds `in_flight` frames of equal length.
 */
int baseline_client_run_stream(baseline_client_t *client, const uint8_t *frames, size_t byte_count,
                               size_t in_flight, uint64_t duration_nanoseconds, size_t *replies,
                               uint64_t *nanoseconds);

/* "EPIPE: broken pipe"; never freed, and overwritten by the next call. */
const char *baseline_error_text(int error);

/* ---- The server's process ------------------------------------------------------------------- */

typedef struct server_process {
    int pid;
    uint16_t port;
} server_process_t;

/*
 * Starts `program`, found in the directory of this executable, on a free port of 127.0.0.1, and
 * waits for its line "listening on ADDRESS:PORT …". It ends with the calling thread at the latest.
 * UV_ENOENT when there is no such program.
 */
int server_process_start(const char *program, const char *wire, server_process_t *process);
void server_process_end(const server_process_t *process);

#endif
