/* SPDX-License-Identifier: GPL-3.0-or-later */

/* See tests/support/run_stat.h. */

#include "support/run_stat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/near.h"
#include "support/run_kor.h"

json_t *
run_stat(const char *line)
{
    struct run run;
    struct kor_buf words = {0};
    kor_buf_printf(&words, "%s --json --lang en", line);
    run_kor(kor_buf_text(&words), NULL, RUN_KEEP, &run);
    if (run.status != 0) {
        fail_msg("kor %s: %d: %s", line, run.status, kor_buf_text(&run.err));
    }
    json_t *out = json_loads(kor_buf_text(&run.out), 0, NULL);
    if (!json_is_object(out)) {
        fail_msg("kor %s: no object: %s", line, kor_buf_text(&run.out));
    }
    run_done(&run);
    kor_buf_done(&words);
    return out;
}

void
run_stat_refused(const char *line, int status, const char *said)
{
    struct run run;
    struct kor_buf words = {0};
    kor_buf_printf(&words, "%s --lang en", line);
    run_kor(kor_buf_text(&words), NULL, RUN_KEEP, &run);
    if (run.status != status || !strstr(kor_buf_text(&run.err), said)) {
        fail_msg("kor %s: %d and '%s', but wanted %d and '%s'", line,
                 run.status, kor_buf_text(&run.err), status, said);
    }
    assert_string_equal(kor_buf_text(&run.out), "");
    run_done(&run);
    kor_buf_done(&words);
}

json_t *
stat_at(json_t *from, const char *path)
{
    char copy[128], *rest = copy, *step;
    assert_true(strlen(path) < sizeof copy);
    strcpy(copy, path);
    while (from && (step = strsep(&rest, "."))) {
        from = json_is_array(from)
                   ? json_array_get(from, strtoul(step, NULL, 10))
                   : json_object_get(from, step);
    }
    if (!from) {
        fail_msg("nothing at %s", path);
    }
    return from;
}

double
stat_real(json_t *from, const char *path)
{
    const json_t *value = stat_at(from, path);
    if (!json_is_number(value) && !json_is_null(value)) {
        fail_msg("no number at %s", path);
    }
    return json_is_null(value) ? NAN : json_number_value(value);
}

const char *
stat_word(json_t *from, const char *path)
{
    const json_t *value = stat_at(from, path);
    if (!json_is_string(value)) {
        fail_msg("no text at %s", path);
    }
    return json_string_value(value);
}
