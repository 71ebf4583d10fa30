/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sealed frames: see bus/sealed.h. */

#include "bus/sealed.h"

#include <string.h>

#include <sodium.h>
#include <zmq.h>

#include "kor/wire/seal.h"

static enum kor_code
unseal(const struct kor_keyfile *keys, const struct kor_sealed *sealed,
       struct kor_buf *plain, struct kor_err *err)
{
    uint8_t public_key[KOR_SEAL_KEY_SIZE], secret_key[KOR_SEAL_KEY_SIZE];
    bool is_open = zmq_z85_decode(public_key, keys->public_key)
                && zmq_z85_decode(secret_key, keys->secret_key)
                && kor_unseal(sealed, public_key, secret_key, plain);
    sodium_memzero(secret_key, sizeof secret_key);
    return is_open ? KOR_OK
                   : kor_fail(err, KOR_PROTOCOL_ERROR, "seal",
                              "this was sealed for another server key, or "
                              "has been damaged: enter it again");
}

/* Other verbs take "today" as the day on which they arrive. */
static enum kor_code
check_content(const struct kor_sealed *sealed,
              const struct kor_request *request, struct kor_err *err)
{
    if (memcmp(request->uuid, sealed->uuid, KOR_UUID_SIZE)) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "id",
                        "the id outside the seal must be the one inside");
    }
    if (request->verb != KOR_VERB_RECORD) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "verb",
                        "only 'record' may come sealed: send the request as "
                        "it is");
    }
    return KOR_OK;
}

/* Reads what 'sealed' holds; a seal within the seal is no JSON and so no
 * request. */
static enum kor_code
decode_sealed(const struct kor_keyfile *keys, const struct kor_sealed *sealed,
              enum kor_lang clinic_lang, struct kor_request *request,
              struct kor_err *err)
{
    struct kor_buf plain = {0};
    enum kor_code code = unseal(keys, sealed, &plain, err);
    if (code == KOR_OK) {
        code = kor_request_decode(plain.text, plain.size, clinic_lang,
                                  request, err);
        sodium_memzero(plain.text, plain.size);
    }
    if (code == KOR_OK) {
        code = check_content(sealed, request, err);
    }
    kor_buf_done(&plain);
    return code;
}

enum kor_code
kor_frame_decode(const struct kor_keyfile *keys, const void *frame,
                 size_t size, enum kor_lang clinic_lang,
                 struct kor_request *request, struct kor_err *err)
{
    struct kor_sealed sealed;
    if (!kor_is_sealed(frame, size)) {
        return kor_request_decode(frame, size, clinic_lang, request, err);
    }
    memset(request, 0, sizeof *request);
    request->verb = KOR_N_VERBS;
    request->lang = clinic_lang;
    if (!kor_sealed_read(frame, size, &sealed)) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "seal",
                        "a sealed frame has 81 to %d bytes and was entered "
                        "in the last ten years", KOR_MAX_REQUEST_SIZE);
    }
    enum kor_code code
        = decode_sealed(keys, &sealed, clinic_lang, request, err);
    kor_uuid_format(sealed.uuid, request->id);
    request->age_ms = sealed.age_ms;
    if (code != KOR_OK) {
        kor_request_done(request);
    }
    return code;
}
