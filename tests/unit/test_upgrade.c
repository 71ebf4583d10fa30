/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database of every release (tests/upgrade/) is brought to today's schema
 * and still says what it said: beside NAME.db lies NAME.txt with its answers,
 * a line each.
 *
 *     test_upgrade --print FILE.db > FILE.txt
 *
 * makes that text when a release is added, and never again. */

#include "support/near.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/base/file.h"
#include "store/session.h"
#include "store/store.h"
#include "support/temp.h"

#define FOLDER "tests/upgrade"
#define PAGE 500
#define MAX_FILE (64 * 1024 * 1024)

struct telling {
    const struct kor_export_session *session;
    struct kor_buf *out;
};

static enum kor_code
tell_answer(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct telling *telling = to;
    (void)err;
    kor_buf_printf(telling->out,
                   "    scale %lld %s v%d %s total %.17g start %.17g "
                   "standing %d findings %u%s\n",
                   (long long)answer->instrument_id, answer->rater,
                   answer->version, answer->how, answer->total, answer->start,
                   (int)answer->standing, answer->findings,
                   answer->is_struck ? " struck" : "");
    return KOR_OK;
}

static void
tell_session(struct kor_store *store,
             const struct kor_export_session *session, struct kor_buf *out)
{
    char date[KOR_DATE_SIZE];
    kor_buf_printf(out, "%s %d/%d %s %s %s\n", session->code,
                   session->episode, session->session.number,
                   kor_date_format(session->session.session_date, date),
                   session->session.status, session->ending);
    struct telling telling = {.session = session, .out = out};
    assert_int_equal(kor_store_answers(store, session->session.id,
                                       tell_answer, &telling, NULL),
                     KOR_OK);
}

/* All that the store has to say, after it was brought up to date. */
static void
tell(struct kor_store *store, struct kor_buf *out)
{
    static struct kor_export_session page[PAGE];
    int64_t after = 0;
    size_t n;
    do {
        assert_int_equal(kor_store_export(store, after, PAGE, page, &n, NULL),
                         KOR_OK);
        for (size_t i = 0; i < n; i++) {
            tell_session(store, &page[i], out);
            after = page[i].session.id;
        }
    } while (n == PAGE);
}

/* Opens a copy of the database and lets it tell. */
static void
upgrade(const char *path, struct kor_buf *out)
{
    struct kor_buf file = {0};
    struct kor_store *store;
    char copy[TEMP_SIZE];
    assert_int_equal(kor_file_read(path, MAX_FILE, &file, NULL), KOR_OK);
    temp_file(copy, file.text, file.size);
    kor_buf_done(&file);
    assert_int_equal(kor_store_open(copy, NULL, false, &store, NULL), KOR_OK);
    assert_int_equal(kor_store_check(store, NULL), KOR_OK);
    tell(store, out);
    kor_store_close(store);
    temp_remove(copy);
}

static void
every_release_still_says_what_it_said(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    int n = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *ending = strrchr(entry->d_name, '.');
        char path[512];
        if (!ending || strcmp(ending, ".db")) {
            continue;
        }
        struct kor_buf got = {0}, expected = {0};
        snprintf(path, sizeof path, FOLDER "/%.200s", entry->d_name);
        upgrade(path, &got);
        snprintf(path + strlen(path) - 3, 5, ".txt");
        assert_int_equal(kor_file_read(path, MAX_FILE, &expected, NULL),
                         KOR_OK);
        assert_true(got.size > 0);
        assert_string_equal(kor_buf_text(&got), kor_buf_text(&expected));
        kor_buf_done(&got);
        kor_buf_done(&expected);
        n++;
    }
    closedir(folder);
    assert_true(n > 0);
}

int
main(int argc, char *argv[])
{
    if (argc == 3 && !strcmp(argv[1], "--print")) {
        struct kor_buf text = {0};
        upgrade(argv[2], &text);
        fputs(kor_buf_text(&text), stdout);
        kor_buf_done(&text);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_release_still_says_what_it_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
