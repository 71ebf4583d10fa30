/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of definitions: see client/cli/definition.h. */

#include "cli/definition.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/file.h"

/* What a daemon that is not there or may not answer says is of no file. */
static bool
is_of_file(enum kor_code code)
{
    return code == KOR_BAD_VALUE || code == KOR_TOO_LARGE
        || code == KOR_DUPLICATE || code == KOR_CONFLICT;
}

enum kor_code
cli_in_file(struct cli *cli, const char *path, enum kor_code code)
{
    struct kor_err *err = &cli->err;
    char field[sizeof err->field];
    memcpy(field, err->field, sizeof field);
    size_t len = strlen(field);
    if (!len || !is_of_file(code)) {
        return code;
    }
    if (!strcmp(field, "file") || !strncmp(err->text, field, len)) {
        (void)kor_wrap(err, "%s", path);
    } else {
        (void)kor_wrap(err, "%s, %s", path, field);
    }
    return code;
}

enum kor_code
cli_read_definition(struct cli *cli, size_t max_size, cli_parse_fn parse,
                    bool is_shown, struct kor_buf *text)
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = kor_file_read(cli->line.words[0], max_size, text, &cli->err);
    }
    if (code == KOR_OK) {
        code = parse(cli, kor_buf_text(text), text->size, is_shown);
        code = cli_in_file(cli, cli->line.words[0], code);
    }
    return code;
}

enum kor_code
cli_show_definition(struct cli *cli, const char *definition,
                    cli_parse_fn parse)
{
    const char *text = definition ? definition : "{}";
    if (cli->is_json) {
        puts(text);
        return KOR_OK;
    }
    return parse(cli, text, strlen(text), true);
}

void
cli_say_added(const struct cli *cli, const char *key, const char *version)
{
    printf(kor_text(cli->lang, "%s, version %s, is in the catalogue."), key,
           version);
    putchar('\n');
}
