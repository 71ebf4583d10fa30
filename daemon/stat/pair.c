/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pair: see kor/stat/pair.h. */

#include "kor/stat/pair.h"

#include <math.h>

#include "kor/base/err.h"

static bool
is_at_caseness(const struct kor_measure scales[2], const double points[2])
{
    return !kor_is_past_cutoff(&scales[0], points[0])
        || !kor_is_past_cutoff(&scales[1], points[1]);
}

struct kor_pair_person
kor_pair_judge(const struct kor_measure scales[2], const double start[2],
               const double end[2])
{
    struct kor_pair_person out = {.is_counted = true};
    bool is_better = false, is_worse = false;
    for (int s = 0; s < 2; s++) {
        double gain = kor_improvement(&scales[s], start[s], end[s]);
        is_better = is_better || kor_is_reliable(&scales[s], gain);
        is_worse = is_worse || kor_is_reliable(&scales[s], -gain);
    }
    out.was_at_caseness = is_at_caseness(scales, start);
    out.has_recovered = out.was_at_caseness && !is_at_caseness(scales, end);
    out.has_improved = is_better && !is_worse;
    out.has_deteriorated = is_worse && !is_better;
    out.has_reliably_recovered = out.has_recovered && out.has_improved;
    return out;
}

static enum kor_code
check_scale(const struct kor_measure *scale, struct kor_err *err)
{
    enum kor_code code = kor_measure_check(scale, err);
    if (code == KOR_OK
        && (isnan(scale->rc_points) || isnan(scale->cutoff_points))) {
        code = kor_fail(err, KOR_BAD_VALUE,
                        isnan(scale->rc_points) ? "rc_points"
                                                : "cutoff_points",
                        "outcome on two scales needs the cut-off and the "
                        "reliable change of both");
    }
    return code;
}

static enum kor_code
check_person(const struct kor_measure scales[2],
             const struct kor_pair_people *people, size_t i,
             struct kor_err *err)
{
    for (int s = 0; s < 2; s++) {
        enum kor_code code
            = kor_points_check(&scales[s], people->start[s][i], err);
        if (code == KOR_OK) {
            code = kor_points_check(&scales[s], people->end[s][i], err);
        }
        if (code != KOR_OK) {
            kor_wrap(err, "person %zu, scale %d", i + 1, s + 1);
            return code;
        }
    }
    return KOR_OK;
}

static enum kor_code
check(const struct kor_measure scales[2], const struct kor_pair_people *people,
      double level, struct kor_err *err)
{
    enum kor_code code = check_scale(&scales[0], err);
    if (code == KOR_OK) {
        code = check_scale(&scales[1], err);
    }
    if (code == KOR_OK && !(level > 0 && level < 1)) {
        code = kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval lies between 0 and 1; "
                        "0.95 is usual");
    }
    for (size_t i = 0; i < people->n && code == KOR_OK; i++) {
        code = check_person(scales, people, i, err);
    }
    return code;
}

static void
add(struct kor_pair *out, const struct kor_pair_person *person)
{
    out->n++;
    out->n_at_caseness += person->was_at_caseness;
    out->n_recovered += person->has_recovered;
    out->n_improved += person->has_improved;
    out->n_deteriorated += person->has_deteriorated;
    out->n_reliably_recovered += person->has_reliably_recovered;
}

/* Judges person 'i' and adds it to '*out', or counts why not. */
static struct kor_pair_person
take(const struct kor_measure scales[2], const struct kor_pair_people *people,
     size_t i, struct kor_pair *out)
{
    struct kor_pair_person person = {.is_counted = false};
    double start[] = {people->start[0][i], people->start[1][i]};
    double end[] = {people->end[0][i], people->end[1][i]};
    double sessions = people->sessions ? people->sessions[i] : 2;
    if (sessions < 2) {
        out->n_too_short++;
    } else if (isnan(sessions) || isnan(start[0]) || isnan(start[1])
               || isnan(end[0]) || isnan(end[1])) {
        out->n_missing++;
    } else {
        person = kor_pair_judge(scales, start, end);
        add(out, &person);
    }
    return person;
}

enum kor_code
kor_pair_of(const struct kor_measure scales[2],
            const struct kor_pair_people *people, double level,
            struct kor_pair *out, struct kor_pair_person persons[],
            struct kor_err *err)
{
    enum kor_code code = check(scales, people, level, err);
    if (code != KOR_OK) {
        return code;
    }
    *out = (struct kor_pair){0};
    for (size_t i = 0; i < people->n; i++) {
        struct kor_pair_person person = take(scales, people, i, out);
        if (persons) {
            persons[i] = person;
        }
    }
    size_t n = out->n, cases = out->n_at_caseness;
    out->recovered = kor_share_of(out->n_recovered, cases, level);
    out->reliably_recovered
        = kor_share_of(out->n_reliably_recovered, cases, level);
    out->improved = kor_share_of(out->n_improved, n, level);
    out->deteriorated = kor_share_of(out->n_deteriorated, n, level);
    return KOR_OK;
}
