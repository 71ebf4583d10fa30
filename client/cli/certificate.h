/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_CERTIFICATE_H
#define CLIENT_CLI_CERTIFICATE_H 1

#include "cli/cli.h"
#include "kor/define/course.h"

/* The birth certificate of a course, in words: whom it is for, what it was
 * made from, and how many scores its range held. */
void cli_print_certificate(const struct cli *cli,
                           const struct kor_course_record *record);

/* The course in 'text', which is a certificate, a model, or what 'course show
 * --json' prints with the certificate in it, as JSON by itself; the caller
 * frees it.  Null if 'text' is no JSON. */
char *cli_certificate_in(const char *text, size_t size);

#endif /* client/cli/certificate.h */
