/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_SEALED_H
#define BUS_SEALED_H 1

/* Frames as they come in: plain, or sealed for the server because they had to
 * wait (kor/wire/seal.h).  The one place where a sealed one is opened. */

#include "kor/base/keyfile.h"
#include "kor/wire/envelope.h"

/* Reads the 'size' bytes of a frame like kor_request_decode(); a sealed one is
 * opened with the server's pair first and is then what it holds, with
 * request->age_ms set.
 *
 * Sealed may be 'record' alone, and what is in a seal is a plain frame with
 * the id that stands outside.  On failure that id is kept, so that the refusal
 * finds its question. */
KOR_NODISCARD enum kor_code kor_frame_decode(const struct kor_keyfile *keys,
                                             const void *frame, size_t size,
                                             enum kor_lang clinic_lang,
                                             struct kor_request *request,
                                             struct kor_err *err);

#endif /* bus/sealed.h */
