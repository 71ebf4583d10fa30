/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a client can be reached: closed in the file with the clinic's key, and
 * told to few.  Nobody who answers under a code without a name has any. */

#include <string.h>

#include <sodium.h>

#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "store/label.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

/* Person and kind go into the seal: an address that was put to another person
 * does not open. */
struct seal_data {
    int64_t person_id;
    char kind[8];
};

static struct seal_data
data_of(int64_t person_id, const char *kind)
{
    struct seal_data data;
    memset(&data, 0, sizeof data);
    data.person_id = person_id;
    kor_utf8_copy(data.kind, sizeof data.kind, kind);
    return data;
}

static enum kor_code
put(struct kor_context *context, int64_t person_id, const char *kind,
    const char *text)
{
    const struct kor_clinic *clinic = context->desk->clinic;
    const struct seal_data data = data_of(person_id, kind);
    uint8_t sealed[KOR_CONTACT_MAX_SIZE];
    size_t len = strlen(text);
    if (len == 0) {
        return KOR_OK;
    }
    if (!strcmp(text, "-")) {
        return kor_store_contact_put(context->desk->store, person_id, kind,
                                     NULL, 0, context->err);
    }
    clinic->random->fill(clinic->random, sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed + NONCE, NULL, (const unsigned char *)text, len,
        (const unsigned char *)&data, sizeof data, NULL, sealed,
        clinic->contact_key);
    return kor_store_contact_put(context->desk->store, person_id, kind,
                                 sealed, NONCE + len + TAG, context->err);
}

static enum kor_code
get(struct kor_context *context, int64_t person_id, const char *kind,
    char *text, size_t size)
{
    const struct seal_data data = data_of(person_id, kind);
    uint8_t sealed[KOR_CONTACT_MAX_SIZE];
    unsigned char open[KOR_CONTACT_MAX_SIZE] = {0};
    size_t sealed_size = 0;
    enum kor_code code = kor_store_contact_find(
        context->desk->store, person_id, kind, sealed, &sealed_size,
        context->err);
    if (code != KOR_OK || sealed_size == 0) {
        return code;
    }
    bool is_right = sealed_size > NONCE + TAG
                 && crypto_aead_xchacha20poly1305_ietf_decrypt(
                        open, NULL, NULL, sealed + NONCE, sealed_size - NONCE,
                        (const unsigned char *)&data, sizeof data, sealed,
                        context->desk->clinic->contact_key)
                        == 0;
    kor_utf8_copy(text, size, (const char *)open);
    sodium_memzero(open, sizeof open);
    return is_right ? KOR_OK
                    : kor_fail(context->err, KOR_CORRUPT, kind,
                               "the address does not open with this clinic's "
                               "key: put contact.key back, or store it "
                               "again");
}

static enum kor_code
put_reply(struct kor_context *context, const struct kor_person *person,
          struct kor_msg_contacts *out)
{
    kor_utf8_copy(out->code, sizeof out->code, person->code);
    enum kor_code code
        = get(context, person->id, "phone", out->phone, sizeof out->phone);
    return code == KOR_OK ? get(context, person->id, "email", out->email,
                                sizeof out->email)
                          : code;
}

/* A phone number is digits and what goes between them. */
static bool
is_phone(const char *text)
{
    size_t n = strspn(text, "+0123456789 ()-");
    return !text[n];
}

static bool
is_email(const char *text)
{
    const char *at = strchr(text, '@');
    return !strcmp(text, "-")
        || (at && at > text && at[1] && !strpbrk(text, " <>\"'`,;"));
}

static enum kor_code
check(struct kor_context *context, const struct kor_msg_contact *msg,
      const struct kor_person *person)
{
    bool has_account = false;
    if (!is_phone(msg->phone)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "phone",
                        "a phone number is digits, with + ( ) - and blanks "
                        "between them");
    }
    if (msg->email[0] && !is_email(msg->email)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "email",
                        "an e-mail address is written name@place");
    }
    enum kor_code code = kor_store_person_has_account(
        context->desk->store, person->id, &has_account, context->err);
    return code == KOR_OK && has_account
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "this client answers under a code without a name: "
                          "no address is kept for it")
               : code;
}

enum kor_code
kor_handle_contact_set(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_contact *msg = request;
    struct kor_timeline *timeline;
    enum kor_code code = kor_context_person(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check(context, msg, &timeline->episode.person);
    }
    if (code == KOR_OK) {
        code = put(context, timeline->episode.person.id, "phone", msg->phone);
    }
    if (code == KOR_OK) {
        code = put(context, timeline->episode.person.id, "email", msg->email);
    }
    if (code == KOR_OK) {
        /* Not the address: replies are kept, to be given again. */
        struct kor_msg_contact_of *out = reply;
        kor_utf8_copy(out->code, sizeof out->code,
                      timeline->episode.person.code);
    }
    return code;
}

enum kor_code
kor_handle_contact(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_contact_of *msg = request;
    struct kor_timeline timeline = {0};
    enum kor_code code
        = kor_context_load_person(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = put_reply(context, &timeline.episode.person, reply);
        kor_timeline_done(&timeline);
    }
    return code;
}
