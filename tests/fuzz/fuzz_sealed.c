/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever frames come in that had to wait: no crash, no leak; what is refused
 * is named, and only a 'record' whose id is the one outside comes through.
 *
 * The first byte says whether the rest is a sealed frame, or what is sealed
 * for the daemon by somebody who has its public key. */

#include <zmq.h>

#include "bus/sealed.h"
#include "fuzz/refusal.h"
#include "kor/wire/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The example of ZeroMQ's manual, zmq_curve(7). */
static const struct kor_keyfile keys
    = {"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7",
       "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"};

static void
decode(const void *frame, size_t size)
{
    struct kor_request request;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    enum kor_code code
        = kor_frame_decode(&keys, frame, size, KOR_NB, &request, &err);
    if (code != KOR_OK) {
        must_be_refusal(code, &err);
        must(!request.body);
    } else if (kor_is_sealed(frame, size)) {
        must(request.verb == KOR_VERB_RECORD && request.body);
        must(request.age_ms >= 0);
        must(!memcmp(request.uuid, (const char *)frame + 8, KOR_UUID_SIZE));
    }
    kor_request_done(&request);
}

/* What can be read is written the same. */
static void
again(const void *frame, size_t size)
{
    struct kor_sealed sealed;
    struct kor_buf back = {0};
    if (kor_is_sealed(frame, size) && kor_sealed_read(frame, size, &sealed)) {
        kor_sealed_write(&sealed, &back);
        must(back.size == size && !memcmp(back.text, frame, size));
        kor_buf_done(&back);
    }
}

/* Seals all behind an id of 16 bytes. */
static void
seal(const uint8_t *bytes, size_t size)
{
    uint8_t public_key[KOR_SEAL_KEY_SIZE];
    struct kor_buf box = {0}, frame = {0};
    struct kor_sealed sealed = {.age_ms = 1000};
    if (size <= KOR_UUID_SIZE) {
        return;
    }
    must(zmq_z85_decode(public_key, keys.public_key));
    memcpy(sealed.uuid, bytes, KOR_UUID_SIZE);
    must(kor_seal(bytes + KOR_UUID_SIZE, size - KOR_UUID_SIZE, public_key,
                  &box));
    sealed.box = (const uint8_t *)box.text;
    sealed.box_size = box.size;
    kor_sealed_write(&sealed, &frame);
    decode(frame.text, frame.size);
    kor_buf_done(&frame);
    kor_buf_done(&box);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct feed feed = {bytes, size};
    if (feed_count(&feed, 1)) {
        seal(feed.at, feed.left);
    } else {
        decode(feed.at, feed.left);
        again(feed.at, feed.left);
    }
    return 0;
}
