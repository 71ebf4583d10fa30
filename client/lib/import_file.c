/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CSV file of scores: see client/lib/import_file.h.  The cells that the map
 * names are kept as text and read a second time when they are sent: that
 * takes less room than the rows of messages would. */

#include "lib/import_file.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "lib/import_cells.h"

#define NO_COLUMN SIZE_MAX

/* A file being loaded. */
struct loading {
    struct kor_import_file *file;
    enum kor_lang lang;
    crypto_generichash_state hash;
};

/* Keeps the problems of the lowest lines. */
static void
add_problem(void *to, long line, const char *column,
            const struct kor_err *err)
{
    struct kor_import_file *file = to;
    size_t at = file->n_problems < KOR_IMPORT_MAX_PROBLEMS
                    ? file->n_problems
                    : KOR_IMPORT_MAX_PROBLEMS;
    file->n_problems++;
    while (at > 0 && file->problems[at - 1].line > line) {
        if (at < KOR_IMPORT_MAX_PROBLEMS) {
            file->problems[at] = file->problems[at - 1];
        }
        at--;
    }
    if (at < KOR_IMPORT_MAX_PROBLEMS) {
        struct kor_import_problem *problem = &file->problems[at];
        problem->line = line;
        kor_utf8_copy(problem->column, sizeof problem->column, column);
        kor_utf8_copy(problem->text, sizeof problem->text, err->text);
    }
}

static enum kor_code
check_scales(const struct kor_import_file *file, struct kor_err *err)
{
    for (size_t i = 0; i < file->map->n_scales; i++) {
        const struct kor_map_scale *scale = &file->map->scales[i];
        const struct kor_instrument *instrument = &file->scales[i];
        if (scale->n_items > 0 && scale->n_items != instrument->n_items) {
            return kor_fail(err, KOR_BAD_VALUE, scale->instrument,
                            "the map names %zu items of %s, which has %zu: "
                            "name all of them in their order",
                            scale->n_items, scale->instrument,
                            instrument->n_items);
        }
    }
    return KOR_OK;
}

static enum kor_code
on_header(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct loading *loading = user;
    struct kor_import_file *file = loading->file;
    size_t n = kor_slot_count(file->map);
    file->columns = kor_alloc_array(n, sizeof *file->columns);
    for (size_t i = 0; i < n; i++) {
        const char *name = kor_slot_column(file->map, i);
        file->columns[i] = *name ? kor_csv_column(row, name) : NO_COLUMN;
        if (file->columns[i] == row->n) {
            return kor_fail(err, KOR_BAD_VALUE, name,
                            "line %ld: the file has no column '%s', which "
                            "the map names; its first columns are '%s' and "
                            "'%s'", row->line, name, row->cells[0],
                            row->n > 1 ? row->cells[1] : "");
        }
    }
    return KOR_OK;
}

static uint8_t
ending_of(const char *ending)
{
    return !strcmp(ending, "planned") ? 1 : !strcmp(ending, "unplanned") ? 2
                                                                         : 0;
}

/* Which scales of the map are answered: the answers are in its order. */
static uint8_t
scales_of(const struct kor_map *map, const struct kor_import_row *read)
{
    uint8_t bits = 0;
    char rater[KOR_RATER_SIZE];
    for (size_t i = 0, k = 0; i < map->n_scales && k < read->row.n_answers;
         i++) {
        kor_rater_format(&map->scales[i].rater, rater);
        if (!strcmp(map->scales[i].instrument, read->answers[k].scale)
            && !strcmp(rater, read->answers[k].rater)) {
            bits = (uint8_t)(bits | 1u << i);
            k++;
        }
    }
    return bits;
}

static void
keep_row(struct kor_import_file *file, const struct kor_import_row *read,
         long line, const char *const cells[])
{
    if (file->n_rows == file->n_places) {
        file->n_places = file->n_places ? file->n_places * 2 : 1024;
        file->places = kor_realloc_array(file->places, file->n_places,
                                         sizeof *file->places);
    }
    file->places[file->n_rows++] = (struct kor_import_place){
        .person = kor_people_find(&file->people, read->row.person),
        .date = read->row.date,
        .session = read->row.session > 0 ? (int32_t)read->row.session : 0,
        .line = (uint32_t)line,
        .at = file->text.size,
        .scales = scales_of(file->map, read),
        .ending = ending_of(read->row.ending)};
    file->n_answers += read->row.n_answers;
    for (size_t i = 0; i < kor_slot_count(file->map); i++) {
        kor_buf_add(&file->text, cells[i], strlen(cells[i]) + 1);
    }
}

static enum kor_code
on_row(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct loading *loading = user;
    struct kor_import_file *file = loading->file;
    const char *cells[KOR_MAX_SLOTS];
    struct kor_import_row read;
    (void)err;
    for (size_t i = 0; i < kor_slot_count(file->map); i++) {
        cells[i] = file->columns[i] == NO_COLUMN
                       ? ""
                       : row->cells[file->columns[i]];
    }
    if (kor_import_read_row(file, row->line, cells, loading->lang,
                            add_problem, file, &read)) {
        keep_row(file, &read, row->line, cells);
    }
    return KOR_OK;
}

static void
on_bytes(void *user, const void *bytes, size_t size)
{
    struct loading *loading = user;
    crypto_generichash_update(&loading->hash, bytes, size);
}

