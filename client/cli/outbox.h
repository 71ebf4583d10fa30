/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_OUTBOX_H
#define CLIENT_CLI_OUTBOX_H 1

#include "cli/cli.h"
#include "lib/delivery.h"

/* When 'entry' was entered, in the zone of this machine; "" if its file does
 * not tell.  Returns 'text'. */
#define CLI_ENTERED_SIZE 24
char *cli_entered(const struct kor_outbox_entry *entry,
                  char text[CLI_ENTERED_SIZE]);

/* Delivers what waits, and also what was refused before if 'tries_refused',
 * and tells what the daemon says of each: in full or, with 'is_brief', a
 * remark each on standard error.  What became of all stands in 'delivery'. */
KOR_NODISCARD enum kor_code cli_deliver(struct cli *cli,
                                        struct kor_outbox *outbox,
                                        bool tries_refused, bool is_brief,
                                        struct kor_delivery *delivery);

/* Asks for 'record' behind whatever waits in the outbox.  If the daemon is
 * away or cannot store it now, it is kept there: KOR_KEPT, with a sentence
 * that says so; where it cannot be kept either, the error says both.  Then
 * what asks for attention now is told without the daemon, as far as the scales
 * that come with kor can tell, and so is what will not be accepted. */
KOR_NODISCARD enum kor_code
cli_record_or_keep(struct cli *cli, const struct kor_msg_record *record,
                   struct kor_msg_recorded *recorded);

/* Remarks what waits or was refused, if anything: it is in no answer. */
void cli_remark_outbox(struct cli *cli);

#endif /* client/cli/outbox.h */
