/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fuzzer started from, and all that it ever found, once more. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/file.h"
#include "support/corpus.h"
#include "fuzz/fuzz_request.c"

#define CORPUS "tests/fuzz/corpus/request"

static void
every_file_of_the_corpus_is_survived(void **state)
{
    (void)state;
    assert_true(corpus_replay(CORPUS, LLVMFuzzerTestOneInput)
                >= KOR_N_VERBS);
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
        snprintf(path, sizeof path, CORPUS "/%s",
                 kor_verb_info((enum kor_verb)i)->wire);
        for (char *p = path + strlen(CORPUS); *p; p++) {
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_of_the_corpus_is_survived),
        cmocka_unit_test(the_corpus_has_a_request_of_every_verb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
