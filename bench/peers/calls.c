/* The barest loop that makes calls by a local program: fork, exec, pipe, wait, and nothing else.
 *
 *     calls JOBS INPUTS PROGRAM WORD...
 *
 * It starts PROGRAM once for each line of the file INPUTS, gives it that line on standard input, keeps JOBS of them going at once, reads all that
 * they print, and prints how many ended with 0 and an answer that says "status":1. Its own code is 0 where all did.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT, ERRORS, STREAMS };
enum { LARGEST = 1 << 16, MOST_JOBS = 512 };

struct call {
    pid_t pid;
    int streams[STREAMS];
    size_t length;
    char output[LARGEST + 1];
};

static char *environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", NULL};

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static void become(char **words, int in, int out, int errors) {
    signal(SIGPIPE, SIG_DFL);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(errors, 2) < 0 || setpgid(0, 0) < 0 || chdir("/") < 0)
        _exit(127);
    execve(words[0], words, environment);
    _exit(127);
}

static void start(struct call *call, char **words, const char *line, size_t length) {
    int in[2], out[2], errors[2];
    if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0)
        fail("pipe2");
    call->pid = fork();
    if (call->pid < 0)
        fail("fork");
    if (call->pid == 0)
        become(words, in[0], out[1], errors[1]);
    close(in[0]);
    close(out[1]);
    close(errors[1]);
    /* A line is shorter than a pipe is long, so that this never waits; a program that does not want it is known by its answer. */
    if (write(in[1], line, length) < 0 && errno != EPIPE)
        fail("write");
    close(in[1]);
    call->streams[OUTPUT] = out[0];
    call->streams[ERRORS] = errors[0];
    call->length = 0;
}

/* Reads what there is, and closes at the end. */
static void take(struct call *call, int stream) {
    char passed_over[4096];
    int is_output = stream == OUTPUT;
    char *to = is_output ? call->output + call->length : passed_over;
    ssize_t got = read(call->streams[stream], to, is_output ? LARGEST - call->length : sizeof passed_over);
    if (got > 0 && is_output)
        call->length += (size_t)got;
    if (got <= 0) {
        close(call->streams[stream]);
        call->streams[stream] = -1;
    }
}

static int ended_well(struct call *call) {
    int status;
    while (waitpid(call->pid, &status, 0) < 0)
        if (errno != EINTR)
            fail("waitpid");
    call->pid = 0;
    call->output[call->length] = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 && strstr(call->output, "\"status\":1") != NULL;
}

int main(int count, char **arguments) {
    static struct call calls[MOST_JOBS];
    struct pollfd watched[MOST_JOBS * STREAMS];
    int jobs = count > 3 ? atoi(arguments[1]) : 0;
    if (jobs < 1 || jobs > MOST_JOBS) {
        fputs("usage: calls JOBS INPUTS PROGRAM WORD...\n", stderr);
        return 2;
    }
    FILE *inputs = fopen(arguments[2], "re");
    if (inputs == NULL)
        fail(arguments[2]);
    signal(SIGPIPE, SIG_IGN);
    char *line = NULL;
    size_t room = 0;
    int made = 0, good = 0, running = 0, more = 1;
    for (;;) {
        for (int job = 0; job < jobs && more; job++) {
            if (calls[job].pid != 0)
                continue;
            ssize_t length = getline(&line, &room, inputs);
            more = length > 0;
            if (more) {
                start(&calls[job], arguments + 3, line, (size_t)length - (line[length - 1] == '\n'));
                made++;
                running++;
            }
        }
        if (running == 0)
            break;
        for (int job = 0; job < jobs; job++)
            for (int stream = 0; stream < STREAMS; stream++)
                watched[job * STREAMS + stream] =
                    (struct pollfd){.fd = calls[job].pid ? calls[job].streams[stream] : -1, .events = POLLIN};
        if (poll(watched, (nfds_t)(jobs * STREAMS), -1) < 0 && errno != EINTR)
            fail("poll");
        for (int job = 0; job < jobs; job++) {
            struct call *call = &calls[job];
            if (call->pid == 0)
                continue;
            for (int stream = 0; stream < STREAMS; stream++)
                if (watched[job * STREAMS + stream].revents)
                    take(call, stream);
            if (call->streams[OUTPUT] < 0 && call->streams[ERRORS] < 0) {
                good += ended_well(call);
                running--;
            }
        }
    }
    printf("%d of %d\n", good, made);
    return good == made && made > 0 ? 0 : 1;
}
