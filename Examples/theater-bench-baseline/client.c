#define _GNU_SOURCE
#include "CBaselineClient.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <uv.h>

enum { READ_BUFFER_BYTES = 64 * 1024, PATIENCE_MILLISECONDS = 10 * 1000 };

struct baseline_client {
    uv_loop_t loop;
    uv_tcp_t tcp;
    uv_timer_t patience;
    baseline_acknowledgement_t acknowledgement;
    int error;

    /* Replies: what is left of the frame at hand, or the part of its prefix read so far. */
    size_t payload_left;
    size_t prefix_bytes;
    uint32_t prefix;

    /* The run at hand. */
    const uint8_t *frames;
    size_t frame_bytes;
    size_t replies;
    size_t replies_wanted;
    uint64_t write_until; /* stream: replies before this are followed by more requests */

    char buffer[READ_BUFFER_BYTES];
};

/* ---- Ending a run --------------------------------------------------------------------------- */

static void stop(baseline_client_t *client, int error) {
    if (client->error == 0) client->error = error;
    uv_stop(&client->loop);
}

static void on_out_of_patience(uv_timer_t *timer) { stop(timer->data, UV_ETIMEDOUT); }

/* Runs the loop until `stop`. */
static int run(baseline_client_t *client) {
    if (client->error != 0) return client->error;
    uv_update_time(&client->loop);
    uv_timer_start(&client->patience, on_out_of_patience, PATIENCE_MILLISECONDS, 0);
    uv_run(&client->loop, UV_RUN_DEFAULT);
    return client->error;
}

/* ---- Writing -------------------------------------------------------------------------------- */

static void on_written(uv_write_t *request, int status) {
    baseline_client_t *client = request->handle->data;
    free(request);
    if (status < 0) stop(client, status);
}

/* The bytes belong to the caller and outlive the run. */
static void write_bytes(baseline_client_t *client, const uint8_t *bytes, size_t count) {
    uv_write_t *request = malloc(sizeof *request);
    if (request == NULL) {
        stop(client, UV_ENOMEM);
        return;
    }
    uv_buf_t buffer = uv_buf_init((char *)bytes, (unsigned int)count);
    int status = uv_write(request, (uv_stream_t *)&client->tcp, &buffer, 1, on_written);
    if (status < 0) {
        free(request);
        stop(client, status);
    }
}

/* ---- Reading -------------------------------------------------------------------------------- */

/* Returns how many frames end within these bytes. */
static size_t count_frames(baseline_client_t *client, const uint8_t *bytes, size_t count) {
    size_t frames = 0;
    while (count > 0) {
        if (client->payload_left > 0) {
            size_t taken = count < client->payload_left ? count : client->payload_left;
            client->payload_left -= taken;
            bytes += taken;
            count -= taken;
        } else {
            client->prefix = client->prefix << 8 | *bytes++;
            count -= 1;
            if (++client->prefix_bytes < sizeof client->prefix) continue;
            client->payload_left = client->prefix;
            client->prefix_bytes = 0;
            client->prefix = 0;
        }
        if (client->payload_left == 0) frames += 1;
    }
    return frames;
}

static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    baseline_client_t *client = handle->data;
    *buffer = uv_buf_init(client->buffer, sizeof client->buffer);
}

