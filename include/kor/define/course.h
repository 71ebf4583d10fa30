/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_COURSE_H
#define KOR_DEFINE_COURSE_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/instrument.h"
#include "kor/define/who.h"
#include "kor/stat/course.h"
#include "kor/stat/flags.h"
#include "kor/stat/growth.h"

/* Course record: an expected course with its birth certificate, as it is
 * stored and shown.
 *
 * The certificate says how, from whom and when the course was made, so that
 * nobody is held against a course that was not made for people like them:
 * ask kor_course_refuses() before kor_judge().  Whether enough people stand
 * behind it for a band is 'min_people' against 'course.n_people'.
 *
 * Encoded and parsed again a record is the same, bit for bit. */

#define KOR_COURSE_MAX_SIZE (60 * 1024) /* Bytes of JSON. */
#define KOR_COURSE_MAX_TERMS 4
#define KOR_COURSE_MAX_ID 9000000000000000

/* What the time of a course counts. */
enum kor_course_unit {
    KOR_COURSE_SESSIONS, /* Session number, the start score's is 1. */
    KOR_COURSE_WEEKS     /* Weeks since the start score. */
};

/* A course from elsewhere that helped out (kor/stat/reference.h). */
struct kor_course_reference {
    int64_t id;        /* In the clinic that fitted; 0: none. */
    uint32_t weight;   /* Episodes that it counted as, in 'course.n_people'
                          with the own ones. */
    bool lends_range;  /* The calibration is that of the reference. */
    uint32_t n_people; /* Behind it. */
    char source[128];  /* Whose. */
};

/* Whether the rules that say early "less change than expected" were counted. */
enum kor_course_flags_state {
    KOR_FLAGS_UNKNOWN, /* A course of an earlier release. */
    KOR_FLAGS_COUNTED,
    KOR_FLAGS_NO_RELIABLE_CHANGE, /* The scale has none. */
    KOR_FLAGS_TOO_FEW             /* People who ended either way. */
};

/* How good these rules were on people whom the course did not know; only
 * 'state' is set unless it is KOR_FLAGS_COUNTED. */
struct kor_course_flags {
    enum kor_course_flags_state state;
    uint32_t n_halves; /* Random partings that the figures are means of. */
    uint64_t seed;     /* Of the first. */
    double rc_points;  /* Reliable change that was looked for. */
    struct kor_flags table;
    bool has_favoured;
    enum kor_flag_rule favoured; /* By the table. */
};

struct kor_course_record {
    struct kor_course course; /* Has passed kor_course_check(); its rule is
                                 the favoured one of 'flags'. */

    /* Whom and what it is for. */
    char instrument[KOR_INSTRUMENT_KEY_SIZE];
    char version[KOR_INSTRUMENT_VERSION_SIZE];
    enum kor_role rater;            /* Never KOR_ROLE_ANY. */
    char pathway[KOR_PATHWAY_SIZE]; /* "": any. */
    int age_from, age_to;           /* Years, both included; KOR_NO_AGE (both)
                                     * if ages were not known. */

    /* How it was made. */
    enum kor_growth_method method;
    enum kor_growth_status status; /* Converged or boundary. */
    enum kor_course_unit unit;
    size_t n_terms;   /* 2 (1, g) or 4 (1, g, start, start x g). */
    double se[KOR_COURSE_MAX_TERMS]; /* Of b0 to b3; unused ones 0. */
    double loglik;    /* Restricted if the method is REML. */
    uint32_t min_people; /* Episodes that a band needs behind it: 50. */

    /* Where it comes from. */
    int64_t fitted_at_ms;       /* Instant, in whole seconds. */
    int32_t data_from, data_to; /* Dates of the first and last score. */
    char population[256];       /* In words, one line. */
    char source[128];           /* "own closed episodes", or whose. */
    struct kor_course_reference reference;
    struct kor_course_flags flags;
};

/* What 'source' says of a course that was fitted in the same clinic (a key for
 * kor_text()). */
#define KOR_COURSE_OWN_SOURCE KOR_N_("own closed episodes")

/* How many own people are behind the course, without the reference. */
size_t kor_course_own_people(const struct kor_course_record *record);

/* Adds 'record' to 'out' as a JSON object. */
void kor_course_encode(const struct kor_course_record *record,
                       struct kor_buf *out);

/* Reads what kor_course_encode() wrote and checks it whole.  Returns
 * KOR_TOO_LARGE or KOR_BAD_VALUE, as kor_instrument_parse() does. */
KOR_NODISCARD enum kor_code kor_course_parse(const char *text, size_t size,
                                             struct kor_course_record *record,
                                             struct kor_err *err);

/* The same for a model by itself, without certificate: what 'kor stat' saves
 * and reads.  Only 'course', the members on how it was made and 'min_people'
 * are written; the others are empty in what is read. */
void kor_course_encode_model(const struct kor_course_record *record,
                             struct kor_buf *out);
KOR_NODISCARD enum kor_code
kor_course_parse_model(const char *text, size_t size,
                       struct kor_course_record *record, struct kor_err *err);

/* Why a course does not speak of somebody. */
enum kor_course_refusal {
    KOR_COURSE_SPEAKS,
    KOR_COURSE_OTHER_INSTRUMENT,
    KOR_COURSE_OTHER_VERSION,
    KOR_COURSE_OTHER_RATER,
    KOR_COURSE_OTHER_PATHWAY,
    KOR_COURSE_AGE_UNKNOWN,
    KOR_COURSE_OTHER_AGE
};

/* Whether 'record' refuses the scores that 'rater' gave on 'instrument' in
 * 'version', for a client of 'age_years' (KOR_NO_AGE: not known) in an
 * episode with 'pathway' (may be ""), and the first reason in the order
 * above. */
enum kor_course_refusal
kor_course_refuses(const struct kor_course_record *record,
                   const char *instrument, const char *version,
                   enum kor_role rater, int age_years, const char *pathway);

/* The reason as a sentence in English (a key for kor_text()). */
const char *kor_course_refusal_text(enum kor_course_refusal refusal);

#endif /* kor/define/course.h */
