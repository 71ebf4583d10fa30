/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Raters: see kor/define/rater.h. */

#include "kor/define/rater.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
    [KOR_ROLE_ANY] = "any",
    [KOR_ROLE_CLIENT] = "client",
    [KOR_ROLE_PARENT] = "parent",
    [KOR_ROLE_PARTNER] = "partner",
    [KOR_ROLE_TEACHER] = "teacher",
    [KOR_ROLE_COORDINATOR] = "coordinator",
    [KOR_ROLE_THERAPIST] = "therapist",
};

const char *
kor_role_name(enum kor_role role)
{
    return names[role];
}

/* Stores the role that 'name' is the word for, "any" not among them. */
static bool
role_from(const char *name, enum kor_role *role)
{
    for (size_t i = KOR_ROLE_CLIENT; i < KOR_LENGTH(names); i++) {
        if (!strcmp(names[i], name)) {
            *role = (enum kor_role)i;
            return true;
        }
    }
    return false;
}

enum kor_code
kor_rater_parse(const char *text, struct kor_rater *rater,
                struct kor_err *err)
{
    char word[KOR_RATER_SIZE];
    size_t len = strlen(text);
    if (len > 0 && len < sizeof word) {
        struct kor_rater read = {.number = 1};
        memcpy(word, text, len + 1);
        char last = word[len - 1];
        if (last >= '1' && last <= '0' + KOR_MAX_RATER_NUMBER) {
            read.number = last - '0';
            word[len - 1] = '\0';
        }
        if (role_from(word, &read.role)) {
            *rater = read;
            return KOR_OK;
        }
    }
    return kor_fail(err, KOR_BAD_VALUE, "rater",
                    "the rater '%.20s' is not known: write client, parent, "
                    "partner, teacher, coordinator or therapist, with a "
                    "number from 1 to %d where there are several",
                    text, KOR_MAX_RATER_NUMBER);
}

char *
kor_rater_format(const struct kor_rater *rater, char text[KOR_RATER_SIZE])
{
    if (rater->number == 1 && rater->role != KOR_ROLE_PARENT) {
        snprintf(text, KOR_RATER_SIZE, "%s", names[rater->role]);
    } else {
        snprintf(text, KOR_RATER_SIZE, "%s%d", names[rater->role],
                 rater->number);
    }
    return text;
}
