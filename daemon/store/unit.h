/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_UNIT_H
#define STORE_UNIT_H 1

/* Units of the clinic, a tree: the path of a unit names all above it, from the
 * top, "/clinic/north/".  "/" stands for the whole clinic. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

enum { KOR_UNIT_PATH_SIZE = 160 };

struct kor_unit {
    int64_t id;
    char name[33];                 /* Handle, unique in the clinic. */
    char path[KOR_UNIT_PATH_SIZE];
};

/* Whether the unit with that path is the other, or one above it. */
bool kor_unit_contains(const char *path, const char *other);

/* Adds a unit right under the path 'parent' ("/" for the top), and sets its id
 * and path.  KOR_DUPLICATE if the name is taken, KOR_TOO_LARGE if the path
 * would be too long. */
KOR_NODISCARD enum kor_code kor_store_unit_add(struct kor_store *store,
                                               struct kor_unit *unit,
                                               const char *parent,
                                               int64_t at_ms,
                                               struct kor_err *err);

/* Finds the unit unit->name.  KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code kor_store_unit_find(struct kor_store *store,
                                                struct kor_unit *unit,
                                                struct kor_err *err);

/* Calls 'each' for every unit, each after those above it. */
typedef void (*kor_unit_fn)(void *to, const struct kor_unit *unit);
KOR_NODISCARD enum kor_code kor_store_units(struct kor_store *store,
                                            kor_unit_fn each, void *to,
                                            struct kor_err *err);

#endif /* store/unit.h */
