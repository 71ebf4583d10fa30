/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Codes: see kor/base/code.h. */

#include "kor/base/code.h"

#include <stddef.h>
#include <string.h>

#include "kor/base/compiler.h"

struct row {
    enum kor_code code;
    int exit_status;
    const char *wire;
    const char *text;
};

static const struct row rows[] = {
#define KOR_CODE(name, number, exit_status, wire, text)                       \
    {KOR_##name, exit_status, wire, text},
#include "kor/base/code.def"
#undef KOR_CODE
};

static const struct row *
find(enum kor_code code)
{
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        if (rows[i].code == code) {
            return &rows[i];
        }
    }
    return find(KOR_INTERNAL);
}

const char *
kor_code_text(enum kor_code code)
{
    return find(code)->text;
}

const char *
kor_code_wire(enum kor_code code)
{
    return find(code)->wire;
}

enum kor_code
kor_code_from_wire(const char *wire)
{
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        if (!strcmp(rows[i].wire, wire)) {
            return rows[i].code;
        }
    }
    return KOR_INTERNAL;
}

int
kor_code_exit(enum kor_code code)
{
    return find(code)->exit_status;
}
