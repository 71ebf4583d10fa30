/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_INSTRUMENT_H
#define KOR_DEFINE_INSTRUMENT_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/who.h"
#include "kor/define/words.h"
#include "kor/stat/measure.h"
#include "kor/stat/score.h"

/* Instrument: a scale, as data.
 *
 * A definition is a JSON text; docs/instruments.md has every field with its
 * bounds and a whole example.  kor_instrument_parse() reads one and checks it
 * whole: what it accepts contradicts itself nowhere, so that the functions
 * below need no further care.
 *
 *   - kor_instrument_parse() once, kor_instrument_done() at the end.
 *   - kor_instrument_score() for a form with its items, or
 *     kor_instrument_total() where only the total is known.
 *   - kor_instrument_measure() for the lines that hold for one person.
 *
 * Restricted scales are shells: structure and numbers without wording.  Every
 * number keeps where it comes from; a number that was written down from
 * memory and not yet looked up is 'is_recalled', and whoever shows the number
 * shows that too.  A limit that is only a working limit and no norm is
 * 'is_provisional', and whoever shows it says so.
 *
 * All texts are borrowed from the definition: they end with
 * kor_instrument_done().  A parsed instrument never changes, so any number of
 * threads may read one. */

#define KOR_INSTRUMENT_MAX_SIZE (256 * 1024) /* Bytes of JSON. */
#define KOR_MAX_ITEMS 64
#define KOR_MAX_OPTIONS 16      /* Of one item. */
#define KOR_MAX_ALL_OPTIONS 512 /* Of all items together. */
#define KOR_MAX_SUBSCORES 16
#define KOR_MAX_CUTOFFS 64
#define KOR_MAX_ATTENTION 16
#define KOR_MAX_NORMS 32
#define KOR_MAX_SOURCES 16
#define KOR_INSTRUMENT_KEY_SIZE 24     /* With terminator. */
#define KOR_INSTRUMENT_VERSION_SIZE 16 /* With terminator. */

/* What an instrument is about. */
enum kor_kind {
    KOR_KIND_OUTCOME,
    KOR_KIND_ALLIANCE,
    KOR_KIND_SYMPTOM,
    KOR_KIND_WELLBEING,
    KOR_KIND_FUNCTIONING,
    KOR_KIND_GOAL
};

/* How its answers may be entered. */
enum kor_entry {
    KOR_ENTRY_ITEMS,  /* Item by item. */
    KOR_ENTRY_EITHER, /* Item by item, or the total alone. */
    KOR_ENTRY_TOTAL   /* The total alone: its item scoring is not known. */
};

/* Where a number comes from. */
struct kor_origin {
    const char *source; /* Never null. */
    bool is_recalled;   /* From memory: to be looked up before it is used. */
};

/* Words for one value of an item: for each answer of a list, or for the ends
 * of a line.  Other values on the steps of the item are answers too. */
struct kor_option {
    double value;
    struct kor_words text;
};

/* What an item says. */
struct kor_wording {
    struct kor_words text; /* Empty in a shell. */
    size_t first_option;   /* Into 'options' of the instrument. */
    size_t n_options;
};

/* How items become a score: their sum or mean, times 'multiplier'. */
struct kor_scoring {
    enum kor_score_kind kind;
    double multiplier; /* > 0. */
};

struct kor_subscore {
    const char *key;
    struct kor_words names;
    uint16_t items[KOR_MAX_ITEMS]; /* Indexes of items, from 0. */
    size_t n_items;
    struct kor_scoring scoring;
    size_t max_missing;
};

/* One cut-off: the line for those people whom its keys describe. */
struct kor_cutoff {
    double points;
    enum kor_compare compare;  /* Healthy side: at least, or more than,
                                * 'points' in the good direction. */
    enum kor_role rater;       /* Or KOR_ROLE_ANY. */
    int age_from, age_to;      /* Years, both included; KOR_NO_AGE: any. */
    enum kor_gender gender;    /* Or KOR_GENDER_UNKNOWN: any. */
    char language[KOR_LANGUAGE_SIZE]; /* Or "": any. */
    const char *population;    /* Whom it was found in; may be null. */
    struct kor_origin origin;
};

/* Change that counts as reliable. */
struct kor_reliable_change {
    double points;            /* NAN: not known, and 'none' says why. */
    enum kor_compare compare;
    bool is_provisional;      /* A working limit, not a norm. */
    struct kor_origin origin; /* Not set if 'points' is NAN. */
    const char *none;         /* Null if 'points' is known. */
};

/* When an alliance score is worth a word. */
struct kor_alliance_limits {
    double cutoff_points;           /* NAN: no line. */
    enum kor_compare cutoff_compare;
    double drop_points;             /* From the session before; NAN: none. */
    struct kor_origin origin;       /* Source null if there are no limits. */
};

/* An answer to talk about before the client leaves. */
struct kor_attention_rule {
    size_t item; /* Index, from 0. */
    double from; /* This value or more asks. */
    struct kor_words what;
    struct kor_origin origin;
};

struct kor_norm {
    const char *population;
    long n;          /* People; 0: not known. */
    double mean, sd; /* Points of the total. */
    struct kor_origin origin;
};

struct kor_licence {
    const char *spdx;   /* SPDX name, or null ... */
    const char *words;  /* ... and then this in words. */
    const char *holder; /* Never null. */
    bool may_ship_wording;
    const char *note;   /* May be null. */
};

struct kor_instrument {
    char key[KOR_INSTRUMENT_KEY_SIZE]; /* The word on a command line. */
    char version[KOR_INSTRUMENT_VERSION_SIZE];
    enum kor_kind kind;
    struct kor_words names;  /* English always given. */
    struct kor_words recall; /* What time the answers are about. */
    struct kor_words prompt; /* What stands above the items; empty in a
                              * shell. */
    const char *note;        /* What else must be known; may be null. */
    enum kor_better better;
    enum kor_entry entry;
    bool is_shell;           /* Structure only, no wording. */
    int decimals;            /* To show of a total: 0 or 1. */

