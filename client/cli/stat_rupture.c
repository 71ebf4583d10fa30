/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat rupture: where the alliance fell, and whether it came back. */

#include <math.h>
#include <stdlib.h>

#include "cli/by_session.h"
#include "cli/figures.h"
#include "cli/stat_options.h"
#include "kor/base/alloc.h"
#include "kor/stat/rupture.h"

static const double most_points = 1e12;

/* What is counted over all people, with the lists. */
struct tally {
    size_t n_people, n_events, n_repaired;
    json_t *list, *scores;
};

/* The ends of the scale, as far as they were given. */
static enum kor_code
take_ends(struct cli *cli, struct kor_rupture_rules *rules)
{
    double least = NAN, most = NAN;
    enum kor_code code = cli_take_direction(cli, &rules->better);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "min", -most_points, most_points, &least);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "max", -most_points, most_points, &most);
    }
    if (code == KOR_OK && least >= most) {
        return kor_fail(&cli->err, KOR_USAGE, "max",
                        "--max must be above --min");
    }
    bool is_up = rules->better == KOR_HIGHER_IS_BETTER;
    rules->worst_points = is_up ? least : most;
    rules->best_points = is_up ? most : least;
    return code;
}

static enum kor_code
take_rules(struct cli *cli, struct kor_rupture_rules *rules)
{
    int64_t repair = 5;
    *rules = kor_rupture_rules_default();
    enum kor_code code = cli_take_real(cli, "cutoff", -most_points,
                                       most_points, &rules->cutoff_points);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "drop", 1e-6, most_points,
                             &rules->drop_points);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "repair", &repair);
    }
    if (code == KOR_OK && (repair < 1 || repair > CLI_MOST_SESSIONS)) {
        return kor_fail(&cli->err, KOR_USAGE, "repair",
                        "--repair must be a number of sessions from 1 to %d",
                        CLI_MOST_SESSIONS);
    }
    rules->repair_sessions = (size_t)repair;
    rules->uses_chart = cli_option(cli, "chart") != NULL;
    if (code == KOR_OK && isnan(rules->cutoff_points)
        && isnan(rules->drop_points) && !rules->uses_chart) {
        return kor_fail(&cli->err, KOR_USAGE, "cutoff",
                        "say what a fall is: --cutoff, --drop or --chart, or "
                        "several of them");
    }
    return code == KOR_OK ? take_ends(cli, rules) : code;
}

/* The rules behind an event as "cutoff+drop". */
static void
set_rules(json_t *row, unsigned rules)
{
    static const struct {
        unsigned bit;
        const char *name;
    } names[] = {{KOR_FALL_CUTOFF, "cutoff"},
                 {KOR_FALL_DROP, "drop"},
                 {KOR_FALL_CHART, "chart"}};
    struct kor_buf text = {0};
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        if (rules & names[i].bit) {
            kor_buf_printf(&text, "%s%s", text.size ? "+" : "",
                           names[i].name);
        }
    }
    cli_set_word(row, "rules", kor_buf_text(&text));
    kor_buf_done(&text);
}

static void
add_event(struct tally *tally, const char *id, const struct kor_rupture *event)
{
    json_t *row = json_object();
    cli_set_word(row, "id", id);
    cli_set_count(row, "from", event->from);
    cli_set_count(row, "to", event->to);
    cli_set_real(row, "before", event->before);
    cli_set_real(row, "after", event->after);
    cli_set_real(row, "lowest", event->lowest);
    set_rules(row, event->rules);
    cli_set_word(row, "repair", kor_repair_name(event->repair));
    json_object_set_new(row, "repaired_at",
                        event->repaired_at ? cli_count(event->repaired_at)
                                           : json_null());
    json_array_append_new(tally->list, row);
    tally->n_repaired += event->repair == KOR_REPAIR_DONE;
}

/* What the scores of one person allowed to be said. */
static void
add_ground(struct tally *tally, const char *id,
           const struct kor_rupture_ground *ground)
{
    json_t *row = json_object();
    cli_set_word(row, "id", id);
    cli_set_count(row, "given", ground->n_given);
    cli_set_count(row, "at_best", ground->n_best);
    cli_set_count(row, "no_room", ground->n_no_room);
    cli_set_word(row, "chart", kor_chart_status_name(ground->chart));
    cli_set_real(row, "mean", ground->mean);
    cli_set_real(row, "mean_range", ground->mean_range);
    cli_set_real(row, "limit", ground->limit);
    json_array_append_new(tally->scores, row);
}

static enum kor_code
look(struct cli *cli, const struct kor_rupture_rules *rules,
     struct cli_by_session *all, struct tally *tally)
{
    struct kor_rupture *events
        = kor_alloc_array(all->most + 1, sizeof *events);
    enum kor_code code = KOR_OK;
    for (size_t p = 0; p < all->series.n_people && code == KOR_OK; p++) {
        const char *id = kor_series_id(&all->series, p);
        struct kor_rupture_ground ground;
        size_t n = cli_scores_of(all, p), n_events;
        code = kor_ruptures_find(rules, all->scores, n, events, &n_events,
                                 &ground, &cli->err);
        for (size_t i = 0; i < n_events; i++) {
            add_event(tally, id, &events[i]);
        }
        tally->n_people += n_events > 0;
        tally->n_events += n_events;
        if (code == KOR_OK) {
            add_ground(tally, id, &ground);
        }
    }
    free(events);
    return code;
}

enum kor_code
cli_stat_rupture(struct cli *cli)
{
    struct kor_rupture_rules rules;
    struct cli_by_session all = {0};
    struct tally tally = {.list = json_array(), .scores = json_array()};
    enum kor_code code = take_rules(cli, &rules);
    if (code == KOR_OK) {
        code = cli_by_session_read(cli, -most_points, most_points, &all);
    }
    if (code == KOR_OK) {
        code = look(cli, &rules, &all, &tally);
    }
    if (code == KOR_OK) {
        json_t *out = json_object();
        cli_set_count(out, "people", tally.n_people);
        cli_set_count(out, "events", tally.n_events);
        cli_set_count(out, "of_people", all.series.n_people);
        cli_set_count(out, "repaired", tally.n_repaired);
        json_object_set(out, "list", tally.list);
        json_object_set(out, "scores", tally.scores);
        cli_print_figures(cli, out);
    }
    json_decref(tally.list);
    json_decref(tally.scores);
    cli_by_session_done(&all);
    return code;
}
