/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_MAP_H
#define KOR_DEFINE_MAP_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/instrument.h"
#include "kor/define/rater.h"
#include "kor/define/who.h"

/* Import map: which column of a CSV file is what.
 *
 * A map is an INI text (docs/import.md has every key and two examples).  It
 * describes long files: one row for each session or measurement of a person.
 * kor_map_parse() reads and checks it; the reader of the file then looks up
 * the named columns and turns each cell into a value with the functions
 * below.  No file is opened here. */

#define KOR_MAP_MAX_SIZE (64 * 1024) /* Bytes of INI. */
#define KOR_MAP_MAX_LINE 190         /* Bytes of one of its lines. */
#define KOR_MAP_MAX_SCALES 8
#define KOR_MAP_MAX_MISSING 8
#define KOR_MAP_MAX_SYNONYMS 8
#define KOR_COLUMN_SIZE 64           /* Name of a column, terminated. */
#define KOR_MAP_WORD_SIZE 32

/* How the dates of the file are written. */
enum kor_map_dates {
    KOR_MAP_ISO,        /* 2024-03-31 */
    KOR_MAP_DOTTED,     /* 31.03.2024 */
    KOR_MAP_SLASHED_DM, /* 31/03/2024 */
    KOR_MAP_SLASHED_MD  /* 03/31/2024 */
};

/* What the time column counts. */
enum kor_map_unit {
    KOR_MAP_DAYS,
    KOR_MAP_WEEKS,
    KOR_MAP_MONTHS /* Of 365.25 / 12 days. */
};

/* One scale of the file: either a column for each item or one for the total
 * (both may be named: a row then gives the one or the other, not both). */
struct kor_map_scale {
    char instrument[KOR_INSTRUMENT_KEY_SIZE];
    struct kor_rater rater;           /* Client unless the map says. */
    char language[KOR_LANGUAGE_SIZE]; /* Of the form; "" if not known. */
    char total[KOR_COLUMN_SIZE];      /* Column, or "". */
    char items[KOR_MAX_ITEMS][KOR_COLUMN_SIZE];
    size_t n_items;                   /* 0: no item columns. */
};

/* A word of the file and the word of kor that it stands for. */
struct kor_map_synonym {
    char word[KOR_MAP_WORD_SIZE];
    const char *ours; /* Static. */
};

/* The words of one column and what they mean. */
struct kor_map_words {
    struct kor_map_synonym synonyms[5 * KOR_MAP_MAX_SYNONYMS];
    size_t n;
};

struct kor_map {
    char delimiter; /* ',', ';' or a tab. */
    char decimal;   /* '.' or ','. */
    enum kor_map_dates dates;
    char missing[KOR_MAP_MAX_MISSING][KOR_MAP_WORD_SIZE]; /* Beside empty. */
    size_t n_missing;

    /* Columns; "" where the file has none.  Of 'date' and 'time' one is
     * given; 'id' always is. */
    char id[KOR_COLUMN_SIZE];
    char date[KOR_COLUMN_SIZE];
    char time[KOR_COLUMN_SIZE];
    char session[KOR_COLUMN_SIZE];
    char status[KOR_COLUMN_SIZE];
    char ending[KOR_COLUMN_SIZE];
    char born[KOR_COLUMN_SIZE];
    char gender[KOR_COLUMN_SIZE];
    char therapist[KOR_COLUMN_SIZE];

    enum kor_map_unit unit; /* Of 'time'. */
    int32_t start;          /* Date of time 0; KOR_NO_DATE without 'time'. */

    struct kor_map_scale scales[KOR_MAP_MAX_SCALES];
    size_t n_scales; /* At least 1; the first is the lead scale. */

    struct kor_map_words statuses, endings, genders;
    char pathway[KOR_PATHWAY_SIZE]; /* Of every episode, or "". */
};

/* Reads the 'size' bytes of INI at 'text' into '*map', checked whole: unknown
 * sections and keys, keys given twice, values outside their bounds and parts
 * that are missing or exclude each other are refused.  Returns KOR_TOO_LARGE
 * past KOR_MAP_MAX_SIZE, else KOR_BAD_VALUE; the error names the key, and the
 * sentence the line. */
KOR_NODISCARD enum kor_code kor_map_parse(const char *text, size_t size,
                                          struct kor_map *map,
                                          struct kor_err *err);

/* True if 'cell' stands for "not given": empty, blank or one of the missing
 * words of 'map'. */
bool kor_map_is_missing(const struct kor_map *map, const char *cell);

/* Reads a number with the decimal sign of 'map' into '*value', NAN for a
 * missing one.  Returns false, and leaves '*value' alone, if 'cell' is
 * anything else (also "nan", "inf" and hexadecimal). */
KOR_NODISCARD bool kor_map_number(const struct kor_map *map, const char *cell,
                                  double *value);

/* Reads a date as 'map' says that dates are written.  Returns false, and
 * leaves '*date' alone, if 'cell' is no such date. */
KOR_NODISCARD bool kor_map_date(const struct kor_map *map, const char *cell,
                                int32_t *date);

/* The date of 'time' (finite) units after the start date of 'map', rounded to
 * whole days.  Returns false if it lies more than 200 years off. */
KOR_NODISCARD bool kor_map_date_at(const struct kor_map *map, double time,
                                   int32_t *date);

/* What 'cell' means in the words of kor, which are
 *
 *     statuses  held, cancelled-client, cancelled-late, cancelled-clinic,
 *               not-attended
 *     endings   planned, unplanned, open
 *     genders   female, male, other, unknown
 *
 * for a word that the map explains, or one of these themselves.  Upper and
 * lower case count as the same (a-z).  A missing cell means held, open and
 * unknown.  Returns null for any other word. */
const char *kor_map_status(const struct kor_map *map, const char *cell);

/* The same for a cell that holds an ending. */
const char *kor_map_ending(const struct kor_map *map, const char *cell);

/* The same for a cell that holds a gender. */
const char *kor_map_gender(const struct kor_map *map, const char *cell);

#endif /* kor/define/map.h */