    struct kor_item items[KOR_MAX_ITEMS]; /* Number = index + 1. */
    struct kor_wording wordings[KOR_MAX_ITEMS];
    size_t n_items;          /* 1 to KOR_MAX_ITEMS. */
    struct kor_option options[KOR_MAX_ALL_OPTIONS];
    size_t n_options;
    struct kor_scoring scoring;
    double min_total, max_total;
    size_t max_missing;      /* Items that may be missing. */

    struct kor_subscore subscores[KOR_MAX_SUBSCORES];
    size_t n_subscores;
    struct kor_cutoff cutoffs[KOR_MAX_CUTOFFS];
    size_t n_cutoffs;
    struct kor_reliable_change reliable_change;
    struct kor_alliance_limits alliance;
    struct kor_attention_rule attention[KOR_MAX_ATTENTION];
    size_t n_attention;
    struct kor_norm norms[KOR_MAX_NORMS];
    size_t n_norms;
    struct kor_licence licence;
    const char *sources[KOR_MAX_SOURCES];
    size_t n_sources;

    void *owned; /* What the texts lie in. */
};

/* Reads the 'size' bytes of JSON at 'text' into '*instrument', all of it or
 * nothing.  Returns KOR_TOO_LARGE past KOR_INSTRUMENT_MAX_SIZE, KOR_BAD_VALUE
 * for text that is no JSON or a definition that is not right; the field of
 * the error is the path in the file ("items[3].max", arrays counted from 0),
 * the sentence gives the limits and the mend. */
KOR_NODISCARD enum kor_code
kor_instrument_parse(const char *text, size_t size,
                     struct kor_instrument *instrument, struct kor_err *err);

/* Frees what 'instrument' holds, not the struct itself.  Null is accepted,
 * and so is a struct of zeros. */
void kor_instrument_done(struct kor_instrument *instrument);

/* "outcome", "alliance", "symptom", "wellbeing", "functioning", "goal". */
const char *kor_kind_name(enum kor_kind kind);

/* Writes the total 'value' as people read it, with the instrument's decimals
 * ("-" for NAN), and returns 'text'. */
#define KOR_POINTS_SIZE 32
char *kor_instrument_points(const struct kor_instrument *instrument,
                            double value, char text[KOR_POINTS_SIZE]);

/* Why a person has a cut-off line, or none. */
enum kor_line_reason {
    KOR_LINE_DRAWN,
    KOR_LINE_NONE,             /* The instrument has no cut-off. */
    KOR_LINE_OTHER_RATER,      /* None for this rater ... */
    KOR_LINE_OTHER_LANGUAGE,   /* ... or for this language of the form ... */
    KOR_LINE_AGE_UNKNOWN,      /* ... or the age would have to be known ... */
    KOR_LINE_OTHER_AGE,        /* ... or none for this age ... */
    KOR_LINE_GENDER_UNKNOWN,   /* ... or the gender would have to be known */
    KOR_LINE_OTHER_GENDER      /* ... or none for this gender. */
};

/* The reason as a sentence in English (a key for kor_text()). */
const char *kor_line_reason_text(enum kor_line_reason reason);

/* The lines that hold for one person, and where they come from. */
struct kor_lines {
    enum kor_line_reason reason;
    const struct kor_cutoff *cutoff; /* Null unless KOR_LINE_DRAWN. */
};

/* Fills '*measure' with the scale of 'instrument' and the lines that hold for
 * 'who': no cut-off (NAN) where none was made for people like them, and no
 * reliable change (NAN) where none is known.  '*lines' says which cut-off it
 * is, or why there is none. */
void kor_instrument_measure(const struct kor_instrument *instrument,
                            const struct kor_who *who,
                            struct kor_measure *measure,
                            struct kor_lines *lines);

/* What the attention items of a form say. */
enum kor_attention {
    KOR_ATTENTION_NONE,    /* The instrument has none, or none asks. */
    KOR_ATTENTION_ASKED,   /* An answer to talk about now. */
    KOR_ATTENTION_NOT_SEEN /* Not answered, or only a total: ask. */
};

/* One scored form. */
struct kor_instrument_result {
    double total; /* NAN if too many items are missing. */
    double subscores[KOR_MAX_SUBSCORES]; /* The same, each. */
    size_t n_missing;                    /* Items. */
    bool is_prorated;                    /* Total stands in for some. */
    enum kor_attention attention;
    const struct kor_attention_rule *rule; /* The first that asks or was not
                                            * seen; null for NONE. */
};

/* Scores the 'n' answers at 'values', one for each item in order, NAN for a
 * missing one.  Too many missing is a finding (total NAN), not an error.
 * Errors, KOR_BAD_VALUE: a wrong number of answers; an answer outside its
 * item's limits or between its steps (field "item 3"); an instrument of which
 * only totals are entered. */
KOR_NODISCARD enum kor_code
kor_instrument_score(const struct kor_instrument *instrument,
                     const double values[], size_t n,
                     struct kor_instrument_result *result,
                     struct kor_err *err);

/* The same for a total alone: sub-scores NAN, attention "not seen" if the
 * instrument has such items.  Errors, KOR_BAD_VALUE, field "total": outside
 * the range; an instrument that is entered item by item only. */
KOR_NODISCARD enum kor_code
kor_instrument_total(const struct kor_instrument *instrument, double total,
                     struct kor_instrument_result *result,
                     struct kor_err *err);

#endif /* kor/define/instrument.h */
