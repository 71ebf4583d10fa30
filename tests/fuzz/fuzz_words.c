/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever text comes in as a code, a name, an id, a date, a month, a number
 * or a rater: what is taken is written in one way, and that is read
 * back the same. */

#include "fuzz/refusal.h"
#include "kor/base/clock.h"
#include "kor/base/uuid.h"
#include "kor/define/client_code.h"
#include "kor/define/enrol_code.h"
#include "kor/define/handle.h"
#include "kor/define/label.h"
#include "kor/define/rater.h"
#include "lib/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct kor_err err;

static void
fuzz_code(const char *text)
{
    char code[KOR_CLIENT_CODE_SIZE], back[KOR_CLIENT_CODE_SIZE];
    enum kor_code result = kor_client_code_parse(text, code, &err);
    if (result != KOR_OK) {
        must_name_field(result, &err);
        return;
    }
    must(strlen(code) == 9 && code[4] == '-');
    must(strspn(code, KOR_CLIENT_CODE_ALPHABET "-") == 9);
    must(kor_client_code_parse(code, back, NULL) == KOR_OK);
    must(!strcmp(code, back));
    /* Two neighbours that changed places are caught. */
    if (code[0] != code[1]) {
        char first = code[0];
        code[0] = code[1];
        code[1] = first;
        must(kor_client_code_parse(code, back, NULL) != KOR_OK);
    }
}

static void
fuzz_enrol_code(const char *text)
{
    char code[KOR_ENROL_CODE_SIZE], back[KOR_ENROL_CODE_SIZE];
    char other[KOR_CLIENT_CODE_SIZE];
    enum kor_code result = kor_enrol_code_parse(text, code, &err);
    if (result != KOR_OK) {
        must_name_field(result, &err);
        return;
    }
    must(strlen(code) == 11 && code[5] == '-');
    must(kor_enrol_code_parse(code, back, NULL) == KOR_OK);
    must(!strcmp(code, back));
    must(kor_client_code_parse(text, other, NULL) != KOR_OK);
}

/* What may be a name is a word everywhere, and what may be a label is a line
 * that opens again. */
static void
fuzz_names(const char *text)
{
    static const uint8_t key[KOR_LABEL_KEY_SIZE] = {1};
    uint8_t sealed[KOR_LABEL_SIZE];
    char back[KOR_LABEL_MAX + 1];
    if (kor_handle_is(text)) {
        must(*text && strlen(text) < KOR_HANDLE_SIZE && *text != '-');
        must(strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")
             == strlen(text));
    }
    if (kor_label_check(text, NULL) == KOR_OK) {
        must(kor_utf8_valid(text, strlen(text)));
        must(!kor_utf8_has_control(text) && !kor_utf8_unseen(text));
        kor_label_seal(key, "F7KM-3XPE", text, sealed);
        must(kor_label_open(key, "F7KM-3XPE", sealed, back));
        must(!strcmp(text, back));
    }
}

static void
fuzz_uuid(const char *text)
{
    uint8_t uuid[KOR_UUID_SIZE], back[KOR_UUID_SIZE];
    char again[KOR_UUID_TEXT_SIZE];
    if (kor_uuid_parse(text, uuid)) {
        must(strlen(text) == KOR_UUID_TEXT_SIZE - 1);
        must(kor_uuid_parse(kor_uuid_format(uuid, again), back));
        must(!memcmp(uuid, back, sizeof uuid) && !strcasecmp(text, again));
    }
}

static void
fuzz_date(const char *text)
{
    int32_t date, back;
    char again[KOR_DATE_SIZE];
    if (kor_date_parse(text, &date)) {
        must(!strcmp(text, kor_date_format(date, again)));
        must(kor_date_parse(again, &back) && back == date);
    }
    if (kor_month_parse(text, &date)) {
        must(!strcmp(text, kor_month_format(date, again)));
        must(kor_month_parse(again, &back) && back == date);
    }
}

static void
fuzz_number(const char *text)
{
    double value, real;
    int64_t whole;
    char again[KOR_NUMBER_SIZE];
    if (kor_number_parse(text, &value)) {
        must(isfinite(value) && fabs(value) < 1e15);
        must(kor_real_parse(text, &real) && real == value);
        kor_number_format(KOR_SV, value, 3, again);
        must(kor_number_parse(again, &real) && fabs(real - value) <= 0.00051);
    }
    if (kor_real_parse(text, &real)) {
        must(fabs(real) <= 1e100);
    }
    if (kor_whole_parse(text, &whole)) {
        must(whole > -1000000000000000 && whole < 1000000000000000);
    }
}

static void
fuzz_rater(const char *text)
{
    struct kor_rater rater, back;
    char again[KOR_RATER_SIZE];
    enum kor_code code = kor_rater_parse(text, &rater, &err);
    if (code != KOR_OK) {
        must_name_field(code, &err);
        return;
    }
    must(rater.role != KOR_ROLE_ANY && rater.number >= 1
         && rater.number <= KOR_MAX_RATER_NUMBER);
    kor_rater_format(&rater, again);
    must(kor_rater_parse(again, &back, NULL) == KOR_OK);
    must(back.role == rater.role && back.number == rater.number);
}

/* A copy for people is one line of well-formed text, however little room
 * there is. */
static void
fuzz_copy(const char *text)
{
    char copy[40], again[40];
    for (size_t size = 1; size <= sizeof copy; size += 3) {
        kor_utf8_copy(copy, size, text);
        must(strlen(copy) < size && kor_utf8_valid(copy, strlen(copy)));
        must(kor_utf8_columns(copy) <= strlen(copy));
        kor_utf8_copy(again, size, copy);
        must(!strcmp(copy, again));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const readers[])(const char *)
        = {fuzz_code,   fuzz_enrol_code, fuzz_names, fuzz_uuid,
           fuzz_date,   fuzz_number,     fuzz_rater, fuzz_copy};
    char *text = malloc(size + 1);
    must(text);
    memcpy(text, bytes, size);
    text[size] = '\0';
    kor_err_init(&err, KOR_NB);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        readers[i](text);
    }
    free(text);
    return 0;
}
