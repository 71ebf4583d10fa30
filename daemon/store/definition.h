/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_DEFINITION_H
#define STORE_DEFINITION_H 1

/* Definitions as they are kept: scales, pathways, forms and
 * expected courses, JSON
 * texts that never change once they are stored. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

struct kor_store;

/* What has definitions under a key, with versions. */
enum kor_definition {
    KOR_DEFINITION_SCALE,
    KOR_DEFINITION_PATHWAY,
    KOR_DEFINITION_FORM,
    KOR_N_DEFINITIONS /* Not one: how many there are. */
};

/* Adds a definition and sets its id.  KOR_DUPLICATE if that key and version
 * are there. */
KOR_NODISCARD enum kor_code
kor_store_definition_add(struct kor_store *store, enum kor_definition kind,
                         const char *key, const char *version,
                         const char *definition, int64_t at_ms, int64_t *id,
                         struct kor_err *err);

/* Finds a definition by key and version ("": the newest) and adds it to
 * 'definition'; KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code
kor_store_definition_find(struct kor_store *store, enum kor_definition kind,
                          const char *key, const char *version, int64_t *id,
                          struct kor_buf *definition, struct kor_err *err);

/* The same by id. */
KOR_NODISCARD enum kor_code
kor_store_definition_load(struct kor_store *store, enum kor_definition kind,
                          int64_t id, struct kor_buf *definition,
                          struct kor_err *err);

/* Stores in 'ids' the newest version of each, by key, at most 'n_max' of
 * them. */
KOR_NODISCARD enum kor_code
kor_store_definitions(struct kor_store *store, enum kor_definition kind,
                      size_t n_max, int64_t ids[], size_t *n,
                      struct kor_err *err);

/* A stored course. */
struct kor_stored_course {
    int64_t id;
    bool is_in_use;
    const char *certificate; /* JSON; lives for the call. */
};

/* Adds a course and sets its id. */
KOR_NODISCARD enum kor_code
kor_store_course_add(struct kor_store *store, const char *scale,
                     const char *certificate, int64_t at_ms, int64_t *id,
                     struct kor_err *err);

/* Switches a course on or off. */
KOR_NODISCARD enum kor_code kor_store_course_use(struct kor_store *store,
                                                 int64_t id, bool is_in_use,
                                                 struct kor_err *err);

/* Call 'each' for the course 'id'; for those of 'scale' that are in use; for
 * all, the newest first (at most 1,000). */
typedef enum kor_code (*kor_course_fn)(void *to,
                                       const struct kor_stored_course *course,
                                       struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_course_load(struct kor_store *store, int64_t id, kor_course_fn each,
                      void *to, struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_courses_in_use(struct kor_store *store, const char *scale,
                         kor_course_fn each, void *to, struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_courses(struct kor_store *store,
                                              kor_course_fn each, void *to,
                                              struct kor_err *err);

/* Numbers that differ after a scale, pathway or form was added or the set of
 * courses in use has changed. */
struct kor_definition_stamp {
    int64_t instruments, pathways, forms, courses;
};
KOR_NODISCARD enum kor_code
kor_store_stamp(struct kor_store *store, struct kor_definition_stamp *stamp,
                struct kor_err *err);

#endif /* store/definition.h */