static void acknowledge(const baseline_client_t *client) {
    int descriptor, on = 1;
    if (client->acknowledgement != BASELINE_ACKNOWLEDGE_AT_ONCE) return;
    if (uv_fileno((const uv_handle_t *)&client->tcp, &descriptor) != 0) return;
    setsockopt(descriptor, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    baseline_client_t *client = stream->data;
    if (count < 0) {
        stop(client, (int)count);
        return;
    }
    acknowledge(client);
    size_t arrived = count_frames(client, (const uint8_t *)buffer->base, (size_t)count);
    if (arrived == 0) return;
    client->replies += arrived;
    if (client->write_until > uv_hrtime()) {
        client->replies_wanted += arrived;
        write_bytes(client, client->frames, arrived * client->frame_bytes);
    }
    if (client->replies >= client->replies_wanted) stop(client, 0);
}

/* ---- Runs ----------------------------------------------------------------------------------- */

int baseline_client_run_batches(baseline_client_t *client, const uint8_t *frames,
                                size_t byte_count, size_t in_flight, size_t batches,
                                uint64_t *nanoseconds) {
    client->write_until = 0;
    for (size_t batch = 0; batch < batches; batch++) {
        uint64_t start = uv_hrtime();
        client->replies = 0;
        client->replies_wanted = in_flight;
        write_bytes(client, frames, byte_count);
        int status = run(client);
        if (status < 0) return status;
        nanoseconds[batch] = uv_hrtime() - start;
    }
    return 0;
}

int baseline_client_run_stream(baseline_client_t *client, const uint8_t *frames, size_t byte_count,
                               size_t in_flight, uint64_t duration_nanoseconds, size_t *replies,
                               uint64_t *nanoseconds) {
    uint64_t start = uv_hrtime();
    client->frames = frames;
    client->frame_bytes = byte_count / in_flight;
    client->replies = 0;
    client->replies_wanted = in_flight;
    client->write_until = start + duration_nanoseconds;
    write_bytes(client, frames, byte_count);
    /* Patience is for silence, and a stream may take longer than that. */
    do {
        size_t before = client->replies;
        if (run(client) == UV_ETIMEDOUT && client->replies > before) client->error = 0;
    } while (client->error == 0 && client->replies < client->replies_wanted);
    *replies = client->replies;
    *nanoseconds = uv_hrtime() - start;
    return client->error;
}

/* ---- Opening and closing -------------------------------------------------------------------- */

static void on_connected(uv_connect_t *request, int status) {
    baseline_client_t *client = request->handle->data;
    free(request);
    stop(client, status);
}

static int resolve(uv_loop_t *loop, const char *host, uint16_t port,
                   struct sockaddr_storage *address) {
    char service[8];
    uv_getaddrinfo_t request;
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    snprintf(service, sizeof service, "%u", port);
    int status = uv_getaddrinfo(loop, &request, NULL, host, service, &hints);
    if (status < 0) return status;
    memcpy(address, request.addrinfo->ai_addr, request.addrinfo->ai_addrlen);
    uv_freeaddrinfo(request.addrinfo);
    return 0;
}

static int dial(baseline_client_t *client, const char *host, uint16_t port) {
    struct sockaddr_storage address;
    memset(&address, 0, sizeof address);
    int status = resolve(&client->loop, host, port, &address);
    if (status < 0) return status;
    uv_connect_t *request = malloc(sizeof *request);
    if (request == NULL) return UV_ENOMEM;
    status = uv_tcp_connect(request, &client->tcp, (struct sockaddr *)&address, on_connected);
    if (status < 0) {
        free(request);
        return status;
    }
    status = run(client);
    if (status < 0) return status;
    uv_tcp_nodelay(&client->tcp, 1);
    acknowledge(client);
    return uv_read_start((uv_stream_t *)&client->tcp, on_allocate, on_read);
}

int baseline_client_open(const char *host, uint16_t port,
                         baseline_acknowledgement_t acknowledgement, baseline_client_t **opened) {
    baseline_client_t *client = calloc(1, sizeof *client);
    if (client == NULL) return UV_ENOMEM;
    int status = uv_loop_init(&client->loop);
    if (status < 0) {
        free(client);
        return status;
    }
    client->acknowledgement = acknowledgement;
    uv_tcp_init(&client->loop, &client->tcp);
    uv_timer_init(&client->loop, &client->patience);
    client->tcp.data = client;
    client->patience.data = client;
    status = dial(client, host, port);
    if (status < 0) {
        baseline_client_close(client);
        return status;
    }
    *opened = client;
    return 0;
}

void baseline_client_close(baseline_client_t *client) {
    uv_close((uv_handle_t *)&client->tcp, NULL);
    uv_close((uv_handle_t *)&client->patience, NULL);
    /* Again: the callbacks of cancelled requests may stop the loop. */
    do {
        uv_run(&client->loop, UV_RUN_DEFAULT);
    } while (uv_loop_close(&client->loop) == UV_EBUSY);
    free(client);
}

const char *baseline_error_text(int error) {
    static char text[128];
    snprintf(text, sizeof text, "%s: %s", uv_err_name(error), uv_strerror(error));
    return text;
}
