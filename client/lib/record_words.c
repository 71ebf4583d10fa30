/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scores as they are typed: see client/lib/record_words.h. */

#include "lib/record_words.h"

#include <math.h>
#include <string.h>

#include "lib/number.h"

static enum kor_code
begin_scale(const char *word, struct kor_msg_answer answers[], size_t *n,
            struct kor_err *err)
{
    if (*n == KOR_RECORD_MAX_SCALES) {
        return kor_fail(err, KOR_USAGE, word,
                        "at most %d scales go into one session at a time: "
                        "record the others with a second command",
                        KOR_RECORD_MAX_SCALES);
    }
    struct kor_msg_answer *answer = &answers[*n];
    kor_message_init(&kor_message_answer, answer);
    if (strlen(word) >= sizeof answer->scale || !*word
        || strchr("0123456789+-.,", *word)) {
        return kor_fail(err, KOR_BAD_VALUE, word,
                        "'%s' is neither a number nor the name of a scale: "
                        "write an item as 6 or 6.3, and - for a missing one",
                        word);
    }
    memcpy(answer->scale, word, strlen(word) + 1);
    (*n)++;
    return KOR_OK;
}

static enum kor_code
add_item(const char *word, double value, struct kor_msg_answer answers[],
         size_t n, struct kor_err *err)
{
    if (n == 0) {
        return kor_fail(err, KOR_USAGE, word,
                        "'%s' stands before any scale: name the scale first, "
                        "as in: outcome 6.1 5 7 6.4", word);
    }
    struct kor_msg_answer *answer = &answers[n - 1];
    if (answer->n_values == KOR_LENGTH(answer->values)) {
        return kor_fail(err, KOR_BAD_VALUE, answer->scale,
                        "%s has more than %zu items here: is a scale's name "
                        "missing in between?", answer->scale,
                        KOR_LENGTH(answer->values));
    }
    answer->values[answer->n_values++] = value;
    return KOR_OK;
}

enum kor_code
kor_record_words(char *const words[], int n,
                 struct kor_msg_answer answers[KOR_RECORD_MAX_SCALES],
                 size_t *n_answers, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    *n_answers = 0;
    for (int i = 0; i < n && code == KOR_OK; i++) {
        double value = NAN;
        code = !strcmp(words[i], "-") || kor_number_parse(words[i], &value)
                   ? add_item(words[i], value, answers, *n_answers, err)
                   : begin_scale(words[i], answers, n_answers, err);
    }
    return code;
}
