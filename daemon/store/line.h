/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_LINE_H
#define STORE_LINE_H 1

/* A line that people write: its characters, and the bytes that hold so many
 * with the terminator. */
#define KOR_LINE_CHARACTERS 200
#define KOR_LINE_SIZE (4 * KOR_LINE_CHARACTERS + 1)

#endif /* store/line.h */
