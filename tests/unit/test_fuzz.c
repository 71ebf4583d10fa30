/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fuzzers started from, and all that they ever found, once more; and
 * files much like these. */

#include "support/near.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/file.h"
#include "kor/wire/envelope.h"
#include "support/corpus.h"

#define FOLDER "tests/fuzz/corpus/"
#define SHAKEN 30 /* Times that each file is changed. */

#define TARGET(name) corpus_target fuzz_##name;
#include "fuzz/targets.def"
#undef TARGET

struct target {
    const char *folder;
    corpus_target *target;
};

static const struct target targets[] = {
#define TARGET(name) {FOLDER #name, fuzz_##name},
#include "fuzz/targets.def"
#undef TARGET
};

static void
what_was_kept_is_survived(void **state)
{
    const struct target *target = *state;
    assert_true(corpus_replay(target->folder, target->target) >= 5);
}

static void
so_are_files_much_like_it(void **state)
{
    const struct target *target = *state;
    corpus_shake(target->folder, target->target, SHAKEN);
}

/* How many entries 'folder' has that begin with 'prefix'. */
static size_t
count(const char *folder, const char *prefix)
{
    DIR *files = opendir(folder);
    const struct dirent *entry;
    size_t n = 0;
    assert_non_null(files);
    while ((entry = readdir(files))) {
        n += entry->d_name[0] != '.'
          && !strncmp(entry->d_name, prefix, strlen(prefix));
    }
    closedir(files);
    return n;
}

/* A target that is in no table would be run by nobody. */
static void
every_target_is_here(void **state)
{
    (void)state;
    assert_int_equal(count("tests/fuzz", "fuzz_"), KOR_LENGTH(targets));
    assert_int_equal(count("tests/fuzz/corpus", ""), KOR_LENGTH(targets));
}

/* A file with the name of each verb, '-' for '.', and it is understood. */
static void
the_corpus_has_a_request_of_every_verb(void **state)
{
    (void)state;
    for (int i = 0; i < KOR_N_VERBS; i++) {
        char path[128];
        struct kor_buf bytes = {0};
        struct kor_request request;
        snprintf(path, sizeof path, FOLDER "request/%s",
                 kor_verb_info((enum kor_verb)i)->wire);
        for (char *p = path + strlen(FOLDER); *p; p++) {
            *p = *p == '.' ? '-' : *p;
        }
        assert_int_equal(kor_file_read(path, 1 << 20, &bytes, NULL), KOR_OK);
        assert_int_equal(kor_request_decode(bytes.text, bytes.size, KOR_EN,
                                            &request, NULL),
                         KOR_OK);
        assert_int_equal(request.verb, i);
        kor_request_done(&request);
        kor_buf_done(&bytes);
    }
}

int
main(void)
{
    enum { n = KOR_LENGTH(targets) };
    struct CMUnitTest tests[2 * n + 2] = {
        [2 * n] = cmocka_unit_test(every_target_is_here),
        [2 * n + 1] = cmocka_unit_test(the_corpus_has_a_request_of_every_verb),
    };
    for (size_t i = 0; i < n; i++) {
        void *target = (void *)(uintptr_t)&targets[i];
        tests[2 * i] = (struct CMUnitTest)cmocka_unit_test_prestate(
            what_was_kept_is_survived, target);
        tests[2 * i + 1] = (struct CMUnitTest)cmocka_unit_test_prestate(
            so_are_files_much_like_it, target);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
