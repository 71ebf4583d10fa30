/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How good the rules are, in words: see client/cli/flag_table.h. */

#include "cli/flag_table.h"

#include <math.h>
#include <stdio.h>

#include "cli/print.h"
#include "lib/number.h"

static const char *
rule_text(enum kor_lang lang, enum kor_course_unit unit,
          enum kor_flag_rule rule)
{
    static const char *const texts[KOR_N_FLAG_RULES] = {
        [KOR_FLAG_BAND80] = KOR_N_("outside the range"),
        [KOR_FLAG_BAND68] = KOR_N_("outside its inner part"),
        [KOR_FLAG_TWICE] = KOR_N_("outside the range twice running"),
        [KOR_FLAG_FORECAST] = KOR_N_("forecast: more likely not better"),
        [KOR_FLAG_RAW] = KOR_N_("little change by session 4"),
        [KOR_FLAG_RATIONAL] = KOR_N_("red in a table of changes"),
    };
    return rule == KOR_FLAG_RAW && unit == KOR_COURSE_WEEKS
             ? kor_text(lang, "little change by week 4")
             : kor_text(lang, texts[rule]);
}

/* "-" if there is nothing to say. */
static void
put_figure(struct cli_table *table, enum kor_lang lang, const char *format,
           double figure)
{
    char text[32] = "-";
    if (!isnan(figure)) {
/* The formats are those below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(text, sizeof text, format, figure);
#pragma GCC diagnostic pop
    }
    cli_table_put(table, kor_number_signs(lang, text));
}

/* The area with its interval of 95 %. */
static void
put_area(struct cli_table *table, enum kor_lang lang,
         const double figures[KOR_N_FLAG_FIGURES])
{
    char text[48];
    if (isnan(figures[KOR_FLAG_AUC_LOW])) {
        put_figure(table, lang, "%.2f", figures[KOR_FLAG_AUC]);
        return;
    }
    snprintf(text, sizeof text, "%.2f (%.2f-%.2f)", figures[KOR_FLAG_AUC],
             figures[KOR_FLAG_AUC_LOW], figures[KOR_FLAG_AUC_HIGH]);
    cli_table_put(table, kor_number_signs(lang, text));
}

static void
put_rule(struct cli_table *table, enum kor_lang lang, const char *rule,
         const double figures[KOR_N_FLAG_FIGURES])
{
    cli_table_put(table, rule);
    put_figure(table, lang, "%.0f", 100 * figures[KOR_FLAG_FLAGGED_SHARE]);
    put_figure(table, lang, "%.0f", 100 * figures[KOR_FLAG_SENSITIVITY]);
    put_figure(table, lang, "%.0f", 100 * figures[KOR_FLAG_SPECIFICITY]);
    put_figure(table, lang, "%.0f", 10 * (1 - figures[KOR_FLAG_PPV]));
    put_area(table, lang, figures);
    put_figure(table, lang, "%.1f", figures[KOR_FLAG_LEAD]);
}

static void
print_rules(const struct cli *cli, const struct kor_course_record *record)
{
    static const char *const heads[]
        = {KOR_N_("rule"),         KOR_N_("flagged"), KOR_N_("found"),
           KOR_N_("left alone"),   KOR_N_("better"),  KOR_N_("area"),
           KOR_N_("before")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads), .right = 0x7e};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (int r = 0; r < KOR_N_FLAG_RULES; r++) {
        put_rule(&table, cli->lang,
                 rule_text(cli->lang, record->unit, (enum kor_flag_rule)r),
                 record->flags.table.rules[r]);
    }
    cli_table_print(cli, &table);
}

/* What the columns are. */
static void
print_columns(const struct cli *cli, enum kor_course_unit unit)
{
    enum kor_lang lang = cli->lang;
    cli_labelled(kor_text(lang, "flagged"), "%s",
                 kor_text(lang, "of 100 people"));
    cli_labelled(kor_text(lang, "found"), "%s",
                 kor_text(lang, "of 100 who did not end better"));
    cli_labelled(kor_text(lang, "left alone"), "%s",
                 kor_text(lang, "of 100 who ended better"));
    cli_labelled(kor_text(lang, "better"), "%s",
                 kor_text(lang, "of 10 flagged, who ended better after all"));
    cli_labelled(kor_text(lang, "area"), "%s",
                 kor_text(lang, "under the ROC curve: 0.5 is a coin"));
    cli_labelled("", "%s",
                 kor_text(lang, "rules whose intervals overlap are not told "
                                "apart"));
    cli_labelled(kor_text(lang, "before"), "%s",
                 unit == KOR_COURSE_SESSIONS
                     ? kor_text(lang, "sessions from first flag to last score")
                     : kor_text(lang, "weeks from first flag to last score"));
}

/* The table chooses what says "less change", and never what asks for an
 * answer. */
static void
print_use(const struct cli *cli, const struct kor_course_record *record)
{
    enum kor_lang lang = cli->lang;
    const struct kor_course_flags *flags = &record->flags;
    cli_labelled(kor_text(lang, "table favours"), "%s",
                 flags->has_favoured
                     ? rule_text(lang, record->unit, flags->favoured)
                     : kor_text(lang, "none: no rule is better than a coin"));
    cli_labelled(kor_text(lang, "less change said by"), "%s",
                 rule_text(lang, record->unit, record->course.rule));
    cli_labelled("", "%s", kor_text(lang, "a line in lists; it asks for no "
                                          "answer"));
    cli_labelled(kor_text(lang, "asks for an answer"), "%s",
                 rule_text(lang, record->unit, KOR_FLAG_TWICE));
    cli_labelled("", "%s", kor_text(lang, "no other rule here may, whatever "
                                          "the table favours"));
}

static void
print_table(const struct cli *cli, const struct kor_course_record *record)
{
    char whom[160];
    enum kor_lang lang = cli->lang;
    const struct kor_course_flags *flags = &record->flags;
    puts("");
    puts(kor_text(lang, "How well each rule foretold who would not end "
                        "reliably better"));
    snprintf(whom, sizeof whom,
             kor_text(lang, "Of %.0f people %.0f did not (%g points)."),
             flags->table.people, flags->table.outcomes, flags->rc_points);
    puts(kor_number_signs(lang, whom));
    printf(kor_text(lang, "Means of %u random halves, each held against a "
                          "course of the other half."),
           (unsigned)flags->n_halves);
    putchar('\n');
    print_rules(cli, record);
    print_columns(cli, record->unit);
    print_use(cli, record);
}

void
cli_print_flags(const struct cli *cli, const struct kor_course_record *record)
{
    static const char *const reasons[] = {
        [KOR_FLAGS_UNKNOWN]
        = KOR_N_("not counted: fitted by an earlier release"),
        [KOR_FLAGS_NO_RELIABLE_CHANGE]
        = KOR_N_("not counted: this scale has no reliable change"),
        [KOR_FLAGS_TOO_FEW]
        = KOR_N_("not counted: too few people ended either way"),
    };
    if (record->flags.state == KOR_FLAGS_COUNTED) {
        print_table(cli, record);
    } else {
        cli_labelled(kor_text(cli->lang, "rules for flags"), "%s",
                     kor_text(cli->lang, reasons[record->flags.state]));
    }
}
