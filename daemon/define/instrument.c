/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Instruments: see kor/define/instrument.h.  Reading lies in
 * instrument_read.c and instrument_check.c. */

#include "kor/define/instrument.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "define/instrument_read.h"

enum kor_code
kor_instrument_parse(const char *text, size_t size,
                     struct kor_instrument *instrument, struct kor_err *err)
{
    json_t *json;
    memset(instrument, 0, sizeof *instrument);
    enum kor_code code
        = kor_json_load(text, size, KOR_INSTRUMENT_MAX_SIZE, &json, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_reader reader = {.code = KOR_OK, .err = err};
    struct kor_node root = {.reader = &reader, .json = json};
    instrument->owned = json;
    kor_instrument_read(&root, instrument);
    code = reader.code;
    if (code == KOR_OK) {
        code = kor_instrument_check(instrument, err);
    }
    if (code != KOR_OK) {
        kor_instrument_done(instrument);
    }
    return code;
}

void
kor_instrument_done(struct kor_instrument *instrument)
{
    if (instrument) {
        json_decref(instrument->owned);
        memset(instrument, 0, sizeof *instrument);
    }
}

char *
kor_instrument_points(const struct kor_instrument *instrument, double value,
                      char text[KOR_POINTS_SIZE])
{
    if (isnan(value)) {
        snprintf(text, KOR_POINTS_SIZE, "-");
    } else {
        /* Adding 0 makes a zero of a negative zero. */
        double unit = instrument->decimals ? 10 : 1;
        snprintf(text, KOR_POINTS_SIZE, "%.*f", instrument->decimals,
                 round(value * unit) / unit + 0.0);
    }
    return text;
}
