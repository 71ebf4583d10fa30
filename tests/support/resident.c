/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory of this process: see resident.h. */

#include "support/resident.h"

#include <stdio.h>

#include "support/near.h"

long
resident_kib(void)
{
    long kib = 0;
    char text[256];
    FILE *file = fopen("/proc/self/status", "re");
    assert_non_null(file);
    while (fgets(text, sizeof text, file)
           && sscanf(text, "VmRSS: %ld", &kib) != 1) {
    }
    fclose(file);
    return kib;
}
