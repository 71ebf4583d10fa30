/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_DEFINITION_H
#define CLIENT_CLI_DEFINITION_H 1

/* Files of definitions, as far as scales, pathways and sheets are alike. */

#include "cli/cli.h"
#include "kor/base/buf.h"

/* Reads a definition and, if 'is_shown', says what is in it. */
typedef enum kor_code (*cli_parse_fn)(struct cli *cli, const char *text,
                                      size_t size, bool is_shown);

/* Puts the file 'path' in front of an error in what it holds, and the place in
 * the file unless the sentence begins with it; returns 'code'. */
KOR_NODISCARD enum kor_code cli_in_file(struct cli *cli, const char *path,
                                        enum kor_code code);

/* Reads the file that the only word names, of at most 'max_size' bytes, into
 * 'text', and all of it by 'parse', which shows it if 'is_shown'. */
KOR_NODISCARD enum kor_code cli_read_definition(struct cli *cli,
                                                size_t max_size,
                                                cli_parse_fn parse,
                                                bool is_shown,
                                                struct kor_buf *text);

/* Shows the definition that the daemon gave: as it is with --json, by 'parse'
 * otherwise. */
KOR_NODISCARD enum kor_code cli_show_definition(struct cli *cli,
                                                const char *definition,
                                                cli_parse_fn parse);

/* Says that it is in the catalogue. */
void cli_say_added(const struct cli *cli, const char *key,
                   const char *version);

#endif /* client/cli/definition.h */
