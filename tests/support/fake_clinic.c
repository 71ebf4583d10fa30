/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A daemon for the outbox: see fake_clinic.h. */

#include "support/fake_clinic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/base/alloc.h"
#include "kor/client/place.h"
#include "support/near.h"

#define RECORDED                                                              \
    "{\"code\":\"VCCG-CV7W\",\"episode\":1,\"session\":4,"                    \
    "\"date\":\"2026-10-22\",\"status\":\"held\"}"

static void
open_frame(struct fake_clinic *clinic, const char *frame, size_t size)
{
    struct kor_sealed sealed;
    struct kor_buf plain = {0};
    clinic->is_sealed = kor_is_sealed(frame, size);
    clinic->age_ms = 0;
    if (!clinic->is_sealed) {
        kor_buf_add(&plain, frame, size);
    } else if (kor_sealed_read(frame, size, &sealed)
               && kor_unseal(&sealed, clinic->public_key, clinic->secret_key,
                             &plain)) {
        clinic->age_ms = sealed.age_ms;
    }
    snprintf(clinic->text, sizeof clinic->text, "%s", kor_buf_text(&plain));
    kor_buf_done(&plain);
}

static bool
is_stored(const struct fake_clinic *clinic, const char *id)
{
    for (int i = 0; i < clinic->n_stored; i++) {
        if (!strcmp(clinic->stored[i], id)) {
            return true;
        }
    }
    return false;
}

/* How the request in clinic->text ends. */
static enum kor_code
decide(struct fake_clinic *clinic, const char *id, struct kor_err *err)
{
    if (clinic->refusal != KOR_OK) {
        return kor_fail(err, clinic->refusal, NULL, "not now");
    }
    if (clinic->refused[0] && strstr(clinic->text, clinic->refused)) {
        return kor_fail(err, KOR_BAD_VALUE, "answers[0].values",
                        FAKE_CLINIC_REFUSAL);
    }
    if (!is_stored(clinic, id)) {
        snprintf(clinic->stored[clinic->n_stored++], KOR_UUID_TEXT_SIZE,
                 "%s", id);
    } else if (clinic->has_forgotten) {
        return kor_fail(err, KOR_DUPLICATE, "id", "long ago");
    }
    return KOR_OK;
}

static void
answer(void *user, int n, const char *frame, size_t size,
       struct kor_buf *reply)
{
    struct fake_clinic *clinic = user;
    struct kor_err err;
    char id[KOR_UUID_TEXT_SIZE], verb[32];
    (void)n;
    kor_err_init(&err, KOR_EN);
    open_frame(clinic, frame, size);
    fake_kord_member(clinic->text, strlen(clinic->text), "id", id, sizeof id);
    fake_kord_member(clinic->text, strlen(clinic->text), "verb", verb,
                     sizeof verb);
    enum kor_code code
        = strcmp(verb, "record") ? KOR_OK : decide(clinic, id, &err);
    clinic->n_asked++;
    if (clinic->is_silent) {
        return;
    }
    if (code != KOR_OK) {
        kor_refusal_encode(id, &err, reply);
    } else if (!strcmp(verb, "record")) {
        kor_reply_encode(id, RECORDED, reply);
    } else {
        kor_reply_encode(id, "{\"clients\":[]}", reply);
    }
}

/* A folder beside the daemon's, which leads nowhere. */
static void
make_away(struct fake_clinic *clinic)
{
    char path[256];
    struct kor_place place;
    assert_int_equal(kor_place_load(fake_kord_folder(clinic->kord), NULL,
                                    &place, NULL), KOR_OK);
    assert_non_null(zmq_z85_decode(clinic->public_key, place.server));
    assert_non_null(zmq_z85_decode(clinic->secret_key,
                                   fake_kord_secret(clinic->kord)));
    snprintf(clinic->away, sizeof clinic->away, "/tmp/kor-away-XXXXXX");
    assert_non_null(mkdtemp(clinic->away));
    snprintf(path, sizeof path, "%s/client.ini", clinic->away);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[kor]\nendpoint = ipc://%s/kord.sock\nfeed = ipc://x\n"
                  "server = %s\nkey = %s/own.key\n",
            clinic->away, place.server, fake_kord_folder(clinic->kord));
    assert_int_equal(fclose(file), 0);
}

struct fake_clinic *
fake_clinic_new(void)
{
    struct fake_clinic *clinic = kor_alloc(sizeof *clinic);
    clinic->kord = fake_kord_start(answer, clinic, true);
    make_away(clinic);
    return clinic;
}

void
fake_clinic_free(struct fake_clinic *clinic)
{
    char path[256];
    snprintf(path, sizeof path, "%s/client.ini", clinic->away);
    (void)unlink(path);
    (void)rmdir(clinic->away);
    fake_kord_stop(clinic->kord);
    free(clinic);
}

const char *
fake_clinic_folder(const struct fake_clinic *clinic)
{
    return fake_kord_folder(clinic->kord);
}
