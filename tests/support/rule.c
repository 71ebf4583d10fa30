/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Closed episodes by a rule: see tests/support/rule.h. */

#include "support/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/define/learning_room.h"

struct rule {
    struct clinic *clinic;
    double random;  /* Park and Miller's. */
    int n_sent;
    char rows[3400];
    int n_waiting;
    struct rule_rows *kept; /* Or null. */
};

static void
keep(struct rule_rows *kept, int session, double score)
{
    size_t row = kept->from[kept->n_people];
    if (session == 1) {
        kept->n_people++;
    }
    kept->at[row] = session;
    kept->points[row] = score;
    kept->from[kept->n_people] = row + 1;
}

static double
next_random(struct rule *rule)
{
    rule->random = fmod(rule->random * 16807, 2147483647);
    return rule->random / 2147483647;
}

static double
tenths(double x)
{
    return floor(fmin(fmax(x, 0), 40) * 10 + 0.5) / 10;
}

static void
flush(struct rule *rule)
{
    if (rule->n_waiting) {
        clinic_ok(rule->clinic, "import.rows",
                  "{'import': 1, 'from': %d, 'rows': [%s]}", rule->n_sent,
                  rule->rows);
        rule->n_sent += rule->n_waiting;
        rule->n_waiting = 0;
        rule->rows[0] = '\0';
    }
}

/* One row of a person: session and score; the last one ends the episode. */
static void
put_row(struct rule *rule, int person, int session, double score,
        const char *ending)
{
    char date[KOR_DATE_SIZE];
    if (rule->kept && person <= RULE_PEOPLE) {
        keep(rule->kept, session, score);
    }
    size_t used = strlen(rule->rows);
    snprintf(rule->rows + used, sizeof rule->rows - used,
             "%s{'person': 'p%d', 'session': %d, 'date': '%s', 'born': "
             "'%d-01', 'ending': '%s', 'answers': [{'scale': 'outcome', "
             "'total': %.1f}]}", used ? ", " : "", person, session,
             clinic_date(7 * session - 400, date), 1970 + person % 20, ending,
             score);
    if (++rule->n_waiting == 15) {
        flush(rule);
    }
}

static int
put_person(struct rule *rule, int person)
{
    double start = tenths(10 + 20 * next_random(rule));
    double level = -3 + 6 * next_random(rule);
    double slope = 2 + 4 * next_random(rule);
    int n = 3 + (int)floor(5 * next_random(rule));
    put_row(rule, person, 1, start, "open");
    for (int t = 2; t <= n; t++) {
        double noise = 8 * next_random(rule);
        put_row(rule, person, t,
                tenths(start + level + slope * log(t) - 4 + noise),
                t == n ? "planned" : "open");
    }
    return n;
}

void
rule_import(struct clinic *clinic, int n, struct rule_rows *kept)
{
    struct rule rule = {.clinic = clinic, .random = 4711, .kept = kept};
    int n_rows = 0;
    struct rule dry = rule;
    for (int i = 1; i <= n; i++) { /* How many rows will come. */
        for (int k = 0; k < 3; k++) {
            (void)next_random(&dry);
        }
        int sessions = 3 + (int)floor(5 * next_random(&dry));
        n_rows += sessions;
        for (int t = 2; t <= sessions; t++) {
            (void)next_random(&dry);
        }
    }
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': %d}", 1, n_rows + 4);
    for (int i = 1; i <= n; i++) {
        (void)put_person(&rule, i);
    }
    put_row(&rule, 900, 1, 40, "open"); /* Still open. */
    put_row(&rule, 900, 2, 0, "open");
    put_row(&rule, 901, 3, 40, "open"); /* No start score by session 2. */
    put_row(&rule, 901, 4, 0, "planned");
    flush(&rule);
    clinic_ok(clinic, "import.finish", "{'import': 1}");
}

void
rule_read_course(const struct clinic *clinic, struct kor_course_record *record)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    char *text = json_dumps(json_object_get(clinic->reply, "certificate"),
                            JSON_REAL_PRECISION(17));
    assert_non_null(text);
    kit_ok(kor_course_parse(text, strlen(text), record, &err), &err);
    free(text);
}

struct kor_learned
rule_learn(const struct rule_rows *kept, const struct kor_course *reference)
{
    const struct kor_episodes episodes = {.n_people = kept->n_people,
                                          .from = kept->from,
                                          .at = kept->at,
                                          .points = kept->points};
    const struct kor_learning learning = {.f = KOR_TIME_LOG,
                                          .method = KOR_GROWTH_REML,
                                          .seed = 1,
                                          .max_points = 40,
                                          .better = KOR_HIGHER_IS_BETTER,
                                          .reference = reference};
    struct kor_learning_work work
        = kor_learning_room(kept->n_people, kept->from[kept->n_people]);
    struct kor_learned learned;
    kit_ok(kor_course_learn(&episodes, &learning, &work, &learned, NULL),
           NULL);
    kor_learning_room_done(&work);
    return learned;
}
