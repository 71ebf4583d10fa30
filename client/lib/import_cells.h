/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_IMPORT_CELLS_H
#define CLIENT_LIB_IMPORT_CELLS_H 1

#include "lib/import_file.h"

/* The cells of one row of an import as values. */

/* The columns of a map, in one order for all: those of the session, then for
 * each scale its total and its items. */
enum kor_slot {
    KOR_SLOT_ID,
    KOR_SLOT_DATE,
    KOR_SLOT_TIME,
    KOR_SLOT_SESSION,
    KOR_SLOT_STATUS,
    KOR_SLOT_ENDING,
    KOR_SLOT_BORN,
    KOR_SLOT_GENDER,
    KOR_SLOT_THERAPIST,
    KOR_SLOT_SCALES, /* The first of the scales. */
    KOR_MAX_SLOTS = KOR_SLOT_SCALES + KOR_MAP_MAX_SCALES * (KOR_MAX_ITEMS + 1)
};

/* How many slots 'map' has, and the name of the column of one ("": none). */
size_t kor_slot_count(const struct kor_map *map);
const char *kor_slot_column(const struct kor_map *map, size_t slot);

/* Reads the cells (by slot) of the row in 'line' into '*out' and checks them
 * all.  What is wrong goes to 'problem' with the name of its column; returns
 * whether nothing was. */
typedef void (*kor_problem_fn)(void *to, long line, const char *column,
                               const struct kor_err *err);
bool kor_import_read_row(const struct kor_import_file *file, long line,
                         const char *const cells[], enum kor_lang lang,
                         kor_problem_fn problem, void *to,
                         struct kor_import_row *out);

#endif /* client/lib/import_cells.h */
