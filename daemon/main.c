/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kord: options, commands, exit status. */

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "backups.h"
#include "kor/base/compiler.h"
#include "kor/base/utf8.h"
#include "key.h"
#include "run.h"
#include "secret.h"
#include "store/store.h"

static const char usage[]
    = "kord " KOR_VERSION " - routine outcome monitoring, the daemon\n"
      "\n"
      "  kord init DIR [--language en|nb|sv] [--zone ZONE] [--endpoint E]\n"
      "                [--feed E] [--pathway P] [--unit U]\n"
      "                       makes a clinic's folder with its first key\n"
      "  kord run DIR         serves it until SIGTERM; SIGHUP reloads\n"
      "  kord check DIR       reads configuration and database: sound?\n"
      "  kord key DIR NAME [--role ROLE,...] [--file FILE]\n"
      "                       makes a key, keys/NAME.key without --file; a new\n"
      "                       account is a therapist without --role\n"
      "  kord backup-key FILE makes the key of backups, FILE and FILE.pub\n"
      "  kord backup DIR [FILE] [--key FILE.pub]\n"
      "                       makes a backup, also while it is served\n"
      "  kord verify FILE --key SECRET [--scratch FOLDER]\n"
      "                       tries whether a backup can be restored\n"
      "  kord restore FILE DIR --key SECRET [--deletions LIST]\n"
      "                       makes a clinic's folder from a backup\n"
      "  kord --help, kord --version\n"
      "\n"
      "The manual is kord(8); clients use kor(1).\n";

/* What the command line says. */
struct options {
    const char *words[3]; /* Command, folder or file, name. */
    int n_words;
    const char *language, *zone, *endpoint, *feed, *pathway, *unit, *role,
        *file;
    const char *key, *scratch, *deletions; /* Of backups. */
};

static enum kor_code
report(enum kor_code code, const struct kor_err *err)
{
    if (code != KOR_OK) {
        fprintf(stderr, "kord: %s\n",
                err->text[0] ? err->text : kor_code_text(code));
    }
    return code;
}

static void
overlay(char *to, size_t size, const char *from)
{
    if (from) {
        kor_utf8_copy(to, size, from);
    }
}

static enum kor_code
init(const struct options *options, struct kor_err *err)
{
    struct kord_config config;
    const char *folder = options->words[1];
    if (mkdir(folder, 0700) && errno != EEXIST) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR",
                        "cannot make the folder %s: %s", folder,
                        strerror(errno));
    }
    enum kor_code code = kord_config_default(folder, &config, err);
    if (code != KOR_OK) {
        return code;
    }
    overlay(config.language, sizeof config.language, options->language);
    overlay(config.zone, sizeof config.zone, options->zone);
    overlay(config.endpoint, sizeof config.endpoint, options->endpoint);
    overlay(config.feed, sizeof config.feed, options->feed);
    overlay(config.pathway, sizeof config.pathway, options->pathway);
    overlay(config.unit, sizeof config.unit, options->unit);
    code = kord_init(&config, err);
    if (code == KOR_OK) {
        printf("%s is ready. Next:\n  kord run %s\n  kor --at %s ping\n",
               folder, folder, folder);
    }
    return code;
}

static enum kor_code
key(const struct options *options, struct kor_err *err)
{
    struct kord_config config;
    const struct kord_new_key wish = {.name = options->words[2],
                                      .roles = options->role,
                                      .file = options->file};
    enum kor_code code = kord_config_read(options->words[1], &config, err);
    if (code == KOR_OK) {
        code = kord_key(&config, &wish, err);
    }
    if (code == KOR_OK && wish.file) {
        printf("%s: give it to its owner and to nobody else\n", wish.file);
    } else if (code == KOR_OK) {
        printf("%s/keys/%s.key: give it to its owner and to nobody else\n",
               options->words[1], wish.name);
    }
    return code;
}

static enum kor_code
run(const struct options *options, struct kor_err *err)
{
    struct kord_config config;
    enum kor_code code = kord_config_read(options->words[1], &config, err);
    return code == KOR_OK ? kord_run(&config, err) : code;
}

static enum kor_code
check(const struct options *options, struct kor_err *err)
{
    struct kord_config config;
    enum kor_code code = kord_config_read(options->words[1], &config, err);
    if (code == KOR_OK) {
        code = kord_check(&config, err);
    }
    if (code == KOR_OK) {
        printf("%s is sound\n", options->words[1]);
        kord_say_last_backup(config.folder);
    }
    return code;
}

