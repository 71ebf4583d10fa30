/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line a minute: see bus/seldom.h. */

#include "bus/seldom.h"

bool
kor_seldom(struct kor_seldom *seldom, int64_t now_ms, unsigned *n)
{
    seldom->n++;
    if (now_ms < seldom->next_ms) {
        return false;
    }
    *n = seldom->n;
    seldom->n = 0;
    seldom->next_ms = now_ms + KOR_SELDOM_MS;
    return true;
}
