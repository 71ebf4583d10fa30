/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a pathway: no crash, no leak; what is refused is
 * named, and what is taken ends, names nothing that is not there, and has
 * dates that come one after another. */

#include "fuzz/refusal.h"
#include "kor/base/clock.h"
#include "kor/define/pathway.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_phases(const struct kor_pathway *pathway)
{
    size_t n = 0;
    must(pathway->n_phases >= 1 && pathway->n_phases <= KOR_MAX_PHASES);
    for (int i = 0; i != KOR_NO_LIMIT; i = pathway->phases[i].next) {
        must(i >= 0 && (size_t)i < pathway->n_phases);
        must(kor_pathway_phase(pathway, pathway->phases[i].key)
             == &pathway->phases[i]);
        n++;
        must(n <= pathway->n_phases);
    }
    must(n == pathway->n_phases);
}

static void
check_rules(const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_rules; i++) {
        const struct kor_rule *rule = &pathway->rules[i];
        char path[KOR_RULE_PATH_SIZE];
        int32_t date = 19000;
        must(rule->key[0] && rule->phases);
        must(strlen(kor_rule_path(rule, path)) < sizeof path);
        must(*kor_when_name(rule->when));
        for (int k = 1; rule->span.n && k < 4; k++) {
            int32_t next = kor_interval_after(19000, &rule->span, k);
            must(next > date);
            date = next;
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct kor_pathway pathway;
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    enum kor_code code = kor_pathway_parse((const char *)bytes, size,
                                           &pathway, &err);
    if (code != KOR_OK) {
        must_name_field(code, &err);
        return 0;
    }
    must(*kor_words_in(&pathway.names, KOR_EN));
    check_phases(&pathway);
    check_rules(&pathway);
    kor_pathway_done(&pathway);
    return 0;
}
