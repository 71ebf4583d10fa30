/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scores by session number: see client/cli/by_session.h. */

#include "cli/by_session.h"

#include <math.h>
#include <stdlib.h>

#include "cli/stat_options.h"
#include "kor/base/alloc.h"

static enum kor_code
check_row(struct cli *cli, const struct kor_series *series, size_t row,
          double least, double most)
{
    const char *time = cli_option(cli, "time");
    const char *score = cli_option(cli, "score");
    double session = series->time[row];
    if (session < 1 || session > CLI_MOST_SESSIONS
        || floor(session) < session) {
        return kor_fail(&cli->err, KOR_BAD_VALUE, time,
                        "line %ld, column %s: '%g' is no session: number the "
                        "sessions of each person 1, 2, 3 ..., to at most %d",
                        kor_series_line(series, row), time, session,
                        CLI_MOST_SESSIONS);
    }
    if (series->score[row] < least || series->score[row] > most) {
        return kor_fail(&cli->err, KOR_BAD_VALUE, score,
                        "line %ld, column %s: the score must lie between %g "
                        "and %g: look at the form again",
                        kor_series_line(series, row), score, least, most);
    }
    return KOR_OK;
}

enum kor_code
cli_by_session_read(struct cli *cli, double least, double most,
                    struct cli_by_session *to)
{
    struct kor_series_wish wish = {0};
    struct kor_series *series = &to->series;
    enum kor_code code = cli_take_long_form(cli, &wish);
    if (code == KOR_OK) {
        code = kor_series_read(cli->line.words[0], &wish, series, &cli->err);
    }
    for (size_t i = 0; i < series->n && code == KOR_OK; i++) {
        code = check_row(cli, series, i, least, most);
        if (code == KOR_OK && series->time[i] > (double)to->most) {
            to->most = (size_t)series->time[i];
        }
    }
    to->scores = kor_alloc_array(to->most + 1, sizeof *to->scores);
    return code;
}

void
cli_by_session_done(struct cli_by_session *all)
{
    kor_series_done(&all->series);
    free(all->scores);
    all->scores = NULL;
}

size_t
cli_scores_of(struct cli_by_session *all, size_t person)
{
    const struct kor_series *series = &all->series;
    size_t n = 0;
    for (size_t i = series->from[person]; i < series->from[person + 1]; i++) {
        size_t session = (size_t)series->time[i];
        while (n < session) {
            all->scores[n++] = NAN;
        }
        all->scores[session - 1] = series->score[i];
    }
    return n;
}
