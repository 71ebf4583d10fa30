/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_FILLED_H
#define KOR_DEFINE_FILLED_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/form.h"

/* Filled: what somebody wrote on a form, read against its definition.
 *
 * The answers are a JSON object with a member for each field that was
 * answered, by its key: a text; a word of a choice; 0, 1 or 2; a date
 * "YYYY-MM-DD"; and of a checklist's row "reached", or an object with
 * "answer" and, unless that is "reached", "comment".  A member that is null
 * was not answered.
 *
 * All texts are borrowed from the answers: they end with kor_filled_done(). */

#define KOR_FILLED_MAX_SIZE (48 * 1024) /* Bytes of JSON. */

/* Of a checklist's row, in the order of enum places. */
enum kor_reached {
    KOR_REACHED,
    KOR_REACHED_PARTLY,
    KOR_REACHED_NOT,
    KOR_REACHED_NOT_APPLICABLE,
    KOR_N_REACHED /* Not one: how many there are. */
};

/* The answer to one field. */
struct kor_filled_answer {
    bool is_given;
    const char *text;    /* Of a text; else null. */
    int value;           /* Place of the word; 0 to 2; enum kor_reached. */
    int32_t date;        /* Of a date. */
    const char *comment; /* Of a checklist's row; may be null. */
};

struct kor_filled {
    struct kor_filled_answer answers[KOR_MAX_FORM_FIELDS]; /* As the fields. */
    void *owned; /* What the texts lie in. */
};

/* Reads the 'size' bytes of JSON at 'text' against 'form' into '*filled', all
 * of it or nothing.  Returns KOR_TOO_LARGE past KOR_FILLED_MAX_SIZE, else
 * KOR_BAD_VALUE; the field of the error is the path ("values.plan"), the
 * sentence gives the limits and the mend. */
KOR_NODISCARD enum kor_code kor_filled_parse(const struct kor_form *form,
                                             const char *text, size_t size,
                                             struct kor_filled *filled,
                                             struct kor_err *err);

/* Frees what 'filled' holds, not the struct itself.  Null is accepted, and so
 * is a struct of zeros. */
void kor_filled_done(struct kor_filled *filled);

/* "reached", "partly", "not" or "not-applicable". */
const char *kor_reached_name(enum kor_reached reached);

/* What an answer of a field marked with attention says. */
enum kor_filled_attention {
    KOR_FILLED_QUIET,
    KOR_FILLED_ASKS,    /* It has to be talked about now. */
    KOR_FILLED_NOT_SEEN /* It was not answered: ask. */
};
enum kor_filled_attention
kor_filled_attention(const struct kor_form_field *field,
                     const struct kor_filled_answer *answer);

/* The area that the 0/1/2 items of a section are.  'sum' says something only
 * if all were answered: what is missing is not made up. */
struct kor_filled_area {
    int n_items;    /* 0: the section has none. */
    int n_answered;
    int sum;        /* Of those that were answered. */
};

/* That of the section with the index 'section', below form->n_sections; of
 * what 'filled' holds, read against the same form.  Cannot fail; any number of
 * threads. */
struct kor_filled_area kor_filled_area(const struct kor_form *form,
                                       const struct kor_filled *filled,
                                       size_t section);

/* How the rows of a checklist in a section were answered. */
struct kor_filled_count {
    int n_rows;         /* 0: the section has none. */
    int of[KOR_N_REACHED]; /* By kor_reached; what is missing is in none. */
};

/* The same of the section's checklist. */
struct kor_filled_count kor_filled_count(const struct kor_form *form,
                                         const struct kor_filled *filled,
                                         size_t section);

#endif /* kor/define/filled.h */
