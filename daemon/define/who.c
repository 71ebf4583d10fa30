/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who somebody is, for a cut-off: see kor/define/who.h. */

#include "kor/define/who.h"

#include <string.h>

static const char *const genders[] = {
    [KOR_GENDER_UNKNOWN] = "unknown",
    [KOR_GENDER_FEMALE] = "female",
    [KOR_GENDER_MALE] = "male",
    [KOR_GENDER_OTHER] = "other",
};

bool
kor_gender_from(const char *name, enum kor_gender *gender)
{
    for (size_t i = 0; i < KOR_LENGTH(genders); i++) {
        if (!strcmp(genders[i], name)) {
            *gender = (enum kor_gender)i;
            return true;
        }
    }
    return false;
}

bool
kor_language_valid(const char *name)
{
    size_t len = strlen(name);
    return (len == 2 || len == 3)
        && strspn(name, "abcdefghijklmnopqrstuvwxyz") == len;
}
