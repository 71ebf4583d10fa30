/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Assembling the daemon, serving, taking it apart: see run.h. */

#include "run.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "backup/backup.h"
#include "bus/bus.h"
#include "contact_key.h"
#include "kor/base/log.h"
#include "notify.h"
#include "plot/fence.h"
#include "plot/runner.h"
#include "secret.h"
#include "service/service.h"

/* So many signs of life are due while the service manager waits for one: a
 * worker may draw a graph or two before it comes to answer. */
#define BEATS 4

struct daemon {
    struct kord_config config;
    struct kor_clinic clinic;
    struct kor_keyfile *keys; /* In locked memory. */
    struct kord_notify notify;
    struct kor_plot_limits plot_limits;
    char plot_folder[512];
    struct kor_plot_runner *runner;
    struct kor_service *service;
    uint8_t *contact_key; /* In locked memory. */
    int lock;
    int signal_fd;
};

/* Signals come through a descriptor, to the loop; all other threads have them
 * blocked.  A reader that goes away is an error where it happens and not a
 * signal. */
static int
block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* libzmq spins when descriptors run out, so there should be many. */
static void
raise_descriptors(void)
{
    struct rlimit limit;
    if (!getrlimit(RLIMIT_NOFILE, &limit)) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static enum kor_code
open_plots(struct daemon *daemon, struct kor_err *err)
{
    kord_path(&daemon->config, "plots", daemon->plot_folder);
    (void)mkdir(daemon->plot_folder, 0700);
    daemon->plot_limits = kor_plot_limits_default(daemon->plot_folder);
    enum kor_code code
        = kor_plot_runner_new(&daemon->plot_limits, &daemon->runner, err);
    daemon->clinic.runner = daemon->runner;
    if (!kor_plot_fence_is_there()) {
        kor_log(KOR_LOG_WARNING, "this kernel has no Landlock: gnuplot could "
                                 "read what kord can read");
    }
    return code;
}

/* Codes that enrol keys are kept as hashes with a key that is not in the
 * database: who has that alone cannot find them by trying. */
static void
derive_code_key(struct daemon *daemon)
{
    static const uint8_t purpose[] = "kor: one-time codes";
    crypto_generichash(daemon->clinic.code_key,
                       sizeof daemon->clinic.code_key,
                       (const uint8_t *)daemon->keys->secret_key,
                       sizeof daemon->keys->secret_key, purpose,
                       sizeof purpose);
}

static enum kor_code
assemble(struct daemon *daemon, struct kor_err *err)
{
    enum kor_code code = kord_lock(&daemon->config, &daemon->lock, err);
    if (code == KOR_OK) {
        kor_backup_sweep(daemon->config.folder);
        code = kord_clinic(&daemon->config, &daemon->clinic, err);
    }
    if (code == KOR_OK) {
        code = kord_server_keys(&daemon->config, &daemon->keys, err);
    }
    if (code == KOR_OK) {
        derive_code_key(daemon);
        code = kord_contact_key(&daemon->config, daemon->contact_key, err);
        daemon->clinic.contact_key = daemon->contact_key;
    }
    if (code == KOR_OK) {
        code = open_plots(daemon, err);
    }
    if (code == KOR_OK) {
        code = kor_service_new(&daemon->clinic, false, &daemon->service, err);
    }
    return code;
}

static void
take_apart(struct daemon *daemon)
{
    kord_server_keys_free(daemon->keys);
    kor_service_free(daemon->service);
    kor_plot_runner_free(daemon->runner);
    sodium_free(daemon->contact_key);
    if (daemon->lock >= 0) {
        close(daemon->lock);
    }
    if (daemon->signal_fd >= 0) {
        close(daemon->signal_fd);
    }
    kord_notify_close(&daemon->notify);
}

static void
on_ready(void *arg)
{
    const struct daemon *daemon = arg;
    kor_log(KOR_LOG_NOTICE, "kord " KOR_VERSION " serves %s",
            daemon->config.endpoint);
    kord_notify_status(&daemon->notify, "serves %s", daemon->config.endpoint);
    kord_notify_send(&daemon->notify, "READY=1");
}

static void
on_stop(void *arg)
{
    const struct daemon *daemon = arg;
    kord_notify_send(&daemon->notify, "STOPPING=1");
}

static void
on_alive(void *arg)
{
    const struct daemon *daemon = arg;
    kord_notify_send(&daemon->notify, "WATCHDOG=1");
}

/* Keys and the level of the journal are read again; the rest of the
 * configuration needs a restart, and that is said. */
static void
on_reload(void *arg)
{
    struct daemon *daemon = arg;
    const struct kor_clock *clock = daemon->clinic.clock;
    struct kord_config fresh;
    struct kor_err err;
    kord_notify_send(&daemon->notify, "RELOADING=1\nMONOTONIC_USEC=%lld",
                     (long long)clock->mono_ms(clock) * 1000);
    kor_err_init(&err, KOR_EN);
    enum kor_code code
        = kord_config_read(daemon->config.folder, &fresh, &err);
    if (code == KOR_OK) {
        kor_log_set((enum kor_log_level)kor_log_level_from(fresh.log));
        code = kor_service_reload(daemon->service, &err);
    }
    if (code == KOR_OK) {
        kor_log(KOR_LOG_NOTICE, "read keys and log level again; other "
                                "changes need a restart");
    } else {
        kor_log(KOR_LOG_ERROR, "reload: %s", err.text);
    }
    kord_notify_send(&daemon->notify, "READY=1");
}

static size_t
count_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 2 ? 2 : n > 16 ? 16 : (size_t)n;
}

enum kor_code
kord_run(const struct kord_config *config, struct kor_err *err)
{
    struct daemon daemon
        = {.config = *config, .lock = -1, .signal_fd = -1};
    raise_descriptors();
    kor_log_set((enum kor_log_level)kor_log_level_from(config->log));
    if (sodium_init() < 0) {
        return kor_fail(err, KOR_INTERNAL, NULL, "libsodium does not start");
    }
    daemon.contact_key = sodium_malloc(KORD_CONTACT_KEY_SIZE);
    if (!daemon.contact_key) {
        return kor_fail(err, KOR_INTERNAL, NULL,
                        "no memory can be locked for keys");
    }
    daemon.signal_fd = block_signals();
    enum kor_code code = kord_notify_open(&daemon.notify,
                                          getenv("NOTIFY_SOCKET"), err);
    if (code == KOR_OK) {
        code = assemble(&daemon, err);
    }
    if (code == KOR_OK) {
        const struct kor_bus_config bus
            = {.endpoint = config->endpoint,
               .feed = config->feed,
               .keys = daemon.keys,
               .clinic = &daemon.clinic,
               .service = daemon.service,
               .n_workers = count_cores(),
               .signal_fd = daemon.signal_fd,
               .on_ready = on_ready,
               .on_reload = on_reload,
               .on_stop = on_stop,
               .on_alive = on_alive,
               .alive_ms = kord_notify_watch_ms(getenv("WATCHDOG_USEC"),
                                                getenv("WATCHDOG_PID"))
                         / BEATS,
               .arg = &daemon};
        code = kor_bus_run(&bus, err);
    }
    if (code != KOR_OK) {
        kord_notify_status(&daemon.notify, "%s", err->text);
    }
    take_apart(&daemon);
    return code;
}
