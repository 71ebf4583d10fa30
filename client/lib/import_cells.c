/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of an import as values: see client/lib/import_cells.h. */

#include "lib/import_cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/clock.h"
#include "kor/base/utf8.h"

/* A row being read. */
struct reading {
    const struct kor_import_file *file;
    const char *const *cells;
    struct kor_import_row *out;
    long line;
    kor_problem_fn problem;
    void *to;
    bool is_right;
    struct kor_err err;
};

size_t
kor_slot_count(const struct kor_map *map)
{
    size_t n = KOR_SLOT_SCALES;
    for (size_t i = 0; i < map->n_scales; i++) {
        n += 1 + map->scales[i].n_items;
    }
    return n;
}

const char *
kor_slot_column(const struct kor_map *map, size_t slot)
{
    const char *const names[KOR_SLOT_SCALES] = {
        [KOR_SLOT_ID] = map->id,           [KOR_SLOT_DATE] = map->date,
        [KOR_SLOT_TIME] = map->time,       [KOR_SLOT_SESSION] = map->session,
        [KOR_SLOT_STATUS] = map->status,   [KOR_SLOT_ENDING] = map->ending,
        [KOR_SLOT_BORN] = map->born,       [KOR_SLOT_GENDER] = map->gender,
        [KOR_SLOT_THERAPIST] = map->therapist};
    if (slot < KOR_SLOT_SCALES) {
        return names[slot];
    }
    slot -= KOR_SLOT_SCALES;
    for (size_t i = 0; i < map->n_scales; i++) {
        if (slot == 0) {
            return map->scales[i].total;
        }
        if (slot <= map->scales[i].n_items) {
            return map->scales[i].items[slot - 1];
        }
        slot -= 1 + map->scales[i].n_items;
    }
    return "";
}

/* Hands on the error that was just made, for the column of 'slot'. */
static void
wrong(struct reading *r, size_t slot)
{
    r->is_right = false;
    r->problem(r->to, r->line, kor_slot_column(r->file->map, slot), &r->err);
}

static bool
is_missing(const struct reading *r, size_t slot)
{
    return kor_map_is_missing(r->file->map, r->cells[slot]);
}

/* A number in the sign of the map; false (and a problem) if it is none. */
static bool
read_number(struct reading *r, size_t slot, double *value)
{
    if (kor_map_number(r->file->map, r->cells[slot], value)) {
        return true;
    }
    (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                   "'%s' is no number written with '%c' for its decimals: "
                   "correct it, or set decimal in the map",
                   r->cells[slot], r->file->map->decimal);
    wrong(r, slot);
    return false;
}

/* The daemon takes one line of text. */
static bool
has_control(struct reading *r, size_t slot)
{
    bool has = kor_utf8_has_control(r->cells[slot]);
    if (has) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "this cell holds a tab, a line end or another control "
                       "character: take it out");
        wrong(r, slot);
    }
    return has;
}

static void
read_id(struct reading *r)
{
    const char *id = r->cells[KOR_SLOT_ID];
    if (is_missing(r, KOR_SLOT_ID)
        || strlen(id) >= sizeof r->out->row.person) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "the person's id must have 1 to %zu bytes",
                       sizeof r->out->row.person - 1);
        wrong(r, KOR_SLOT_ID);
    } else if (!has_control(r, KOR_SLOT_ID)) {
        memcpy(r->out->row.person, id, strlen(id) + 1);
    }
}

static void
read_date(struct reading *r)
{
    const struct kor_map *map = r->file->map;
    bool has_time = map->time[0] != '\0';
    size_t slot = has_time ? KOR_SLOT_TIME : KOR_SLOT_DATE;
    double time = NAN;
    bool is_read;
    if (has_time) {
        if (!read_number(r, slot, &time)) {
            return;
        }
        is_read = !isnan(time)
               && kor_map_date_at(map, time, &r->out->row.date);
    } else {
        is_read = kor_map_date(map, r->cells[slot], &r->out->row.date);
    }
    if (!is_read) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "'%s' is no date (or time) as the map says that they "
                       "are written: correct it, or the map",
                       r->cells[slot]);
        wrong(r, slot);
    } else if (r->out->row.date > r->file->today) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "'%s' lies in the future: a session can only be "
                       "recorded when it has been", r->cells[slot]);
        wrong(r, slot);
    }
}

static void
read_session(struct reading *r)
{
    double number;
    if (is_missing(r, KOR_SLOT_SESSION)
        || !read_number(r, KOR_SLOT_SESSION, &number)) {
        return;
    }
    if (!(number >= 1 && number <= 9999) || number != floor(number)) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "a session is a whole number from 1 to 9999, not '%s'",
                       r->cells[KOR_SLOT_SESSION]);
        wrong(r, KOR_SLOT_SESSION);
        return;
    }
    r->out->row.session = (int64_t)number;
}

/* A word that the map or kor explains, into 'to'; 'silent' is what a missing
 * cell means, which is not written. */
