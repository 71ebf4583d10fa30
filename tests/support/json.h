/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SUPPORT_JSON_H
#define SUPPORT_JSON_H 1

/* JSON as tests write it: with ' in the place of ". */

/* Makes JSON of the text, in its place; returns it. */
char *json_quote(char *text);

/* The same as a copy, on the heap. */
char *json_text(const char *text);

/* 'whole' with 'from' replaced by 'to' once, on the heap.  Ends the test if
 * 'from' is not in it. */
char *json_changed(const char *whole, const char *from, const char *to);

#endif /* support/json.h */
