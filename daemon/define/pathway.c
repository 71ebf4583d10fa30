/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pathways: see kor/define/pathway.h.  Reading lies in pathway_read.c and
 * pathway_check.c. */

#include "kor/define/pathway.h"

#include <stdio.h>
#include <string.h>

#include "define/pathway_read.h"
#include "kor/base/clock.h"

enum kor_code
kor_pathway_parse(const char *text, size_t size, struct kor_pathway *pathway,
                  struct kor_err *err)
{
    json_t *json;
    memset(pathway, 0, sizeof *pathway);
    enum kor_code code
        = kor_json_load(text, size, KOR_PATHWAY_MAX_SIZE, &json, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_reader reader = {.code = KOR_OK, .err = err};
    struct kor_node root = {.reader = &reader, .json = json};
    pathway->owned = json;
    kor_pathway_read(&root, pathway);
    code = reader.code;
    if (code == KOR_OK) {
        code = kor_pathway_check(pathway, err);
    }
    if (code != KOR_OK) {
        kor_pathway_done(pathway);
    }
    return code;
}

void
kor_pathway_done(struct kor_pathway *pathway)
{
    if (pathway) {
        json_decref(pathway->owned);
        memset(pathway, 0, sizeof *pathway);
    }
}

int32_t
kor_interval_after(int32_t date, const struct kor_interval *span, int times)
{
    int n = span->n * times;
    return span->unit == KOR_MONTHS ? kor_date_months_after(date, n)
         : span->unit == KOR_WEEKS  ? date + 7 * n
                                    : date + n;
}

char *
kor_rule_path(const struct kor_rule *rule, char path[KOR_RULE_PATH_SIZE])
{
    const char *name = kor_rule_kind_name(rule->kind);
    snprintf(path, KOR_RULE_PATH_SIZE, "%ss[%zu].%s", name, rule->at,
             rule->kind == KOR_RULE_CONTACT ? "key" : name);
    return path;
}

const struct kor_phase *
kor_pathway_phase(const struct kor_pathway *pathway, const char *key)
{
    for (size_t i = 0; i < pathway->n_phases; i++) {
        if (!strcmp(pathway->phases[i].key, key)) {
            return &pathway->phases[i];
        }
    }
    return NULL;
}

const struct kor_module *
kor_pathway_module(const struct kor_pathway *pathway, const char *key)
{
    for (size_t i = 0; i < pathway->n_modules; i++) {
        if (!strcmp(pathway->modules[i].key, key)) {
            return &pathway->modules[i];
        }
    }
    return NULL;
}

const struct kor_ending_reason *
kor_pathway_ending(const struct kor_pathway *pathway, const char *key)
{
    for (size_t i = 0; i < pathway->n_endings; i++) {
        if (!strcmp(pathway->endings[i].key, key)) {
            return &pathway->endings[i];
        }
    }
    return NULL;
}
