/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Made-up people: see client/lib/simulate.h. */

#include "lib/simulate.h"

#include <math.h>
#include <stdbool.h>

#include "kor/base/clock.h"
#include "kor/base/compiler.h"

#define MAX_SESSIONS 16
#define PI 3.14159265358979323846

const char kor_simulate_map[]
    = "; Map of a file that 'kor simulate' made.  All people in it are made\n"
      "; up: import it with --made-up.\n"
      "[file]\n"
      "delimiter = comma\n"
      "\n"
      "[columns]\n"
      "id = person\n"
      "date = date\n"
      "session = session\n"
      "status = status\n"
      "ending = ending\n"
      "\n"
      "[scale outcome]\n"
      "items = outcome1, outcome2, outcome3, outcome4\n"
      "\n"
      "[scale alliance]\n"
      "items = alliance1, alliance2, alliance3\n";

/* --- random numbers ------------------------------------------------------ */

static uint64_t
next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* From 0 to below 1. */
static double
uniform(uint64_t *state)
{
    return (double)(next_bits(state) >> 11) * 0x1p-53;
}

static double
normal(uint64_t *state, double mean, double sd)
{
    double radius = sqrt(-2 * log(1 - uniform(state)));
    return mean + sd * radius * cos(2 * PI * uniform(state));
}

/* A whole number from 'low' to 'high'. */
static int
between(uint64_t *state, int low, int high)
{
    return low + (int)(uniform(state) * (high - low + 1));
}

/* --- people -------------------------------------------------------------- */

/* How the outcome of a kind of person moves by the tenth session, how many
 * sessions there are, and how often the ending is planned. */
struct kind {
    double share;
    double change, change_sd;
    int least, most;
    double planned;
};

static const struct kind kinds[] = {
    {0.56, 11, 3, 5, 14, 0.85},  /* Improves. */
    {0.22, 1, 1.5, 6, 14, 0.50}, /* Does not move. */
    {0.10, -7, 2, 4, 10, 0.25},  /* Gets worse. */
    {0.12, 3, 3, 1, 3, 0.10},    /* Stops early. */
};

struct person {
    uint64_t state;
    double start, change, alliance;
    int n; /* Sessions. */
    int days[MAX_SESSIONS]; /* Since the first. */
    bool is_planned;
};

static const struct kind *
choose_kind(uint64_t *state)
{
    double left = uniform(state);
    size_t i = 0;
    while (i + 1 < KOR_LENGTH(kinds) && left >= kinds[i].share) {
        left -= kinds[i++].share;
    }
    return &kinds[i];
}

/* Mostly weekly; now and then two or three weeks apart. */
static int
gap_days(uint64_t *state)
{
    double at = uniform(state);
    return at < 0.65 ? 7 : at < 0.92 ? 14 : 21;
}

static void
make_person(struct person *person, uint64_t seed, int64_t index, int most_days)
{
    uint64_t *state = &person->state;
    *state = seed ^ (uint64_t)index * 0xd1342543de82ef95u;
    (void)next_bits(state);
    const struct kind *kind = choose_kind(state);
    person->start = fmin(fmax(normal(state, 19, 6), 5), 34);
    person->change = normal(state, kind->change, kind->change_sd);
    person->alliance = fmin(normal(state, 25, 3), 29);
    person->is_planned = uniform(state) < kind->planned;
    int wanted = between(state, kind->least, kind->most);
    person->days[0] = 0;
    person->n = 1;
    while (person->n < wanted) {
        int day = person->days[person->n - 1] + gap_days(state);
        if (day > most_days) {
            break;
        }
        person->days[person->n++] = day;
    }
}

/* One answer out of 0 to 10, in steps of a tenth; empty now and then. */
static void
put_item(struct kor_buf *csv, uint64_t *state, double mean)
{
    double value = fmin(fmax(normal(state, mean, 0.6), 0), 10);
    bool is_forgotten = uniform(state) < 0.012;
    long tenths = lround(value * 10);
    kor_buf_putc(csv, ',');
    if (!is_forgotten) {
        kor_buf_printf(csv, "%ld.%ld", tenths / 10, tenths % 10);
    }
}

