/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat person: level and slope of each person. */

#include <math.h>

#include "cli/figures.h"
#include "cli/stat_course.h"

static json_t *
person(const struct cli_model *model, size_t i)
{
    struct kor_own_line line
        = kor_own_line_of(&model->fit, &model->data.centre, &model->sums[i],
                          cli_model_row(model, i));
    json_t *out = json_object();
    cli_set_word(out, "id", kor_series_id(&model->series, i));
    cli_set_real(out, "level", line.level);
    cli_set_real(out, "slope", line.slope);
    cli_set_real(out, "level_sd", sqrt(line.var_level));
    cli_set_real(out, "slope_sd", sqrt(line.var_slope));
    return out;
}

enum kor_code
cli_stat_person(struct cli *cli)
{
    struct cli_model_wish wish;
    struct cli_model model = {0};
    enum kor_code code = cli_take_model(cli, &wish);
    if (code == KOR_OK) {
        code = cli_model_read(cli, &wish, &model);
    }
    if (code == KOR_OK) {
        code = cli_want_estimates(cli, &model.fit);
    }
    if (code == KOR_OK) {
        json_t *people = json_array();
        for (size_t i = 0; i < model.series.n_people; i++) {
            json_array_append_new(people, person(&model, i));
        }
        cli_print_figures(cli, json_pack("{s:o}", "people", people));
    }
    cli_model_done(&model);
    cli_model_wish_done(&wish);
    return code;
}
