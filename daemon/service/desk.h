/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_DESK_H
#define SERVICE_DESK_H 1

/* Desk: what one thread needs to serve requests - a connection to the store,
 * and the definitions of scales and courses as it last read them.
 *
 * One desk a thread.  What it hands out is borrowed until the next
 * kor_desk_refresh(). */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/course.h"
#include "kor/define/instrument.h"
#include "kor/define/form.h"
#include "kor/define/pathway.h"
#include "service/clinic.h"
#include "service/closed.h"
#include "store/definition.h"
#include "store/store.h"

/* A scale of the catalogue. */
struct kor_scale {
    int64_t id;
    bool is_newest; /* Known to be the newest version of its key. */
    struct kor_instrument def;
};

/* A course that is in use. */
struct kor_desk_course {
    int64_t id;
    struct kor_course_record record;
    bool has_people;
    struct kor_closed people; /* Those to find alike ones among, once they were
                                 asked for. */
};

/* A pathway that an episode goes by. */
struct kor_desk_pathway {
    int64_t id;
    struct kor_pathway def;
};

/* A form that sheets are filled in on. */
struct kor_desk_form {
    int64_t id;
    struct kor_form def;
};

struct kor_desk {
    const struct kor_clinic *clinic;
    struct kor_store *store; /* Owned. */
    struct kor_scale **scales;
    size_t n_scales;
    struct kor_desk_pathway **pathways;
    size_t n_pathways;
    struct kor_desk_form **forms;
    size_t n_forms;
    struct kor_desk_course **courses; /* Those in use, of all scales. */
    size_t n_courses;
    char (*course_scales)[33]; /* Scales whose courses are loaded. */
    size_t n_course_scales;
    struct kor_definition_stamp stamp;
};

/* Sets up '*desk' on 'store', which it takes over, also on failure. */
KOR_NODISCARD enum kor_code kor_desk_open(struct kor_desk *desk,
                                          const struct kor_clinic *clinic,
                                          struct kor_store *store,
                                          struct kor_err *err);

/* Frees what the desk holds; accepts one of zeros. */
void kor_desk_close(struct kor_desk *desk);

/* Forgets definitions that have changed since they were read. */
KOR_NODISCARD enum kor_code kor_desk_refresh(struct kor_desk *desk,
                                             struct kor_err *err);

/* The newest version of the scale 'key', or the scale with that id.  Returns
 * KOR_NOT_FOUND, field "scale", if there is none. */
KOR_NODISCARD enum kor_code kor_desk_scale(struct kor_desk *desk,
                                           const char *key,
                                           const struct kor_scale **scale,
                                           struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_desk_scale_by_id(struct kor_desk *desk, int64_t id,
                     const struct kor_scale **scale, struct kor_err *err);

/* The pathway with that id, or the newest version of 'key'.  Returns
 * KOR_NOT_FOUND, field "pathway", if there is none. */
KOR_NODISCARD enum kor_code
kor_desk_pathway_by_id(struct kor_desk *desk, int64_t id,
                       const struct kor_desk_pathway **pathway,
                       struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_desk_pathway(struct kor_desk *desk, const char *key,
                 const struct kor_desk_pathway **pathway,
                 struct kor_err *err);

/* The form with that id, or 'key' in 'version' ("": the newest).  Returns
 * KOR_NOT_FOUND, field "form", if there is none. */
KOR_NODISCARD enum kor_code
kor_desk_form_by_id(struct kor_desk *desk, int64_t id,
                    const struct kor_desk_form **form, struct kor_err *err);
KOR_NODISCARD enum kor_code kor_desk_form(struct kor_desk *desk,
                                          const char *key,
                                          const char *version,
                                          const struct kor_desk_form **form,
                                          struct kor_err *err);

/* Whom a course is looked for. */
struct kor_course_wish {
    const struct kor_scale *scale;
    enum kor_role rater;
    int age_years; /* Or KOR_NO_AGE. */
    const char *pathway;
};

/* The course in use that speaks of such a person, one of the pathway before
 * one of all, or null; '*refusal' then says why the last one looked at does
 * not. */
KOR_NODISCARD enum kor_code
kor_desk_course(struct kor_desk *desk, const struct kor_course_wish *wish,
                const struct kor_desk_course **course,
                enum kor_course_refusal *refusal, struct kor_err *err);

enum { KOR_DESK_PEOPLE = 2000 };

/* The latest KOR_DESK_PEOPLE closed episodes of the course's scale, rater and
 * pathway, as they were when the course was fitted: read once, and kept with
 * the course.  The first rater of the role answered. */
KOR_NODISCARD enum kor_code
kor_desk_people(struct kor_desk *desk, const struct kor_desk_course *course,
                const struct kor_closed **people, struct kor_err *err);

/* Today's date in the clinic's zone. */
int32_t kor_desk_today(const struct kor_desk *desk);

#endif /* service/desk.h */