static void
put_answers(struct kor_buf *csv, struct person *person, int session)
{
    uint64_t *state = &person->state;
    double level = person->start
                 + person->change * log(session) / log(10)
                 + normal(state, 0, 1.8);
    double alliance = person->alliance + log(session)
                    + normal(state, 0, 1.2);
    bool is_handed_out = uniform(state) >= 0.04;
    for (int i = 0; i < 4; i++) {
        put_item(csv, state, level / 4);
    }
    for (int i = 0; i < 3; i++) {
        if (is_handed_out) {
            put_item(csv, state, alliance / 3);
        } else {
            kor_buf_putc(csv, ',');
        }
    }
}

static const char *
choose_status(struct person *person, int session)
{
    double at = uniform(&person->state);
    if (session == 1) {
        return "held";
    }
    return at < 0.05   ? "not-attended"
         : at < 0.08   ? "cancelled-client"
         : at < 0.095  ? "cancelled-late"
         : at < 0.105  ? "cancelled-clinic"
                       : "held";
}

static void
put_person(struct kor_buf *csv, struct person *person, int64_t index,
           int32_t first, const char *ending)
{
    char date[KOR_DATE_SIZE];
    for (int i = 0; i < person->n; i++) {
        const char *status = choose_status(person, i + 1);
        kor_buf_printf(csv, "made-up-%06lld,%d,%s,%s",
                       (long long)index + 1, i + 1,
                       kor_date_format(first + person->days[i], date),
                       status);
        if (status[0] == 'h') {
            put_answers(csv, person, i + 1);
        } else {
            kor_buf_puts(csv, ",,,,,,,");
        }
        kor_buf_printf(csv, ",%s,made up\n", ending);
    }
}

static enum kor_code
check(const struct kor_simulation *wish, struct kor_err *err)
{
    if (wish->people < 1 || wish->people > KOR_SIMULATE_MAX_PEOPLE) {
        return kor_fail(err, KOR_BAD_VALUE, "people",
                        "--people must be from 1 to %d",
                        KOR_SIMULATE_MAX_PEOPLE);
    }
    if (wish->open < 0 || wish->open > wish->people) {
        return kor_fail(err, KOR_BAD_VALUE, "open",
                        "--open must be from 0 to the number of people, %lld",
                        (long long)wish->people);
    }
    if (wish->until - wish->start < KOR_SIMULATE_MIN_DAYS) {
        return kor_fail(err, KOR_BAD_VALUE, "start",
                        "--start must lie at least %d days before --until",
                        KOR_SIMULATE_MIN_DAYS);
    }
    return KOR_OK;
}

/* Open episodes had their last session in the last two weeks, closed ones
 * any time before. */
static int32_t
first_day(const struct kor_simulation *wish, struct person *person,
          bool is_open)
{
    int length = person->days[person->n - 1];
    if (is_open) {
        return wish->until - length - between(&person->state, 0, 13);
    }
    return wish->start
         + between(&person->state, 0,
                   wish->until - wish->start - 14 - length);
}

enum kor_code
kor_simulate(const struct kor_simulation *wish, struct kor_buf *csv,
             size_t *n_sessions, struct kor_err *err)
{
    enum kor_code code = check(wish, err);
    if (code != KOR_OK) {
        return code;
    }
    const int most_days = wish->until - wish->start - 14;
    *n_sessions = 0;
    kor_buf_puts(csv, "person,session,date,status,outcome1,outcome2,outcome3,"
                      "outcome4,alliance1,alliance2,alliance3,ending,note\n");
    for (int64_t i = 0; i < wish->people; i++) {
        struct person person;
        bool is_open = (i + 1) * wish->open / wish->people
                     > i * wish->open / wish->people;
        make_person(&person, wish->seed, i, most_days);
        int32_t first = first_day(wish, &person, is_open);
        put_person(csv, &person, i, first,
                   is_open            ? ""
                   : person.is_planned ? "planned"
                                       : "unplanned");
        *n_sessions += (size_t)person.n;
    }
    return KOR_OK;
}
