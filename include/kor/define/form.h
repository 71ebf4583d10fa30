/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_FORM_H
#define KOR_DEFINE_FORM_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/words.h"

/* Form: what a sheet is filled in on, as data.
 *
 * A definition is a JSON text; docs/sheets.md has every field with its bounds
 * and a whole example.  kor_form_parse() reads one and checks it whole.  What
 * somebody filled in is read against it by kor/define/filled.h.
 *
 * A form has sections of fields.  The 0/1/2 items of a section are an area
 * with a sum of its own; over areas there is no total, since none is defined.
 *
 * All texts are borrowed from the definition: they end with kor_form_done().
 * A parsed form never changes, so any number of threads may read one. */

#define KOR_FORM_MAX_SIZE (256 * 1024) /* Bytes of JSON. */
#define KOR_MAX_FORM_SECTIONS 64
#define KOR_MAX_FORM_FIELDS 256    /* In all sections together. */
#define KOR_MAX_FORM_WORDS 1024    /* Of all choices together. */
#define KOR_FORM_KEY_SIZE 33       /* With terminator; so for all keys. */
#define KOR_FORM_VERSION_SIZE 16   /* With terminator. */
#define KOR_FORM_NO_ATTENTION (-1)

enum kor_form_type {
    KOR_FORM_TEXT,      /* Words, on one line or several. */
    KOR_FORM_CHOICE,    /* One of listed words. */
    KOR_FORM_AREA,      /* 0, 1 or 2, summed over the section. */
    KOR_FORM_DATE,
    KOR_FORM_CHECK      /* A row that was reached, partly, not, or that does
                         * not apply: all but the first with a reason. */
};

/* A word to choose. */
struct kor_form_word {
    char key[KOR_FORM_KEY_SIZE];
    struct kor_words names;
};

struct kor_form_field {
    char key[KOR_FORM_KEY_SIZE]; /* One of its kind in the whole form. */
    size_t section;
    size_t at;             /* Its place in the list of the section. */
    enum kor_form_type type;
    struct kor_words text; /* The question. */
    bool is_needed;        /* Must be answered. */
    bool holds_names;      /* To be written on paper, and never stored. */
    int lines;             /* Of a text: lines on paper; 1: one line alone. */
    int max_len;           /* Of a text: characters. */
    size_t first_word;     /* Of a choice: in form->words, */
    size_t n_words;        /* and how many. */
    int attention;         /* From this answer on it has to be talked about:
                            * place of the word, or 1 or 2. */
};

struct kor_form_section {
    char key[KOR_FORM_KEY_SIZE];
    struct kor_words names;
    size_t first_field, n_fields; /* In form->fields. */
};

struct kor_form {
    char key[KOR_FORM_KEY_SIZE];
    char version[KOR_FORM_VERSION_SIZE];
    struct kor_words names; /* English always given. */
    const char *note;       /* May be null. */

    struct kor_form_section sections[KOR_MAX_FORM_SECTIONS];
    size_t n_sections; /* 1 or more. */
    struct kor_form_field fields[KOR_MAX_FORM_FIELDS]; /* By section. */
    size_t n_fields; /* 1 or more. */
    struct kor_form_word words[KOR_MAX_FORM_WORDS];
    size_t n_words;

    void *owned; /* What the texts lie in. */
};

/* Reads the 'size' bytes of JSON at 'text' into '*form', all of it or
 * nothing.  Returns KOR_TOO_LARGE past KOR_FORM_MAX_SIZE, KOR_BAD_VALUE for
 * text that is no JSON or a definition that is not right; the field of the
 * error is the path in the file ("sections[1].fields[0].type", lists counted
 * from 0), the sentence gives the limits and the mend. */
KOR_NODISCARD enum kor_code kor_form_parse(const char *text, size_t size,
                                           struct kor_form *form,
                                           struct kor_err *err);

/* Frees what 'form' holds, not the struct itself.  Null is accepted, and so
 * is a struct of zeros. */
void kor_form_done(struct kor_form *form);

/* The word in a definition: "text", "choice", "area012", "date" or
 * "checklist". */
const char *kor_form_type_name(enum kor_form_type type);

/* Whether some answer to the form would have to be talked about. */
bool kor_form_has_attention(const struct kor_form *form);

/* The field called 'key', or null. */
const struct kor_form_field *kor_form_field(const struct kor_form *form,
                                            const char *key);

#endif /* kor/define/form.h */
