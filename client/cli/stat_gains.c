/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat gains: sudden gains or losses, and small gains. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/by_session.h"
#include "cli/figures.h"
#include "cli/stat_options.h"
#include "kor/base/alloc.h"
#include "kor/stat/gains.h"
#include "kor/stat/small_gains.h"
#include "kor/stat/summary.h"
#include "lib/number.h"

static const double most_points = 1e12;
static const double level = 0.95;

struct wish {
    struct kor_gain_rules rules;
    double small;    /* NAN: not asked for. */
    size_t from, to; /* Sessions. */
};

/* What is counted over all people, with the lists. */
struct tally {
    size_t n_people, n_events, n_gaps, n_looked_at, n_reversed;
    size_t n_small_people, n_small;
    json_t *list, *small_list;
};

static enum kor_code
take_sessions(struct cli *cli, struct wish *wish)
{
    const char *value = cli_option(cli, "sessions");
    char copy[KOR_NUMBER_SIZE] = "";
    int64_t from, to;
    wish->from = 1;
    wish->to = CLI_MOST_SESSIONS;
    if (!value) {
        return KOR_OK;
    }
    size_t length = strcspn(value, "-");
    if (length < sizeof copy) {
        memcpy(copy, value, length);
    }
    if (!value[length] || !kor_whole_parse(copy, &from)
        || !kor_whole_parse(value + length + 1, &to) || from < 1 || to < from
        || to > CLI_MOST_SESSIONS) {
        return kor_fail(&cli->err, KOR_USAGE, "sessions",
                        "--sessions must be two numbers from 1 to %d, as in "
                        "1-12, not '%s'",
                        CLI_MOST_SESSIONS, value);
    }
    wish->from = (size_t)from;
    wish->to = (size_t)to;
    return KOR_OK;
}

/* Direction, and the score from which the share is counted. */
static enum kor_code
take_scale(struct cli *cli, struct kor_gain_rules *rules)
{
    enum kor_code code = cli_take_direction(cli, &rules->better);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "origin", -most_points, most_points,
                             &rules->origin_points);
    }
    if (code == KOR_OK && rules->better == KOR_HIGHER_IS_BETTER
        && rules->share > 0 && !cli_option(cli, "origin")) {
        return kor_fail(&cli->err, KOR_USAGE, "origin",
                        "--higher-is-better needs --origin: the best score of "
                        "the scale for a share of what is left to gain, 0 for "
                        "a share of the score itself");
    }
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    static const char *const forms[] = {"literature", "ttest", NULL};
    size_t form = 0;
    *wish = (struct wish){.rules = kor_gain_rules_default(), .small = NAN};
    enum kor_code code = cli_need_real(cli, "threshold", 1e-6, most_points,
                                       &wish->rules.threshold_points);
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "rule", forms, &form);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "share", 0, 1, &wish->rules.share);
    }
    if (code == KOR_OK) {
        code = take_scale(cli, &wish->rules);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "small", 1e-6, most_points, &wish->small);
    }
    wish->rules.rule = form ? KOR_TURN_TTEST : KOR_TURN_LITERATURE;
    wish->rules.turn = cli_option(cli, "losses") ? KOR_SUDDEN_LOSS
                                                 : KOR_SUDDEN_GAIN;
    return code == KOR_OK ? take_sessions(cli, wish) : code;
}

/* One event as a row; 'before' sessions were left out at the front. */
static void
add_event(struct tally *tally, const char *id, const struct kor_gain *event,
          size_t before)
{
    json_t *row = json_object();
    cli_set_word(row, "id", id);
    cli_set_count(row, "from", event->from + before);
    cli_set_count(row, "to", event->to + before);
    cli_set_real(row, "before", event->before);
    cli_set_real(row, "after", event->after);
    cli_set_real(row, "apart", event->apart_points);
    cli_set_real(row, "needed", event->needed_points);
    json_object_set_new(row, "reversed_at",
                        event->reversed_at
                            ? cli_count(event->reversed_at + before)
                            : json_null());
    json_array_append_new(tally->list, row);
    tally->n_reversed += event->reversed_at > 0;
}

static void
add_small(struct tally *tally, const char *id,
          const struct kor_small_gain *gain, size_t before)
{
    json_t *row = json_object();
    cli_set_word(row, "id", id);
    cli_set_count(row, "session", gain->session + before);
    cli_set_real(row, "score", gain->score);
    cli_set_real(row, "best", gain->best);
    cli_set_real(row, "by", gain->by_points);
    json_array_append_new(tally->small_list, row);
}

