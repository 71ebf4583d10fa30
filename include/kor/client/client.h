/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_CLIENT_CLIENT_H
#define KOR_CLIENT_CLIENT_H 1

#include <stdint.h>

#include "kor/base/clock.h"
#include "kor/base/uuid.h"
#include "kor/client/place.h"
#include "kor/wire/envelope.h"

/* Client: asks the daemon, one question at a time.
 *
 * Order of calls: kor_place_load(), kor_client_new(), kor_client_ask() as
 * often as needed, kor_client_free().
 *
 * A question gets a request id (UUID version 7) of its own.  If no answer
 * comes in time, the socket is closed and opened again, and the same bytes
 * are sent once more: since the id is the same, the daemon does nothing twice
 * (the "lazy pirate" of the ZeroMQ guide).  After the last try the error is
 * KOR_AWAY; for a question that writes this means that nobody knows whether
 * it was stored.  Answers to other questions are dropped.
 *
 * CURVE always.  A client is used from one thread. */

struct kor_client;

/* How a client works.  Begin with kor_client_options_default(). */
struct kor_client_options {
    enum kor_lang lang;              /* Of texts and errors in the answers. */
    int64_t wait_ms;                 /* For one try; 0: by the verb, 5 s, and
                                        60 s for what may take long. */
    int tries;                       /* At most so many: 3. */
    int stop_fd;                     /* Readable: give up now; -1: none. */
    const struct kor_clock *clock;   /* Borrowed. */
    const struct kor_random *random; /* Borrowed. */
};

/* The values named above, with the clock and the randomness of the system. */
struct kor_client_options kor_client_options_default(void);

/* Makes a client of the daemon at 'place' (copied) and stores it in
 * '*clientp'.  Nothing is sent yet, so it succeeds while the daemon is away.
 * Free it with kor_client_free(). */
KOR_NODISCARD enum kor_code
kor_client_new(const struct kor_place *place,
               const struct kor_client_options *options,
               struct kor_client **clientp, struct kor_err *err);

/* Closes and frees 'client'; null is accepted. */
void kor_client_free(struct kor_client *client);

/* Asks for 'verb'.  'request' is the struct of the verb's request message
 * (kor_verb_info()), 'reply' that of its reply message, to be ended with
 * kor_message_done() after KOR_OK and only then.
 *
 * Errors: what the daemon refused, in its words; KOR_AWAY if nobody answers;
 * KOR_FORBIDDEN if this key is not admitted; KOR_CONFIG if whoever answers
 * does not hold the server key of the place; KOR_TOO_LARGE if the request is;
 * KOR_PROTOCOL_ERROR if the answer is not understood. */
KOR_NODISCARD enum kor_code kor_client_ask(struct kor_client *client,
                                           enum kor_verb verb,
                                           const void *request, void *reply,
                                           struct kor_err *err);

/* A question as it goes over the wire, for those who have to ask it again
 * another day: what was asked with an id is stored once under it, however
 * often it is asked. */
struct kor_question {
    enum kor_verb verb;
    char id[KOR_UUID_TEXT_SIZE];
    struct kor_buf frame;    /* At most KOR_MAX_REQUEST_SIZE bytes. */
    bool is_answered;        /* By kor_client_put(): the daemon answered, */
    enum kor_code answer;    /* and so. */
};

/* Makes a question with a new id.  End with kor_question_done(). */
void kor_client_question(const struct kor_client *client, enum kor_verb verb,
                         const void *request, struct kor_question *question);

/* Frees what 'question' holds; accepts one of zeros. */
void kor_question_done(struct kor_question *question);

/* Asks 'question', like kor_client_ask().  Where it fails,
 * question->is_answered tells a refusal by the daemon from what went wrong
 * before, and question->answer an answer that was not understood from one
 * that was no. */
KOR_NODISCARD enum kor_code kor_client_put(struct kor_client *client,
                                           struct kor_question *question,
                                           void *reply, struct kor_err *err);

#endif /* kor/client/client.h */
