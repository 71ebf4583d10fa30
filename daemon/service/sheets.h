/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_SHEETS_H
#define SERVICE_SHEETS_H 1

/* What a sheet that was filled in says, for whoever reads it. */

#include "service/handlers.h"
#include "store/sheet.h"

#define KOR_MAX_TICKS 1000 /* Of a version, as in the message. */

/* Fills the message about a sheet of the timeline's episode: what has to be
 * talked about, where it stands and, if 'is_whole', what was answered with
 * sums and counts, signatures
 * and copies. */
KOR_NODISCARD enum kor_code
kor_sheet_message(struct kor_context *context,
                  const struct kor_timeline *timeline,
                  const struct kor_sheet *sheet, bool is_whole,
                  struct kor_msg_sheet *out);

/* Adds all sheets of an episode, in all versions, to the file of a person. */
KOR_NODISCARD enum kor_code
kor_sheets_of_person(struct kor_context *context, const char *code,
                     int32_t episode, struct kor_msg_person_file *out);

#endif /* service/sheets.h */
