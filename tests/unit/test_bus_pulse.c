/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bus: when the watcher is told that the daemon lives. */

#include "support/near.h"

#include "bus/pulse.h"

static void
nobody_watching_means_no_questions(void **state)
{
    (void)state;
    struct kor_pulse pulse;
    kor_pulse_init(&pulse, 0, 5000);
    kor_pulse_read(&pulse);
    kor_pulse_wrote(&pulse);
    assert_false(kor_pulse_is_asking(&pulse, 1000000));
    assert_false(kor_pulse_beats(&pulse, 1000000));
    assert_int_equal(kor_pulse_wait_ms(&pulse, 1000000, 1000), 1000);
}

static void
it_beats_when_both_have_answered_and_not_before_it_is_due(void **state)
{
    (void)state;
    struct kor_pulse pulse;
    kor_pulse_init(&pulse, 100, 5000);
    assert_false(kor_pulse_is_asking(&pulse, 5099));
    kor_pulse_read(&pulse);
    kor_pulse_wrote(&pulse);
    assert_false(kor_pulse_beats(&pulse, 5099));
    assert_true(kor_pulse_is_asking(&pulse, 5100));
    /* What was answered before it was due does not count. */
    assert_false(kor_pulse_beats(&pulse, 5101));
    kor_pulse_read(&pulse);
    assert_false(kor_pulse_is_asking(&pulse, 5102));
    assert_false(kor_pulse_beats(&pulse, 5102));
    kor_pulse_wrote(&pulse);
    assert_true(kor_pulse_beats(&pulse, 5103));
    assert_false(kor_pulse_beats(&pulse, 5104));
    assert_false(kor_pulse_is_asking(&pulse, 5202));
    assert_true(kor_pulse_is_asking(&pulse, 5203));
}

static void
one_that_hangs_ends_the_beats_for_good(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct kor_pulse pulse;
        kor_pulse_init(&pulse, 100, 0);
        for (int64_t at_ms = 0; at_ms < 100000; at_ms += 7) {
            (void)kor_pulse_is_asking(&pulse, at_ms);
            (i ? kor_pulse_read : kor_pulse_wrote)(&pulse);
            assert_false(kor_pulse_beats(&pulse, at_ms));
        }
        (i ? kor_pulse_wrote : kor_pulse_read)(&pulse);
        assert_true(kor_pulse_beats(&pulse, 100000));
    }
}

static void
the_loop_waits_no_longer_than_until_it_is_due(void **state)
{
    (void)state;
    struct kor_pulse pulse;
    kor_pulse_init(&pulse, 300, 1000);
    assert_int_equal(kor_pulse_wait_ms(&pulse, 1000, 1000), 300);
    assert_int_equal(kor_pulse_wait_ms(&pulse, 1000, 200), 200);
    assert_int_equal(kor_pulse_wait_ms(&pulse, 1250, 1000), 50);
    assert_int_equal(kor_pulse_wait_ms(&pulse, 9000, 1000), 0);
    (void)kor_pulse_is_asking(&pulse, 9000);
    assert_int_equal(kor_pulse_wait_ms(&pulse, 9000, 1000), 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_watching_means_no_questions),
        cmocka_unit_test(
            it_beats_when_both_have_answered_and_not_before_it_is_due),
        cmocka_unit_test(one_that_hangs_ends_the_beats_for_good),
        cmocka_unit_test(the_loop_waits_no_longer_than_until_it_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
