/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat answering: sawtooth and flat answering. */

#include "cli/by_session.h"
#include "cli/figures.h"
#include "cli/stat_options.h"
#include "kor/stat/answering.h"

static const double most_points = 1e12;

struct wish {
    struct kor_answering_rules rules;
    double least, most; /* The ends of the scale. */
};

/* What is counted over all people, with the list. */
struct tally {
    size_t n_people, n_sawtooth, n_flat, n_best;
    json_t *list;
};

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    enum kor_better better = KOR_HIGHER_IS_BETTER;
    int64_t run = 5;
    *wish = (struct wish){.rules = kor_answering_rules_default(), .least = 0};
    enum kor_code code = cli_need_real(cli, "max", -most_points, most_points,
                                       &wish->most);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "min", -most_points, most_points,
                             &wish->least);
    }
    if (code == KOR_OK && wish->least >= wish->most) {
        return kor_fail(&cli->err, KOR_USAGE, "max",
                        "--max must be above --min");
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "step", 1e-6, most_points,
                             &wish->rules.step_points);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "run", &run);
    }
    if (code == KOR_OK && (run < 2 || run > CLI_MOST_SESSIONS)) {
        return kor_fail(&cli->err, KOR_USAGE, "run",
                        "--run must be a number of scores from 2 to %d",
                        CLI_MOST_SESSIONS);
    }
    wish->rules.least_run = (size_t)run;
    if (code == KOR_OK) {
        code = cli_take_direction(cli, &better);
    }
    wish->rules.best_points = better == KOR_HIGHER_IS_BETTER ? wish->most
                                                             : wish->least;
    return code;
}

static void
add_run(json_t *row, const char *name, const char *from, const char *to,
        const struct kor_run *run)
{
    cli_set_count(row, name, run->n);
    json_object_set_new(row, from,
                        run->n ? cli_count(run->from) : json_null());
    json_object_set_new(row, to, run->n ? cli_count(run->to) : json_null());
}

static void
add_person(struct tally *tally, const char *id,
           const struct kor_answering *found)
{
    json_t *row = json_object();
    cli_set_word(row, "id", id);
    cli_set_count(row, "given", found->n_given);
    cli_set_count(row, "alternations", found->n_alternations);
    json_object_set_new(row, "sawtooth", json_boolean(found->is_sawtooth));
    json_object_set_new(row, "flat", json_boolean(found->is_flat));
    add_run(row, "run", "run_from", "run_to", &found->flat);
    json_object_set_new(row, "best", json_boolean(found->is_best));
    add_run(row, "best_run", "best_from", "best_to", &found->best);
    json_array_append_new(tally->list, row);
}

static enum kor_code
look(struct cli *cli, const struct wish *wish, struct cli_by_session *all,
     struct tally *tally)
{
    enum kor_code code = KOR_OK;
    for (size_t p = 0; p < all->series.n_people && code == KOR_OK; p++) {
        struct kor_answering found;
        size_t n = cli_scores_of(all, p);
        code = kor_answering_of(&wish->rules, all->scores, n, &found,
                                &cli->err);
        tally->n_sawtooth += found.is_sawtooth;
        tally->n_flat += found.is_flat;
        tally->n_best += found.is_best;
        if (found.is_sawtooth || found.is_flat || found.is_best) {
            tally->n_people++;
            add_person(tally, kor_series_id(&all->series, p), &found);
        }
    }
    return code;
}

enum kor_code
cli_stat_answering(struct cli *cli)
{
    struct wish wish;
    struct cli_by_session all = {0};
    struct tally tally = {.list = json_array()};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = cli_by_session_read(cli, wish.least, wish.most, &all);
    }
    if (code == KOR_OK) {
        code = look(cli, &wish, &all, &tally);
    }
    if (code == KOR_OK) {
        json_t *out = json_object();
        cli_set_count(out, "people", tally.n_people);
        cli_set_count(out, "of_people", all.series.n_people);
        cli_set_count(out, "sawtooth", tally.n_sawtooth);
        cli_set_count(out, "flat", tally.n_flat);
        cli_set_count(out, "best", tally.n_best);
        json_object_set(out, "list", tally.list);
        cli_print_figures(cli, out);
    }
    json_decref(tally.list);
    cli_by_session_done(&all);
    return code;
}
