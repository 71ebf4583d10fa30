/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of definitions: see client/cli/definition.h. */

#include "cli/definition.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/file.h"

enum kor_code
cli_in_file(struct cli *cli, enum kor_code code)
{
    if (code != KOR_OK) {
        char field[sizeof cli->err.field];
        memcpy(field, cli->err.field, sizeof field);
        (void)kor_wrap(&cli->err, "%s, %s", cli->line.words[0], field);
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
    return code == KOR_OK
               ? cli_in_file(cli, parse(cli, kor_buf_text(text), text->size,
                                        is_shown))
               : code;
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
