#define _GNU_SOURCE
#include "CBaselineClient.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

/* The path of `program` beside this executable. */
static int path_beside(const char *program, char *path, size_t capacity) {
    ssize_t length = readlink("/proc/self/exe", path, capacity - 1);
    if (length < 0) return uv_translate_sys_error(errno);
    path[length] = '\0';
    char *name = strrchr(path, '/');
    if (name == NULL) return UV_ENOENT;
    name += 1;
    size_t room = capacity - (size_t)(name - path);
    if ((size_t)snprintf(name, room, "%s", program) >= room) return UV_ENAMETOOLONG;
    return access(path, X_OK) == 0 ? 0 : uv_translate_sys_error(errno);
}

/* Only what is safe between fork and exec. */
static void become(const char *path, char *const arguments[], int output, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent || dup2(output, STDOUT_FILENO) < 0) _exit(127);
    execv(path, arguments);
    _exit(127);
}

/* Reads the server's first line; UV_EPROTO when it is not the one expected. */
static int read_port(int input, uint16_t *port) {
    char line[256];
    size_t length = 0;
    while (length < sizeof line - 1) {
        ssize_t count = read(input, line + length, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return UV_EOF;
        if (line[length] == '\n') break;
        length += 1;
    }
    line[length] = '\0';
    unsigned number = 0;
    if (sscanf(line, "listening on %*[0-9.]:%u", &number) != 1) return UV_EPROTO;
    if (number == 0 || number > UINT16_MAX) return UV_EPROTO;
    *port = (uint16_t)number;
    return 0;
}

int server_process_start(const char *program, const char *wire, server_process_t *process) {
    char path[PATH_MAX];
    int ends[2];
    int status = path_beside(program, path, sizeof path);
    if (status < 0) return status;
    char *const arguments[] = {path, "--port", "0", "--wire", (char *)wire, NULL};
    if (pipe2(ends, O_CLOEXEC) != 0) return uv_translate_sys_error(errno);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) become(path, arguments, ends[1], parent);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return uv_translate_sys_error(errno);
    }
    process->pid = child;
    status = read_port(ends[0], &process->port);
    close(ends[0]);
    if (status < 0) server_process_end(process);
    return status;
}

void server_process_end(const server_process_t *process) {
    kill(process->pid, SIGTERM);
    while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR) {}
}
