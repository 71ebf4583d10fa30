/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration: see config.h. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/unpack.h"
#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/base/file.h"
#include "kor/base/ini.h"
#include "kor/base/log.h"

#define MAX_IPC 107 /* Bytes of the path of a Unix socket. */

char *
kord_path(const struct kord_config *config, const char *name, char path[512])
{
    snprintf(path, 512, "%s/%s", config->folder, name);
    return path;
}

static enum kor_code
check_finished(const struct kord_config *config, struct kor_err *err)
{
    char path[512];
    return access(kord_path(config, KOR_UNFINISHED, path), F_OK)
               ? KOR_OK
               : kor_fail(err, KOR_CONFLICT, "DIR",
                          "a restore was broken off in %s: remove the folder "
                          "and restore again", config->folder);
}

enum kor_code
kord_config_default(const char *folder, struct kord_config *config,
                    struct kor_err *err)
{
    memset(config, 0, sizeof *config);
    char *full = realpath(folder, NULL);
    if (!full || strlen(full) >= sizeof config->folder) {
        free(full);
        return kor_fail(err, KOR_NOT_FOUND, "DIR",
                        "there is no folder %s: 'kord init %s' makes it",
                        folder, folder);
    }
    strcpy(config->folder, full);
    free(full);
    snprintf(config->endpoint, sizeof config->endpoint,
             "ipc://%.200s/kord.sock", config->folder);
    snprintf(config->feed, sizeof config->feed, "ipc://%.200s/feed.sock",
             config->folder);
    strcpy(config->language, "en");
    strcpy(config->zone, "Europe/Oslo");
    strcpy(config->pathway, "talk");
    strcpy(config->unit, "clinic");
    strcpy(config->log, "info");
    config->reserve_mb = 64;
    config->rotation = (struct kor_rotation_rule){.keep_daily = 7,
                                                  .keep_weekly = 4,
                                                  .keep_monthly = 12,
                                                  .max_days = 366};
    return check_finished(config, err);
}

static enum kor_code
check_endpoint(const char *endpoint, const char *key, struct kor_err *err)
{
    bool is_ipc = !strncmp(endpoint, "ipc://", 6);
    if (!is_ipc && strncmp(endpoint, "tcp://", 6)) {
        return kor_fail(err, KOR_CONFIG, key,
                        "'%s' begins with ipc:// or tcp://", key);
    }
    if (is_ipc && strlen(endpoint + 6) > MAX_IPC) {
        return kor_fail(err, KOR_CONFIG, key,
                        "the path in '%s' may be at most %d bytes long: use a "
                        "shorter folder, or tcp://127.0.0.1:PORT", key,
                        MAX_IPC);
    }
    const char *colon = strrchr(endpoint, ':');
    char *end;
    long port = strtol(colon + 1, &end, 10);
    if (!is_ipc && (port < 1 || port > 65535 || *end)) {
        return kor_fail(err, KOR_CONFIG, key,
                        "'%s' ends with a port from 1 to 65535, such as "
                        "tcp://127.0.0.1:7460", key);
    }
    return KOR_OK;
}

static enum kor_code
check(const struct kord_config *config, struct kor_err *err)
{
    enum kor_code code = check_endpoint(config->endpoint, "endpoint", err);
    if (code == KOR_OK) {
        code = check_endpoint(config->feed, "feed", err);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (strcmp(config->language, kor_lang_name(kor_lang_from(
                                     config->language)))) {
        return kor_fail(err, KOR_CONFIG, "language",
                        "'language' is en, nb or sv");
    }
    if (kor_log_level_from(config->log) < 0) {
        return kor_fail(err, KOR_CONFIG, "log",
                        "'log' is error, warning, notice, info or debug");
    }
    if (!*config->pathway || !*config->unit) {
        return kor_fail(err, KOR_CONFIG, "pathway",
                        "'pathway' and 'unit' may not be empty");
    }
    if (*config->backup_to && *config->backup_to != '/') {
        return kor_fail(err, KOR_CONFIG, "backup_to",
                        "'%s' is the whole path of a folder, from / on",
                        "backup_to");
    }
    return KOR_OK;
}

enum kor_code
kord_config_read(const char *folder, struct kord_config *config,
                 struct kor_err *err)
{
    enum kor_code code = kord_config_default(folder, config, err);
    if (code != KOR_OK) {
        return code;
    }
    char path[512];
#define TEXT_KEY(name)                                                        \
    {"kord", #name, config->name, sizeof config->name, NULL, 0, 0}
#define NUMBER_KEY(name, member, min, max)                                    \
    {"kord", name, NULL, 0, &config->rotation.member, min, max}
    const struct kor_ini_key keys[] = {
        TEXT_KEY(endpoint), TEXT_KEY(feed), TEXT_KEY(language),
        TEXT_KEY(zone),     TEXT_KEY(pathway), TEXT_KEY(unit),
        {"kord", "reserve_mb", NULL, 0, &config->reserve_mb, 0, 1 << 20},
        TEXT_KEY(log),      TEXT_KEY(backup_key), TEXT_KEY(backup_to),
        NUMBER_KEY("keep_daily", keep_daily, 0, 1000),
        NUMBER_KEY("keep_weekly", keep_weekly, 0, 1000),
        NUMBER_KEY("keep_monthly", keep_monthly, 0, 1000),
        NUMBER_KEY("backup_days", max_days, 1, 36600),
    };
#undef TEXT_KEY
#undef NUMBER_KEY
    code = kor_ini_read(kord_path(config, "kord.ini", path), keys,
                        KOR_LENGTH(keys), err);
    return code == KOR_OK ? check(config, err) : code;
}

static enum kor_code
write_text(const struct kord_config *config, const char *name,
           struct kor_buf *text, struct kor_err *err)
{
    char path[512];
    enum kor_code code = kor_file_write(kord_path(config, name, path),
                                        text->text, text->size, 0644, err);
    kor_buf_done(text);
    return code;
}

enum kor_code
kord_config_write(const struct kord_config *config, const char *server_public,
                  struct kor_err *err)
{
    enum kor_code code = check(config, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_buf text = {0};
    kor_buf_printf(&text,
                   "; Configuration of kord, see kord(8).\n[kord]\n"
                   "endpoint = %s\nfeed = %s\nlanguage = %s\nzone = %s\n"
                   "pathway = %s\nunit = %s\nlog = %s\n",
                   config->endpoint, config->feed, config->language,
                   config->zone, config->pathway, config->unit, config->log);
    code = write_text(config, "kord.ini", &text, err);
    if (code != KOR_OK) {
        return code;
    }
    kor_buf_printf(&text,
                   "; How clients find this kord, see kor(1).\n[kor]\n"
                   "endpoint = %s\nfeed = %s\nserver = %s\n"
                   "key = keys/operator.key\nlanguage = %s\n",
                   config->endpoint, config->feed, server_public,
                   config->language);
    return write_text(config, "client.ini", &text, err);
}
