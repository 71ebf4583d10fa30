/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs of life: see bus/pulse.h. */

#include "bus/pulse.h"

void
kor_pulse_init(struct kor_pulse *pulse, int64_t every_ms, int64_t now_ms)
{
    *pulse = (struct kor_pulse){.every_ms = every_ms,
                                .due_ms = now_ms + every_ms};
}

bool
kor_pulse_is_asking(struct kor_pulse *pulse, int64_t now_ms)
{
    if (pulse->every_ms > 0 && !pulse->is_asking && now_ms >= pulse->due_ms) {
        pulse->is_asking = true;
        pulse->has_read = false;
        pulse->has_written = false;
    }
    return pulse->is_asking && !pulse->has_read;
}

void
kor_pulse_read(struct kor_pulse *pulse)
{
    pulse->has_read = true;
}

void
kor_pulse_wrote(struct kor_pulse *pulse)
{
    pulse->has_written = true;
}

bool
kor_pulse_beats(struct kor_pulse *pulse, int64_t now_ms)
{
    if (!pulse->is_asking || !pulse->has_read || !pulse->has_written) {
        return false;
    }
    pulse->is_asking = false;
    pulse->due_ms = now_ms + pulse->every_ms;
    return true;
}

int
kor_pulse_wait_ms(const struct kor_pulse *pulse, int64_t now_ms, int most_ms)
{
    if (pulse->every_ms == 0 || pulse->is_asking) {
        return most_ms; /* An answer wakes the loop. */
    }
    int64_t left_ms = pulse->due_ms - now_ms;
    return left_ms < 0 ? 0 : left_ms < most_ms ? (int)left_ms : most_ms;
}
