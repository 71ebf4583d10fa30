/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_PATHWAY_H
#define KOR_DEFINE_PATHWAY_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/instrument.h"
#include "kor/define/rater.h"
#include "kor/define/words.h"

/* Pathway: what an episode is supposed to be, as data.
 *
 * A definition is a JSON text; docs/pathways.md has every field with its
 * bounds and a whole example.  kor_pathway_parse() reads one and checks it
 * whole: what it accepts contradicts itself nowhere.  Whether the scales and
 * sheets that it names exist is for whoever has the catalogue to ask
 * (kor_rule.at says where each is named).
 *
 * What is expected is a list of rules: a contact, a scale or a sheet, and
 * when.  What follows from them for one episode is worked out elsewhere.
 *
 * All texts are borrowed from the definition: they end with
 * kor_pathway_done().  A parsed pathway never changes, so any number of
 * threads may read one. */

#define KOR_PATHWAY_MAX_SIZE (256 * 1024) /* Bytes of JSON. */
#define KOR_MAX_PHASES 32
#define KOR_MAX_MODULES 64
#define KOR_MAX_RULES 128 /* Contacts, scales and sheets together. */
#define KOR_MAX_ENDINGS 32
#define KOR_PATHWAY_KEY_SIZE 33     /* With terminator; so for all keys. */
#define KOR_PATHWAY_VERSION_SIZE 16 /* With terminator. */
#define KOR_NO_LIMIT (-1)

/* A stretch of time: some days, weeks or months. */
enum kor_unit_of_time {
    KOR_DAYS,
    KOR_WEEKS,
    KOR_MONTHS
};

struct kor_interval {
    int n; /* 1 or more; 0: none given. */
    enum kor_unit_of_time unit;
};

/* The date 'times' spans after 'date'.  A month that is too short ends the
 * span on its last day: one month after 31 January is 28 February, and two
 * months are 31 March. */
int32_t kor_interval_after(int32_t date, const struct kor_interval *span,
                           int times);

/* A stretch of the pathway.  It ends with the sessions or after the time that
 * are given, whichever comes first, or when somebody says so. */
struct kor_phase {
    char key[KOR_PATHWAY_KEY_SIZE];
    struct kor_words names;
    int sessions;         /* KOR_NO_LIMIT: not by sessions. */
    struct kor_interval time; /* n is 0: not by time. */
    int next;             /* Phase that follows; KOR_NO_LIMIT: none. */
};

/* A part of the work, such as a chapter or a theme. */
struct kor_module {
    char key[KOR_PATHWAY_KEY_SIZE];
    struct kor_words names;
};

enum kor_rule_kind {
    KOR_RULE_CONTACT,
    KOR_RULE_SCALE,
    KOR_RULE_SHEET
};

enum kor_when {
    KOR_WHEN_INTAKE,        /* Once, by the first session. */
    KOR_WHEN_SESSION_START, /* In each session, at its start ... */
    KOR_WHEN_SESSION_END,   /* ... or at its end. */
    KOR_WHEN_LOG_IN,        /* Whenever the client logs in. */
    KOR_WHEN_EVERY,         /* Once in each span, from the first day on; a
                             * contact: so long after the last one. */
    KOR_WHEN_END,           /* Once, when the episode ends. */
    KOR_WHEN_FOLLOW_UP      /* Once, so long after the end. */
};

/* What is expected, and when. */
struct kor_rule {
    enum kor_rule_kind kind;
    size_t at;            /* Its place in the list of its kind in the file. */
    char key[KOR_PATHWAY_KEY_SIZE]; /* Of the scale, sheet or contact. */
    struct kor_words names; /* Of a contact; else empty. */
    enum kor_when when;
    struct kor_interval span; /* For EVERY and FOLLOW_UP; else n is 0. */
    int grace_days;       /* Due for so long, then overdue or missed. */
    struct kor_rater rater; /* Of a scale. */
    uint32_t phases;      /* Bits of the phases it holds in. */
};

/* How an episode may end. */
struct kor_ending_reason {
    char key[KOR_PATHWAY_KEY_SIZE];
    struct kor_words names;
    bool is_planned;
};

struct kor_pathway {
    char key[KOR_PATHWAY_KEY_SIZE];
    char version[KOR_PATHWAY_VERSION_SIZE];
    struct kor_words names; /* English always given. */
    const char *note;       /* May be null. */
    char lead[KOR_INSTRUMENT_KEY_SIZE]; /* Lead scale; "": none. */

    struct kor_phase phases[KOR_MAX_PHASES]; /* The first is the beginning. */
    size_t n_phases;                         /* 1 or more. */
    struct kor_module modules[KOR_MAX_MODULES];
    size_t n_modules;
    struct kor_rule rules[KOR_MAX_RULES];
    size_t n_rules;

    int planned_sessions;         /* KOR_NO_LIMIT: not by sessions. */
    struct kor_interval planned_time; /* n is 0: not by time. */

    unsigned asks;        /* Findings that ask for an answer. */
    int stalled_sessions; /* Limits of "no reliable change yet". */
    int stalled_days;

    struct kor_ending_reason endings[KOR_MAX_ENDINGS];
    size_t n_endings;

    void *owned; /* What the texts lie in. */
};

/* Reads the 'size' bytes of JSON at 'text' into '*pathway', all of it or
 * nothing.  Returns KOR_TOO_LARGE past KOR_PATHWAY_MAX_SIZE, KOR_BAD_VALUE
 * for text that is no JSON or a definition that is not right; the field of
 * the error is the path in the file ("scales[1].when", arrays counted from
 * 0), the sentence gives the limits and the mend. */
KOR_NODISCARD enum kor_code kor_pathway_parse(const char *text, size_t size,
                                              struct kor_pathway *pathway,
                                              struct kor_err *err);

/* Frees what 'pathway' holds, not the struct itself.  Null is accepted, and
 * so is a struct of zeros. */
void kor_pathway_done(struct kor_pathway *pathway);

/* The word in a definition and on the wire: "contact", "scale" or "sheet". */
const char *kor_rule_kind_name(enum kor_rule_kind kind);

/* The same: "intake", "session-start", "session-end", "log-in", "every",
 * "end" or "follow-up". */
const char *kor_when_name(enum kor_when when);

/* The kind that 'name' stands for; false, and '*kind' as it was, if it is
 * none. */
bool kor_rule_kind_from(const char *name, enum kor_rule_kind *kind);

/* The same for an occasion. */
bool kor_when_from(const char *name, enum kor_when *when);

/* The place in the file where the rule names its scale, sheet or contact
 * ("scales[1].scale"); returns 'path'. */
#define KOR_RULE_PATH_SIZE 32
char *kor_rule_path(const struct kor_rule *rule,
                    char path[KOR_RULE_PATH_SIZE]);

/* The phase called 'key', or null. */
const struct kor_phase *kor_pathway_phase(const struct kor_pathway *pathway,
                                          const char *key);

/* The module called 'key', or null. */
const struct kor_module *kor_pathway_module(const struct kor_pathway *pathway,
                                            const char *key);

/* The way to end called 'key', or null. */
const struct kor_ending_reason *
kor_pathway_ending(const struct kor_pathway *pathway, const char *key);

#endif /* kor/define/pathway.h */
