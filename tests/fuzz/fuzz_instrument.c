/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as the definition of a scale: no crash, no leak; what
 * is refused is named, and what is taken scores every form without a number
 * that is none, within its own bounds. */

#include "fuzz/refusal.h"
#include "kor/define/instrument.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_lines(const struct kor_instrument *instrument)
{
    static const int ages[] = {KOR_NO_AGE, 0, 17, 45, KOR_MAX_AGE};
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        const struct kor_who who = {KOR_ROLE_CLIENT, ages[i],
                                    (enum kor_gender)(i % 4), "nb"};
        struct kor_measure measure;
        struct kor_lines lines;
        kor_instrument_measure(instrument, &who, &measure, &lines);
        must((lines.reason == KOR_LINE_DRAWN) == (lines.cutoff != NULL));
        must(kor_measure_check(&measure, NULL) == KOR_OK);
        must(*kor_line_reason_text(lines.reason));
    }
}

/* Forms on which every item has its least, its greatest or no value. */
static void
check_score(const struct kor_instrument *instrument, size_t every)
{
    double values[KOR_MAX_ITEMS];
    struct kor_instrument_result result;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (size_t i = 0; i < instrument->n_items; i++) {
        const struct kor_item *item = &instrument->items[i];
        values[i] = every && i % every == 0 ? NAN
                    : i % 2                 ? item->min
                                            : item->max;
    }
    enum kor_code code = kor_instrument_score(
        instrument, values, instrument->n_items, &result, &err);
    if (code == KOR_OK) {
        double slack = 1e-9 * (1 + fabs(instrument->max_total)
                               + fabs(instrument->min_total));
        must(isnan(result.total)
             || (result.total >= instrument->min_total - slack
                 && result.total <= instrument->max_total + slack));
        must(result.n_missing <= instrument->n_items);
    } else {
        must_be_refusal(code, &err);
    }
}

static void
check(const struct kor_instrument *instrument)
{
    char points[KOR_POINTS_SIZE];
    must(instrument->key[0] && instrument->version[0]);
    must(instrument->n_items >= 1 && instrument->n_items <= KOR_MAX_ITEMS);
    must(instrument->min_total < instrument->max_total);
    must(isfinite(instrument->min_total) && isfinite(instrument->max_total));
    must(*kor_words_in(&instrument->names, KOR_EN));
    must(*kor_kind_name(instrument->kind));
    kor_instrument_points(instrument, instrument->max_total, points);
    must(strlen(points) < KOR_POINTS_SIZE);
    for (size_t every = 0; every < 4; every++) {
        check_score(instrument, every);
    }
    check_lines(instrument);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct kor_instrument instrument;
    struct kor_err err;
    kor_err_init(&err, KOR_SV);
    enum kor_code code = kor_instrument_parse((const char *)bytes, size,
                                              &instrument, &err);
    if (code == KOR_OK) {
        check(&instrument);
    } else {
        must_be_refusal(code, &err);
    }
    kor_instrument_done(&instrument);
    return 0;
}