static enum kor_code
backup_key(const struct options *options, struct kor_err *err)
{
    return kord_backup_key(options->words[1], err);
}

static enum kor_code
backup(const struct options *options, struct kor_err *err)
{
    struct kord_config config;
    enum kor_code code = kord_config_read(options->words[1], &config, err);
    if (code == KOR_OK) {
        code = kord_zone(&config, err);
    }
    return code == KOR_OK ? kord_backup(&config, options->words[2],
                                        options->key, err)
                          : code;
}

static enum kor_code
verify(const struct options *options, struct kor_err *err)
{
    return kord_verify(options->words[1], options->key, options->scratch, err);
}

static enum kor_code
restore(const struct options *options, struct kor_err *err)
{
    return kord_restore(options->words[1], options->words[2], options->key,
                        options->deletions, err);
}

/* Options with a value, and where it goes. */
static const struct {
    const char *name;
    size_t at; /* In 'struct options'. */
} values[] = {
#define VALUE(name) {#name, offsetof(struct options, name)}
    VALUE(language), VALUE(zone), VALUE(endpoint), VALUE(feed),
    VALUE(pathway),  VALUE(unit), VALUE(role),     VALUE(file),
    VALUE(key),      VALUE(scratch), VALUE(deletions),
#undef VALUE
};

#define FIRST_VALUE 256 /* What getopt_long() returns for the first of them. */

static void
list_options(struct option longs[KOR_LENGTH(values) + 3])
{
    size_t n = 0;
    for (; n < KOR_LENGTH(values); n++) {
        longs[n] = (struct option){values[n].name, required_argument, NULL,
                                   FIRST_VALUE + (int)n};
    }
    longs[n++] = (struct option){"help", no_argument, NULL, 'h'};
    longs[n++] = (struct option){"version", no_argument, NULL, 'v'};
    longs[n] = (struct option){NULL, 0, NULL, 0};
}

/* Reads the words and options; false for --help, --version and mistakes,
 * which are dealt with. */
static bool
read_options(int argc, char *argv[], struct options *options,
             enum kor_code *code)
{
    struct option longs[KOR_LENGTH(values) + 3];
    int option;
    list_options(longs);
    *code = KOR_OK;
    while ((option = getopt_long(argc, argv, "hv", longs, NULL)) != -1) {
        if (option == 'h' || option == 'v') {
            fputs(option == 'h' ? usage : "kord " KOR_VERSION "\n", stdout);
            return false;
        }
        if (option < FIRST_VALUE) {
            *code = KOR_USAGE;
            return false;
        }
        size_t at = values[option - FIRST_VALUE].at;
        *(const char **)((char *)options + at) = optarg;
    }
    while (optind < argc && options->n_words < 3) {
        options->words[options->n_words++] = argv[optind++];
    }
    return true;
}

static const struct command {
    const char *name;
    int n_words; /* With the command itself. */
    enum kor_code (*run)(const struct options *options, struct kor_err *err);
} commands[] = {
    {"init", 2, init},
    {"run", 2, run},
    {"check", 2, check},
    {"key", 3, key},
    {"backup-key", 2, backup_key},
    {"backup", 2, backup},
    {"backup", 3, backup},
    {"verify", 2, verify},
    {"restore", 3, restore},
};

int
main(int argc, char *argv[])
{
    struct options options = {0};
    struct kor_err err;
    enum kor_code code;
    umask(077);
    kord_hide_memory();
    /* A file that grows too large is an error where it happens. */
    signal(SIGXFSZ, SIG_IGN);
    kor_store_set_process();
    kor_err_init(&err, KOR_EN);
    if (!read_options(argc, argv, &options, &code)) {
        return kor_code_exit(code);
    }
    for (size_t i = 0; i < KOR_LENGTH(commands) && options.n_words; i++) {
        if (!strcmp(commands[i].name, options.words[0])
            && options.n_words == commands[i].n_words && optind == argc) {
            code = sodium_init() < 0 ? KOR_INTERNAL
                                     : commands[i].run(&options, &err);
            return kor_code_exit(report(code, &err));
        }
    }
    fputs(usage, stderr);
    return kor_code_exit(KOR_USAGE);
}
