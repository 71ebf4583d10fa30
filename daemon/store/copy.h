/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_COPY_H
#define STORE_COPY_H 1

/* A copy of the whole store, and what tells one copy from another. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

#define KOR_MAX_TABLES 64
#define KOR_TABLE_NAME_SIZE 48

/* How many rows each table has, in the order of their names. */
struct kor_table_counts {
    struct {
        char name[KOR_TABLE_NAME_SIZE];
        int64_t n_rows;
    } tables[KOR_MAX_TABLES];
    int n;
};

/* Writes what 'store', a reader, sees at this moment as a database of its own
 * to 'path', which is empty or not there.  The copy has no free pages, so
 * nothing of what was ever deleted is in it; it is in one file, and not
 * synced.  Writers are not held up meanwhile, but their log is not folded in.
 *
 * 'is_stopped' is asked now and then: if it says true, the call ends with
 * KOR_NOT_STORED.  What is at 'path' after any failure is to be removed. */
KOR_NODISCARD enum kor_code kor_store_copy(struct kor_store *store,
                                           const char *path,
                                           bool (*is_stopped)(void),
                                           struct kor_err *err);

/* The number of the schema of 'store'.  Returns KOR_CONFLICT if the file is
 * none of kor or of a newer one. */
KOR_NODISCARD enum kor_code kor_store_schema(struct kor_store *store,
                                             int *schema,
                                             struct kor_err *err);

/* Counts the rows of all tables.  Returns KOR_CORRUPT if there are more
 * tables, or longer names, than any kor ever made. */
KOR_NODISCARD enum kor_code kor_store_count(struct kor_store *store,
                                            struct kor_table_counts *counts,
                                            struct kor_err *err);

/* The place of the table 'name' in 'counts'; -1 if there is none. */
int kor_table_find(const struct kor_table_counts *counts, const char *name);

#endif /* store/copy.h */
