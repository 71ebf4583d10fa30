/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who can be given a client: see service/staff.h. */

#include "service/staff.h"

#include "store/actor.h"

/* A client's account is nobody's therapist, whatever roles it has. */
static bool
can_see(const struct kor_account *account, enum kor_relation relation)
{
    unsigned roles = 0, suffice = 0;
    (void)kor_actor_roles_from(account->roles, &roles);
    for (unsigned i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        if (roles & KOR_ROLE_BIT(i)) {
            suffice |= kor_access_right(KOR_VERB_SHOW,
                                        (enum kor_actor_role)i);
        }
    }
    return !account->person_id && (suffice & relation);
}

enum kor_code
kor_staff_check(struct kor_context *context, const char *name,
                const char *field, enum kor_relation relation)
{
    struct kor_account account = {0};
    enum kor_code code = kor_store_account_find(context->desk->store, name,
                                                &account, context->err);
    if (code == KOR_NOT_FOUND
        || (code == KOR_OK && account.left_ms != KOR_NO_MS)) {
        return kor_fail(context->err, KOR_NOT_FOUND, field,
                        "nobody here is called '%s': an administrator adds "
                        "accounts", name);
    }
    if (code != KOR_OK || can_see(&account, relation)) {
        return code;
    }
    return relation == KOR_RELATION_SUPER
               ? kor_fail(context->err, KOR_BAD_VALUE, field,
                          "'%s' is no supervisor here: an administrator "
                          "gives roles", name)
               : kor_fail(context->err, KOR_BAD_VALUE, field,
                          "'%s' is no therapist here: an administrator "
                          "gives roles", name);
}
