/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a calendar: no crash, no leak, and an end; what is
 * wrong has a line and a sentence, and what is taken is what the daemon
 * takes. */

#include "fuzz/refusal.h"
#include "kor/base/clock.h"
#include "lib/calendar_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define NOW_MS INT64_C(1773648000000) /* 16 March 2026. */
#define DAY_MS INT64_C(86400000)

static void
check_entry(const struct kor_calendar_file *file, size_t i)
{
    const struct kor_calendar_entry *entry = &file->entries[i];
    char code[KOR_CLIENT_CODE_SIZE];
    must(strlen(entry->uid) == KOR_CALENDAR_UID_SIZE - 1);
    must(kor_client_code_parse(entry->code, code, NULL) == KOR_OK);
    must(!strcmp(code, entry->code) && entry->line > 1);
    must(entry->start_ms >= NOW_MS - DAY_MS
         && entry->start_ms <= NOW_MS + KOR_CALENDAR_DAYS * DAY_MS);
    must(i == 0 || strcmp(file->entries[i - 1].code, entry->code) <= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct kor_calendar_file file
        = {.now_ms = NOW_MS, .clock = kor_clock_system()};
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    enum kor_code code
        = kor_calendar_read(&file, (const char *)bytes, size, &err);
    if (code == KOR_OK) {
        must(file.n_entries <= KOR_CALENDAR_ALL);
        must(file.n_without <= file.n_events);
        for (size_t i = 0; i < file.n_entries; i++) {
            check_entry(&file, i);
        }
        for (size_t i = 0; i < file.n_problems && i < KOR_CALENDAR_PROBLEMS;
             i++) {
            must(file.problems[i].line > 1 && file.problems[i].text[0]);
        }
    } else {
        must_name_field(code, &err);
    }
    kor_calendar_done(&file);
    return 0;
}