static void
read_word(struct reading *r, enum kor_slot slot, const char *ours,
          const char *silent, char *to, size_t size)
{
    if (!ours) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "'%s' is none of the words that the map explains: add "
                       "it to its section there, or correct it",
                       r->cells[slot]);
        wrong(r, slot);
    } else if (strcmp(ours, silent)) {
        snprintf(to, size, "%s", ours);
    }
}

static void
read_words(struct reading *r)
{
    const struct kor_map *map = r->file->map;
    struct kor_msg_import_row *row = &r->out->row;
    read_word(r, KOR_SLOT_STATUS,
              kor_map_status(map, r->cells[KOR_SLOT_STATUS]), "held",
              row->status, sizeof row->status);
    read_word(r, KOR_SLOT_ENDING,
              kor_map_ending(map, r->cells[KOR_SLOT_ENDING]), "open",
              row->ending, sizeof row->ending);
    read_word(r, KOR_SLOT_GENDER,
              kor_map_gender(map, r->cells[KOR_SLOT_GENDER]), "unknown",
              row->gender, sizeof row->gender);
}

static void
read_person(struct reading *r)
{
    struct kor_msg_import_row *row = &r->out->row;
    int32_t month;
    if (!is_missing(r, KOR_SLOT_BORN)) {
        if (!kor_month_parse(r->cells[KOR_SLOT_BORN], &month)) {
            (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                           "'%s' is no birth month: it is written 1984-05",
                           r->cells[KOR_SLOT_BORN]);
            wrong(r, KOR_SLOT_BORN);
        } else {
            snprintf(row->born, sizeof row->born, "%s",
                     r->cells[KOR_SLOT_BORN]);
        }
    }
    if (is_missing(r, KOR_SLOT_THERAPIST)) {
        return;
    }
    if (strlen(r->cells[KOR_SLOT_THERAPIST]) >= sizeof row->therapist) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "a therapist's name here has at most %zu bytes",
                       sizeof row->therapist - 1);
        wrong(r, KOR_SLOT_THERAPIST);
    } else if (!has_control(r, KOR_SLOT_THERAPIST)) {
        snprintf(row->therapist, sizeof row->therapist, "%s",
                 r->cells[KOR_SLOT_THERAPIST]);
    }
}

/* An answer that its scale takes; 'slot' is that of its total. */
static void
check_answer(struct reading *r, size_t scale, size_t slot,
             const struct kor_msg_answer *answer)
{
    const struct kor_instrument *instrument = &r->file->scales[scale];
    struct kor_instrument_result result;
    size_t item = 0;
    enum kor_code code
        = answer->n_values > 0
              ? kor_instrument_score(instrument, answer->values,
                                     answer->n_values, &result, &r->err)
              : kor_instrument_total(instrument, answer->total, &result,
                                     &r->err);
    if (code != KOR_OK) {
        (void)sscanf(r->err.field, "item %zu", &item);
        wrong(r, answer->n_values > 0 ? slot + (item ? item : 1) : slot);
    }
}

static void
read_scale(struct reading *r, size_t scale, size_t slot)
{
    const struct kor_map_scale *map = &r->file->map->scales[scale];
    struct kor_msg_answer *answer = &r->out->answers[r->out->row.n_answers];
    bool is_read = true;
    size_t n_given = 0;
    kor_message_init(&kor_message_answer, answer);
    snprintf(answer->scale, sizeof answer->scale, "%s", map->instrument);
    snprintf(answer->language, sizeof answer->language, "%s", map->language);
    kor_rater_format(&map->rater, answer->rater);
    is_read = !map->total[0] || read_number(r, slot, &answer->total);
    for (size_t i = 0; i < map->n_items; i++) {
        is_read &= read_number(r, slot + 1 + i, &answer->values[i]);
        n_given += !is_missing(r, slot + 1 + i);
    }
    answer->n_values = n_given > 0 ? map->n_items : 0;
    if (!is_read || (n_given == 0 && isnan(answer->total))) {
        return;
    }
    if (n_given > 0 && !isnan(answer->total)) {
        (void)kor_fail(&r->err, KOR_BAD_VALUE, NULL,
                       "%s has both a total and items in this row: leave one "
                       "of them empty", map->instrument);
        wrong(r, slot);
        return;
    }
    check_answer(r, scale, slot, answer);
    r->out->row.n_answers++;
}

bool
kor_import_read_row(const struct kor_import_file *file, long line,
                    const char *const cells[], enum kor_lang lang,
                    kor_problem_fn problem, void *to,
                    struct kor_import_row *out)
{
    struct reading r = {.file = file, .cells = cells, .out = out,
                        .line = line, .problem = problem, .to = to,
                        .is_right = true};
    size_t slot = KOR_SLOT_SCALES;
    kor_err_init(&r.err, lang);
    kor_message_init(&kor_message_import_row, &out->row);
    out->row.answers = out->answers;
    read_id(&r);
    read_date(&r);
    read_session(&r);
    read_words(&r);
    read_person(&r);
    snprintf(out->row.pathway, sizeof out->row.pathway, "%s",
             file->map->pathway);
    for (size_t i = 0; i < file->map->n_scales; i++) {
        read_scale(&r, i, slot);
        slot += 1 + file->map->scales[i].n_items;
    }
    return r.is_right;
}
