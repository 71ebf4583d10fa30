/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The birth certificate of a course: see client/cli/certificate.h. */

#include "cli/certificate.h"

#include <stdio.h>

#include <jansson.h>

#include "cli/flag_table.h"
#include "cli/print.h"
#include "kor/stat/summary.h"
#include "lib/number.h"

/* Of fewer scores no share is given. */
enum { LEAST = 10 };

static void
print_reference(const struct cli *cli, const struct kor_course_record *c)
{
    const struct kor_course_reference *from = &c->reference;
    if (!from->id) {
        return;
    }
    cli_labelled(kor_text(cli->lang, "reference"),
                 from->weight
                     ? kor_text(cli->lang, "course %lld (%u people, %s)")
                     : kor_text(cli->lang,
                                "course %lld (%u people, %s), which counts "
                                "for nothing any more"),
                 (long long)from->id, (unsigned)from->n_people, from->source);
    if (from->weight) {
        cli_labelled("", kor_text(cli->lang, "counts as %u of the %u people"),
                     (unsigned)from->weight, (unsigned)c->course.n_people);
    }
}

static void
print_origin(const struct cli *cli, const struct kor_course_record *c)
{
    enum kor_lang lang = cli->lang;
    char from[KOR_DATE_SIZE], to[KOR_DATE_SIZE];
    cli_labelled(kor_text(lang, "for version"), "%s", c->version);
    cli_labelled(kor_text(lang, "for rater"), "%s", kor_role_name(c->rater));
    if (c->age_from != KOR_NO_AGE) {
        cli_labelled(kor_text(lang, "for ages"),
                     kor_text(lang, "%d to %d years"), c->age_from,
                     c->age_to);
    }
    cli_labelled(kor_text(lang, "population"), "%s", c->population);
    cli_labelled(kor_text(lang, "source"), "%s", c->source);
    print_reference(cli, c);
    cli_labelled(kor_text(lang, "scores from"), kor_text(lang, "%s to %s"),
                 kor_date_format(c->data_from, from),
                 kor_date_format(c->data_to, to));
    cli_labelled(kor_text(lang, "band needs"),
                 kor_text(lang, "%u people behind it"),
                 (unsigned)c->min_people);
    cli_labelled(kor_text(lang, "speaks of"),
                 c->unit == KOR_COURSE_SESSIONS
                     ? kor_text(lang, "sessions %.0f to %.0f")
                     : kor_text(lang, "weeks %.0f to %.0f"),
                 c->course.first_time, c->course.max_time);
}

static void
print_model(enum kor_lang lang, const struct kor_course_record *c)
{
    char text[64];
    const double b[] = {c->course.b0, c->course.b1, c->course.b2,
                        c->course.b3};
    static const char *const terms[] = {"1", "g", "start", "start g"};
    for (size_t i = 0; i < c->n_terms && i < KOR_LENGTH(b); i++) {
        snprintf(text, sizeof text, "%.6g (%.3g)", b[i], c->se[i]);
        cli_labelled(terms[i], "%s", kor_number_signs(lang, text));
    }
    const struct {
        const char *name;
        double value;
    } spread[] = {{"tau00", c->course.tau00}, {"tau01", c->course.tau01},
                  {"tau11", c->course.tau11}, {"sigma", c->course.sigma}};
    for (size_t i = 0; i < KOR_LENGTH(spread); i++) {
        snprintf(text, sizeof text, "%.6g", spread[i].value);
        cli_labelled(spread[i].name, "%s", kor_number_signs(lang, text));
    }
}

/* --- how many scores the range held -------------------------------------- */

static void
put_share(struct cli_table *table, const struct kor_hits *hits)
{
    char text[16] = "-";
    if (hits->n >= LEAST) {
        snprintf(text, sizeof text, "%.0f", 100.0 * hits->covered / hits->n);
    }
    cli_table_put(table, text);
}

/* The same with the interval that holds it in 95 of 100 repetitions. */
static void
put_interval(struct cli_table *table, const struct kor_hits *hits)
{
    struct kor_share share = kor_share_of(hits->covered, hits->n, 0.95);
    char text[48] = "-";
    if (hits->n >= LEAST) {
        snprintf(text, sizeof text, "%.0f (%.0f-%.0f)", 100 * share.share,
                 100 * share.low, 100 * share.high);
    }
    cli_table_put(table, text);
}

static void
put_row(struct cli_table *table, const char *whose,
        const struct kor_hits *wide, const struct kor_hits *inner)
{
    cli_table_put(table, whose);
    cli_table_put_int(table, wide->n);
    put_interval(table, wide);
    put_share(table, inner);
}

