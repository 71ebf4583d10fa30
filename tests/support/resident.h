/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_RESIDENT_H
#define TESTS_SUPPORT_RESIDENT_H 1

/* Resident memory of this process, in KiB; a bus that it runs is a part of
 * it. */
long resident_kib(void);

#endif /* tests/support/resident.h */
