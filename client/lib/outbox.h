/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_OUTBOX_H
#define CLIENT_LIB_OUTBOX_H 1

#include "kor/client/client.h"
#include "lib/outbox_file.h"

/* Outbox: entries that wait on this machine until the daemon is back.
 *
 * Each is a file of its own (outbox_file.h), closed with the server's public
 * key: whoever gets hold of the disk learns how many wait and since when, and
 * nothing else.  They lie in
 *
 *     $KOR_OUTBOX, else $XDG_STATE_HOME/kor/outbox, else
 *     ~/.local/state/kor/outbox
 *
 * in a folder for each pair of server key and own key, since ids and rights
 * belong to a key; what is there of other keys is counted and not touched.
 *
 * What kor_outbox_keep() has taken outlasts a power cut.  Entries are in the
 * order in which they were kept, whatever the clock said: their files are
 * numbered.  Several processes may use one outbox: changes go under a lock,
 * and kor_outbox_begin() lets one of them at a time deliver.
 *
 * Times are by the clock of the client's machine. */

#define KOR_OUTBOX_MOST 1000 /* Entries of one folder. */
#define KOR_OUTBOX_MOST_BYTES (64 * 1024 * 1024)

struct kor_outbox;

/* Makes the outbox of 'place' and stores it in '*outboxp'; no file is made
 * yet.  'clock' is borrowed.  Returns KOR_CONFIG if nothing says where it
 * should lie, or a key of the place is none.  Free it with
 * kor_outbox_free(), which accepts null. */
KOR_NODISCARD enum kor_code kor_outbox_open(const struct kor_place *place,
                                            const struct kor_clock *clock,
                                            struct kor_outbox **outboxp,
                                            struct kor_err *err);
void kor_outbox_free(struct kor_outbox *outbox);

/* True if a question that ended with 'code' is better kept and asked again
 * later: it may be stored or not, or the daemon cannot store just now. */
bool kor_outbox_is_passing(enum kor_code code);

/* Keeps 'question' behind all others, as entered now, and stores how many
 * wait, itself among them, in '*n_waiting'.  On failure nothing is kept:
 * KOR_TOO_LARGE if it or the outbox is, KOR_BUSY if another process holds the
 * lock for long, KOR_CANNOT_CREATE or KOR_IO if it cannot be written. */
KOR_NODISCARD enum kor_code
kor_outbox_keep(struct kor_outbox *outbox, const struct kor_question *question,
                size_t *n_waiting, struct kor_err *err);

/* Stores all entries, in order, in '*entries' (to be freed) and their number
 * in '*n'.  A file that is not what was written is "damaged", with the id of
 * its name alone. */
KOR_NODISCARD enum kor_code
kor_outbox_list(struct kor_outbox *outbox, struct kor_outbox_entry **entries,
                size_t *n, struct kor_err *err);

/* How many of the 'n' 'entries' are in that state. */
size_t kor_outbox_count(const struct kor_outbox_entry entries[], size_t n,
                        const char *state);

/* How many entries lie in the folders of other keys. */
size_t kor_outbox_elsewhere(struct kor_outbox *outbox);

/* Takes the lock of those who deliver and drop; waits at most 30 s for it,
 * then KOR_BUSY.  Let go of it with kor_outbox_end(). */
KOR_NODISCARD enum kor_code kor_outbox_begin(struct kor_outbox *outbox,
                                             struct kor_err *err);
void kor_outbox_end(struct kor_outbox *outbox);

/* Adds the frame that delivers 'entry' to 'out', with the age it has now.
 * KOR_NOT_FOUND if it has gone, KOR_CORRUPT if its file is damaged. */
KOR_NODISCARD enum kor_code
kor_outbox_frame(struct kor_outbox *outbox,
                 const struct kor_outbox_entry *entry, struct kor_buf *out,
                 struct kor_err *err);

/* Removes 'entry'; KOR_NOT_FOUND if it has gone. */
KOR_NODISCARD enum kor_code
kor_outbox_remove(struct kor_outbox *outbox,
                  const struct kor_outbox_entry *entry, struct kor_err *err);

/* Notes that the daemon refused 'entry' as '*why' says, of which code and
 * field are kept and no sentence, since that may name scores. */
KOR_NODISCARD enum kor_code
kor_outbox_refuse(struct kor_outbox *outbox,
                  const struct kor_outbox_entry *entry,
                  const struct kor_err *why, struct kor_err *err);

#endif /* client/lib/outbox.h */
