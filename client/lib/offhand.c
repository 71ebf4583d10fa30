/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hint without a daemon: see client/lib/offhand.h. */

#include "lib/offhand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/catalogue.h"
#include "kor/define/instrument.h"

static enum kor_code
find(const char *key, struct kor_instrument *in, struct kor_err *err)
{
    for (const struct kor_embedded *e = kor_catalogue; e->name; e++) {
        if (!strcmp(e->name, key)) {
            return kor_instrument_parse(e->text, strlen(e->text), in, err);
        }
    }
    return kor_fail(err, KOR_NOT_FOUND, "scale",
                    "there is no scale '%s': 'kor instrument list' shows "
                    "those there are", key);
}

static void
put(const struct kor_instrument *in, enum kor_lang lang,
    const struct kor_instrument_result *result,
    struct kor_msg_verdict *verdict)
{
    kor_message_init(&kor_message_verdict, verdict);
    kor_utf8_copy(verdict->scale, sizeof verdict->scale, in->key);
    kor_utf8_copy(verdict->name, sizeof verdict->name,
                  kor_words_in(&in->names, lang));
    verdict->total = result->total;
    if (result->attention == KOR_ATTENTION_ASKED) {
        strcpy(verdict->attention, "asks");
        verdict->attention_item = (int64_t)result->rule->item + 1;
    } else if (result->attention == KOR_ATTENTION_NOT_SEEN) {
        strcpy(verdict->attention, "not-seen");
    }
}

enum kor_code
kor_offhand(const struct kor_msg_answer *answer, enum kor_lang lang,
            struct kor_msg_verdict *verdict, struct kor_err *err)
{
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_instrument_result result;
    enum kor_code code = find(answer->scale, in, err);
    if (code == KOR_OK) {
        code = isnan(answer->total)
                   ? kor_instrument_score(in, answer->values,
                                          answer->n_values, &result, err)
                   : kor_instrument_total(in, answer->total, &result, err);
        if (code == KOR_OK) {
            put(in, lang, &result, verdict);
        }
        kor_instrument_done(in);
    }
    free(in);
    return code;
}
