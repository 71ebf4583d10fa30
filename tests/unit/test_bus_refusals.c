/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bus: who is refused again and again, and for how long. */

#include "support/near.h"

#include "bus/refusals.h"
#include "kor/base/compiler.h"

static void
refuse(struct kor_refusals *refusals, int64_t key, int n, int64_t now_ms)
{
    for (int i = 0; i < n; i++) {
        kor_refusals_count(refusals, key, KOR_FORBIDDEN, now_ms);
    }
}

static void
a_key_has_its_share_of_refusals_a_minute(void **state)
{
    (void)state;
    struct kor_refusals *refusals = kor_refusals_new();
    assert_false(kor_refusals_is_over(refusals, 7, 5000));
    refuse(refusals, 7, KOR_MAX_REFUSED - 1, 5000);
    assert_false(kor_refusals_is_over(refusals, 7, 6000));
    refuse(refusals, 7, 1, 30000);
    assert_true(kor_refusals_is_over(refusals, 7, 30000));
    assert_false(kor_refusals_is_over(refusals, 8, 30000)); /* Its own. */
    assert_true(kor_refusals_is_over(refusals, 7, 64999));
    /* A minute after the first, and not after the last. */
    assert_false(kor_refusals_is_over(refusals, 7, 65000));
    refuse(refusals, 7, KOR_MAX_REFUSED - 1, 65000);
    assert_false(kor_refusals_is_over(refusals, 7, 65000));
    kor_refusals_free(refusals);
}

static void
what_is_no_fault_of_the_key_does_not_count(void **state)
{
    (void)state;
    static const enum kor_code others[] = {KOR_OK, KOR_BUSY, KOR_NOT_STORED,
                                           KOR_UNCERTAIN, KOR_CORRUPT,
                                           KOR_INTERNAL};
    struct kor_refusals *refusals = kor_refusals_new();
    for (int i = 0; i < KOR_MAX_REFUSED; i++) {
        for (size_t k = 0; k < KOR_LENGTH(others); k++) {
            kor_refusals_count(refusals, 7, others[k], 1000);
        }
    }
    assert_false(kor_refusals_is_over(refusals, 7, 1000));
    kor_refusals_free(refusals);
    kor_refusals_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_has_its_share_of_refusals_a_minute),
        cmocka_unit_test(what_is_no_fault_of_the_key_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
