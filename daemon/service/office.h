/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_OFFICE_H
#define SERVICE_OFFICE_H 1

/* Office: what the use cases about units, accounts and keys share. */

#include "service/handlers.h"
#include "store/staff.h"

/* Whether the caller may do the verb to what belongs to the account 'name'
 * ("": to none) within the unit 'unit_path'; noted for the access log. */
KOR_NODISCARD enum kor_code kor_office_may(struct kor_context *context,
                                           const char *name,
                                           const char *unit_path);

/* Finds the account 'name', one that has not left, and checks that the caller
 * may do the verb to it. */
KOR_NODISCARD enum kor_code kor_office_find(struct kor_context *context,
                                            const char *name,
                                            struct kor_account *account);

/* Finds the unit 'name', or the caller's own ("" : id 0 for the whole clinic),
 * and checks that the caller may do the verb within it.  'field' is of the
 * message. */
KOR_NODISCARD enum kor_code kor_office_unit(struct kor_context *context,
                                            const char *name,
                                            const char *field,
                                            struct kor_unit *unit);

/* Refuses a name that may be none of an account or a unit. */
KOR_NODISCARD enum kor_code kor_office_handle(struct kor_context *context,
                                              const char *name);

/* Reads roles from the words of a message into 'account'; that of clients is
 * not for staff. */
KOR_NODISCARD enum kor_code kor_office_roles(struct kor_context *context,
                                             const char words[][KOR_WORD_SIZE],
                                             size_t n,
                                             struct kor_account *account);

/* Refuses to take 'role' away from the account 'before', if it is the last one
 * of the whole clinic that has it and a key. */
KOR_NODISCARD enum kor_code kor_office_keep(struct kor_context *context,
                                            const struct kor_account *before,
                                            enum kor_actor_role role);

/* Whether the account has 'role' for the whole clinic. */
bool kor_office_has(const struct kor_account *account,
                    enum kor_actor_role role);

/* Fills the message about an account. */
void kor_office_message(const struct kor_staff *staff,
                        struct kor_msg_account *out);

/* The same for the account 'name' as it is stored now; what this request has
 * changed is access, which is read again before the answer leaves. */
KOR_NODISCARD enum kor_code kor_office_changed(struct kor_context *context,
                                               const char *name,
                                               struct kor_msg_account *out);

#endif /* service/office.h */
