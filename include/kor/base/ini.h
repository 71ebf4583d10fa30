/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_INI_H
#define KOR_BASE_INI_H 1

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"

/* Configuration: INI files held against a table of the keys that there are.
 *
 * Fill the members with their defaults, describe them in a table, and call
 * kor_ini_read().  A key that the table does not name, a key given twice, a
 * value outside its limits and a line of more than about 190 bytes are refused
 * with the number of the line. */

/* One key and where its value goes. */
struct kor_ini_key {
    const char *section;
    const char *name;
    char *text;       /* For a text: where to, else null. */
    size_t text_size; /* Its bytes, terminator included. */
    int64_t *number;  /* For a whole number: where to, else null. */
    int64_t min, max; /* Its limits. */
};

/* Reads the file 'path', at most 64 KiB, against the 'n' keys, at most 64.
 * Returns KOR_CONFIG with the key as field, or what kor_file_read() returns if
 * it cannot be read; some members may then be set. */
KOR_NODISCARD enum kor_code kor_ini_read(const char *path,
                                         const struct kor_ini_key keys[],
                                         size_t n, struct kor_err *err);

#endif /* kor/base/ini.h */
