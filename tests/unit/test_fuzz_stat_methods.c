/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fuzzer of the methods for groups and turning points started
 * from, and all that it ever found, once more. */

#include "support/near.h"

#include "support/corpus.h"
#include "fuzz/fuzz_stat_methods.c"

#define CORPUS "tests/fuzz/corpus/stat_methods"

static void
every_file_of_the_corpus_is_survived(void **state)
{
    (void)state;
    assert_true(corpus_replay(CORPUS, LLVMFuzzerTestOneInput) >= 20);
}

static void
so_are_files_much_like_them(void **state)
{
    (void)state;
    corpus_shake(CORPUS, LLVMFuzzerTestOneInput, 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_of_the_corpus_is_survived),
        cmocka_unit_test(so_are_files_much_like_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