static enum kor_code
look_at_steps(struct cli *cli, const struct wish *wish, const char *id,
              const double scores[], size_t n, struct tally *tally)
{
    struct kor_gain *events = kor_alloc_array(n + 1, sizeof *events);
    struct kor_gain_count count;
    enum kor_code code = kor_gains_find(&wish->rules, scores, n, events,
                                        &count, &cli->err);
    for (size_t i = 0; i < count.n_events; i++) {
        add_event(tally, id, &events[i], wish->from - 1);
    }
    tally->n_people += count.n_events > 0;
    tally->n_events += count.n_events;
    tally->n_gaps += count.n_gaps;
    tally->n_looked_at += count.n_gaps > 0;
    free(events);
    return code;
}

static enum kor_code
look_at_small(struct cli *cli, const struct wish *wish, const char *id,
              const double scores[], size_t n, struct tally *tally)
{
    struct kor_small_gain *gains = kor_alloc_array(n + 1, sizeof *gains);
    size_t n_gains;
    enum kor_code code
        = kor_small_gains_find(wish->rules.better, wish->small, scores, n,
                               gains, &n_gains, &cli->err);
    for (size_t i = 0; i < n_gains; i++) {
        add_small(tally, id, &gains[i], wish->from - 1);
    }
    tally->n_small_people += n_gains > 0;
    tally->n_small += n_gains;
    free(gains);
    return code;
}

static enum kor_code
look(struct cli *cli, const struct wish *wish, struct cli_by_session *all,
     struct tally *tally)
{
    enum kor_code code = KOR_OK;
    for (size_t p = 0; p < all->series.n_people && code == KOR_OK; p++) {
        const char *id = kor_series_id(&all->series, p);
        size_t last = cli_scores_of(all, p), before = wish->from - 1;
        size_t end = last < wish->to ? last : wish->to;
        size_t n = end > before ? end - before : 0;
        const double *scores = n ? all->scores + before : NULL;
        code = look_at_steps(cli, wish, id, scores, n, tally);
        if (code == KOR_OK && !isnan(wish->small)) {
            code = look_at_small(cli, wish, id, scores, n, tally);
        }
    }
    return code;
}

static void
print_found(const struct cli *cli, const struct wish *wish,
            const struct cli_by_session *all, struct tally *tally)
{
    struct kor_share share
        = kor_share_of(tally->n_people, tally->n_looked_at, level);
    json_t *out = json_object();
    cli_set_count(out, "people", tally->n_people);
    cli_set_count(out, "events", tally->n_events);
    cli_set_word(out, "turn",
                 wish->rules.turn == KOR_SUDDEN_LOSS ? "loss" : "gain");
    cli_set_word(out, "rule", wish->rules.rule == KOR_TURN_TTEST
                                  ? "ttest" : "literature");
    cli_set_count(out, "of_people", all->series.n_people);
    cli_set_count(out, "looked_at", tally->n_looked_at);
    cli_set_count(out, "gaps", tally->n_gaps);
    cli_set_real(out, "share", share.share);
    cli_set_real(out, "share_low", share.low);
    cli_set_real(out, "share_high", share.high);
    cli_set_count(out, "reversed", tally->n_reversed);
    cli_set_real(out, "reversed_share",
                 tally->n_events
                     ? (double)tally->n_reversed / (double)tally->n_events
                     : NAN);
    json_object_set(out, "list", tally->list);
    if (!isnan(wish->small)) {
        json_t *small = json_object();
        cli_set_count(small, "people", tally->n_small_people);
        cli_set_count(small, "events", tally->n_small);
        json_object_set(small, "list", tally->small_list);
        json_object_set_new(out, "small", small);
    }
    cli_print_figures(cli, out);
}

enum kor_code
cli_stat_gains(struct cli *cli)
{
    struct wish wish;
    struct cli_by_session all = {0};
    struct tally tally = {.list = json_array(), .small_list = json_array()};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = cli_by_session_read(cli, -most_points, most_points, &all);
    }
    if (code == KOR_OK) {
        code = look(cli, &wish, &all, &tally);
    }
    if (code == KOR_OK) {
        print_found(cli, &wish, &all, &tally);
    }
    json_decref(tally.list);
    json_decref(tally.small_list);
    cli_by_session_done(&all);
    return code;
}