/* The pragma of cli/print.c: formats from kor_text(). */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void
put_thirds(struct cli_table *table, enum kor_lang lang,
           const struct kor_calibration *c)
{
    static const char *const forms[KOR_CALIBRATION_STARTS]
        = {KOR_N_("start score up to %g"), KOR_N_("above %g, up to %g"),
           KOR_N_("above %g")};
    for (size_t i = 0; i < KOR_CALIBRATION_STARTS; i++) {
        char whose[80];
        double from = c->limits[i ? i - 1 : 0];
        snprintf(whose, sizeof whose, kor_text(lang, forms[i]), from,
                 c->limits[KOR_CALIBRATION_STARTS - 2]);
        put_row(table, kor_number_signs(lang, whose),
                &c->by_start[KOR_WIDTH_80][i],
                &c->by_start[KOR_WIDTH_68][i]);
    }
}

static void
put_times(struct cli_table *table, enum kor_lang lang,
          const struct kor_course_record *record)
{
    const struct kor_calibration *c = &record->course.calibration;
    const char *form = record->unit == KOR_COURSE_SESSIONS
                         ? kor_text(lang, "session %.0f")
                         : kor_text(lang, "week %.1f");
    for (size_t t = 0; t < c->n_times; t++) {
        char whose[80];
        snprintf(whose, sizeof whose, form, c->times[t]);
        put_row(table, kor_number_signs(lang, whose),
                &c->by_time[KOR_WIDTH_80][t],
                &c->by_time[KOR_WIDTH_68][t]);
    }
}

#pragma GCC diagnostic pop

/* Of 100 scores, how many lay in each tenth of the model's distribution. */
static void
print_places(const struct cli *cli, const struct kor_calibration *c)
{
    struct kor_buf line = {0};
    double n = c->overall[KOR_WIDTH_80].n;
    for (size_t i = 0; i < KOR_CALIBRATION_CLASSES; i++) {
        kor_buf_printf(&line, "%s%.0f", i ? "  " : "", 100 * c->places[i] / n);
    }
    puts(kor_text(cli->lang,
                  "Of 100 scores, in each tenth of the model's own spread, from "
                  "low to high (10 if it fits)"));
    printf("    %s\n", kor_buf_text(&line));
    kor_buf_done(&line);
}

static void
print_coverage(const struct cli *cli, const struct kor_course_record *record)
{
    enum kor_lang lang = cli->lang;
    const struct kor_calibration *c = &record->course.calibration;
    struct cli_table table = {.n_columns = 4, .right = 1 << 1 | 1 << 2
                                                     | 1 << 3};
    puts("");
    puts(kor_text(lang, "How many of 100 scores the range held"));
    puts(kor_text(lang, "The whole range is to hold 80, its inner part 68."));
    puts(kor_text(lang, "Each tenth of the people was held against a range "
                        "made from the other nine."));
    cli_table_put(&table, kor_text(lang, "whose"));
    cli_table_put(&table, kor_text(lang, "scores"));
    cli_table_put(&table, kor_text(lang, "whole"));
    cli_table_put(&table, kor_text(lang, "inner"));
    put_row(&table, kor_text(lang, "all"), &c->overall[KOR_WIDTH_80],
            &c->overall[KOR_WIDTH_68]);
    put_thirds(&table, lang, c);
    put_times(&table, lang, record);
    cli_table_print(cli, &table);
    print_places(cli, c);
}

static void
print_calibration(const struct cli *cli,
                  const struct kor_course_record *record)
{
    enum kor_lang lang = cli->lang;
    const struct kor_calibration *c = &record->course.calibration;
    if (c->n_times == 0) {
        cli_labelled(kor_text(lang, "range"), "%s",
                     kor_text(lang, "not calibrated: too few people, or "
                                    "fitted by an earlier release"));
        return;
    }
    cli_labelled(kor_text(lang, "range"),
                 record->reference.lends_range
                     ? kor_text(lang, "calibrated on %u people of the "
                                      "reference")
                     : kor_text(lang, "calibrated on %u people"),
                 (unsigned)c->n_people);
}

void
cli_print_certificate(const struct cli *cli,
                      const struct kor_course_record *record)
{
    print_origin(cli, record);
    print_model(cli->lang, record);
    print_calibration(cli, record);
    if (record->flags.state != KOR_FLAGS_COUNTED) {
        cli_print_flags(cli, record);
    }
    if (record->course.calibration.n_times > 0) {
        print_coverage(cli, record);
    }
    if (record->flags.state == KOR_FLAGS_COUNTED) {
        cli_print_flags(cli, record);
    }
}

char *
cli_certificate_in(const char *text, size_t size)
{
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    json_t *inner = json_object_get(json, "certificate");
    char *certificate = json_dumps(inner ? inner : json, JSON_COMPACT);
    json_decref(json);
    return certificate;
}
