/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_FIGURES_H
#define CLIENT_CLI_FIGURES_H 1

#include <stddef.h>

#include <jansson.h>

#include "cli/cli.h"

/* Figures: what a 'stat' command found, as one JSON object, printed as it is
 * with --json and else as lines and tables.
 *
 * The members are the words of machines and are the same in all languages.
 * With --json a number has 17 significant digits, which bring back the same
 * double; else it has 9. */

/* A number, null if it is not finite. */
json_t *cli_real(double value);

/* The 'n' 'values' as an array. */
json_t *cli_reals(const double values[], size_t n);

/* 'n' as a whole number. */
json_t *cli_count(size_t n);

/* Sets the members "low" and "high" ... of 'to' from numbers. */
void cli_set_real(json_t *to, const char *key, double value);
void cli_set_count(json_t *to, const char *key, size_t n);
void cli_set_word(json_t *to, const char *key, const char *word);

/* Prints 'figures', which is an object, and lets go of it. */
void cli_print_figures(const struct cli *cli, json_t *figures);

#endif /* client/cli/figures.h */
