/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_LEDGER_H
#define TESTS_SUPPORT_LEDGER_H 1

/* Ledger: what was asked to be stored, and what was acknowledged; and a look
 * into the database whether it is there, once.
 *
 * A request is told by its serial, from which its id, its client and its score
 * follow: LEDGER_BLOCK serials are one client, the first opens the episode
 * and each of the others records one session.  So the same serial is the same
 * request again, and what it must have left is known without asking.
 *
 *     int serial = ledger_take(ledger);
 *     zmq_send(..., ledger_frame(ledger, serial, frame), ...);
 *     ledger_hear(ledger, reply, torture, &serial);
 *     ledger_check(ledger, path, NULL, true, torture); */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/code.h"
#include "support/clinic.h"
#include "support/torture.h"

#define LEDGER_BLOCK 50

struct ledger;

/* Makes an empty ledger, or one that knows what another knows; frees one. */
struct ledger *ledger_new(void);
struct ledger *ledger_copy(const struct ledger *ledger);
void ledger_free(struct ledger *ledger);

/* Takes the next LEDGER_BLOCK serials and returns the first. */
int ledger_take(struct ledger *ledger);

/* Writes the request of 'serial' and returns it; it counts as asked. */
char *ledger_frame(struct ledger *ledger, int serial,
                   char frame[CLINIC_FRAME_SIZE]);

/* Notes the reply that came.  An "ok" acknowledges its request for ever; if
 * it was acknowledged before, it must be the same text again, or 'torture'
 * has a loss.  Stores whose reply it was in '*serial' and returns its code. */
enum kor_code ledger_hear(struct ledger *ledger, const struct kor_buf *reply,
                          struct torture *torture, int *serial);

bool ledger_is_acknowledged(const struct ledger *ledger, int serial);

/* How many are acknowledged. */
int64_t ledger_count(const struct ledger *ledger);

/* Looks into the database 'path' through 'vfs' (null: the system's), beside
 * whoever uses it: every acknowledged request is there once, nothing is there
 * that was not asked for or that is there twice, and the file is whole.  With
 * 'is_settled' nothing else may be there than what was acknowledged.  What is
 * not so is a loss. */
void ledger_check(const struct ledger *ledger, const char *path,
                  const char *vfs, bool is_settled, struct torture *torture);

#endif /* tests/support/ledger.h */