/* By person, date and line: lines differ, so that qsort() is stable. */
static int
compare(const void *a, const void *b)
{
    const struct kor_import_place *x = a, *y = b;
    if (x->person != y->person) {
        return x->person < y->person ? -1 : 1;
    }
    if (x->date != y->date) {
        return x->date < y->date ? -1 : 1;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Holds a row against the one before it of the same person; 'scales' are
 * those answered so far in the session that it may go on. */
static void
check_pair(struct loading *loading, const struct kor_import_place *last,
           const struct kor_import_place *here, uint8_t *scales)
{
    struct kor_err err;
    bool is_numbered = last->session && here->session;
    bool is_same = is_numbered ? last->session == here->session
                               : last->date == here->date;
    kor_err_init(&err, loading->lang);
    if (is_numbered && here->session < last->session) {
        (void)kor_fail(&err, KOR_BAD_VALUE, NULL,
                       "session %d lies after session %d of line %u: number "
                       "the sessions in the order of their dates",
                       (int)here->session, (int)last->session, last->line);
    } else if (is_numbered && is_same && here->date != last->date) {
        (void)kor_fail(&err, KOR_BAD_VALUE, NULL,
                       "session %d has another date in line %u: a session "
                       "has one date", (int)here->session, last->line);
    } else if (is_same && here->scales & *scales) {
        (void)kor_fail(&err, KOR_DUPLICATE, NULL,
                       "the same scale is answered for the same session of "
                       "this person before, up to line %u: keep one",
                       last->line);
    }
    if (err.code != KOR_OK) {
        add_problem(loading->file, (long)here->line, "", &err);
    }
    *scales = is_same ? (uint8_t)(*scales | here->scales) : here->scales;
    loading->file->n_sessions += !is_same;
}

/* The ending of a person is said once, or with the same word. */
static void
check_ending(struct loading *loading, const struct kor_import_place *here,
             uint8_t *ending)
{
    struct kor_err err;
    if (here->ending && *ending && here->ending != *ending) {
        kor_err_init(&err, loading->lang);
        (void)kor_fail(&err, KOR_CONFLICT, NULL,
                       "this person has another ending in an earlier line: "
                       "an episode ends once");
        add_problem(loading->file, (long)here->line,
                    loading->file->map->ending, &err);
    }
    *ending = here->ending ? here->ending : *ending;
}

static void
check_order(struct loading *loading)
{
    struct kor_import_file *file = loading->file;
    uint8_t scales = 0, ending = 0;
    for (size_t i = 0; i < file->n_rows; i++) {
        const struct kor_import_place *here = &file->places[i];
        if (i == 0 || here[-1].person != here->person) {
            scales = here->scales;
            ending = 0;
            file->n_sessions++;
        } else {
            check_pair(loading, here - 1, here, &scales);
        }
        check_ending(loading, here, &ending);
    }
}

enum kor_code
kor_import_load(struct kor_import_file *file, const char *path,
                const struct kor_buf *map_text, struct kor_err *err)
{
    struct loading loading = {.file = file, .lang = err ? err->lang : KOR_EN};
    const struct kor_csv_reader reader = {.on_header = on_header,
                                          .on_row = on_row,
                                          .on_bytes = on_bytes,
                                          .user = &loading};
    unsigned char hash[32];
    crypto_generichash_init(&loading.hash, NULL, 0, sizeof hash);
    enum kor_code code = check_scales(file, err);
    if (code == KOR_OK) {
        code = kor_csv_read(path, file->map->delimiter, KOR_IMPORT_MAX_SIZE,
                            &reader, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    on_bytes(&loading, kor_buf_text(map_text), map_text->size);
    crypto_generichash_final(&loading.hash, hash, sizeof hash);
    sodium_bin2hex(file->hash, sizeof file->hash, hash, sizeof hash);
    if (file->n_rows > 0) {
        qsort(file->places, file->n_rows, sizeof *file->places, compare);
    }
    check_order(&loading);
    return KOR_OK;
}

static void
no_problem(void *to, long line, const char *column, const struct kor_err *err)
{
    (void)to;
    (void)line;
    (void)column;
    (void)err;
}

/* The ending of the person whose last row is 'i'. */
static uint8_t
ending_at(const struct kor_import_file *file, size_t i)
{
    const struct kor_import_place *place = &file->places[i];
    while (!place->ending && place > file->places
           && place[-1].person == place->person) {
        place--;
    }
    return place->ending;
}

void
kor_import_row(const struct kor_import_file *file, size_t i,
               struct kor_import_row *out)
{
    static const char *const endings[] = {"", "planned", "unplanned"};
    const struct kor_import_place *place = &file->places[i];
    const char *cells[KOR_MAX_SLOTS];
    const char *cell = file->text.text + place->at;
    for (size_t k = 0; k < kor_slot_count(file->map); k++) {
        cells[k] = cell;
        cell += strlen(cell) + 1;
    }
    (void)kor_import_read_row(file, (long)place->line, cells, KOR_EN,
                              no_problem, NULL, out);
    bool is_last = i + 1 == file->n_rows
                || file->places[i + 1].person != place->person;
    memset(out->row.ending, 0, sizeof out->row.ending);
    if (is_last) {
        const char *ending = endings[ending_at(file, i)];
        memcpy(out->row.ending, ending, strlen(ending) + 1);
    }
}

/* A row takes some 400 bytes without its scales, a scale some 200, an item
 * some 20; a request may have 512 KiB. */
size_t
kor_import_batch(const struct kor_import_file *file)
{
    size_t size = 400;
    for (size_t i = 0; i < file->map->n_scales; i++) {
        size += 200 + 20 * file->map->scales[i].n_items;
    }
    size_t n = (size_t)400 * 1024 / size;
    return n < 200 ? n : 200;
}

void
kor_import_done(struct kor_import_file *file)
{
    kor_people_done(&file->people);
    kor_buf_done(&file->text);
    free(file->places);
    free(file->columns);
    file->places = NULL;
    file->columns = NULL;
}
