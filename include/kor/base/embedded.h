/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_EMBEDDED_H
#define KOR_BASE_EMBEDDED_H 1

/* A text file of the source tree that the build put into the program
 * (embed.awk).  A table of them ends with a row whose name is null. */
struct kor_embedded {
    const char *name; /* File name without folder and ending. */
    const char *text; /* The whole file, terminated. */
};

#endif /* kor/base/embedded.h */
