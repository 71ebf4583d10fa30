/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_TEMP_H
#define TESTS_SUPPORT_TEMP_H 1

#include <stddef.h>

/* A file that is gone when the test is over. */

#define TEMP_SIZE 64

/* Makes a file of 'size' bytes; its path goes to 'path'. */
void temp_file(char path[TEMP_SIZE], const void *bytes, size_t size);

/* Removes it, with what a store leaves beside it if it is a database. */
void temp_remove(const char *path);

#endif /* tests/support/temp.h */
