/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who can be given a client: see service/staff.h. */

#include "service/staff.h"

#include "kor/base/utf8.h"
#include "store/actor.h"
#include "store/unit.h"

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

static enum kor_code
find_unit(struct kor_context *context, struct kor_episode *episode)
{
    struct kor_unit unit = {0};
    kor_utf8_copy(unit.name, sizeof unit.name, episode->unit);
    enum kor_code code
        = kor_store_unit_find(context->desk->store, &unit, context->err);
    kor_utf8_copy(episode->unit_path, sizeof episode->unit_path, unit.path);
    return code == KOR_NOT_FOUND
               ? kor_fail(context->err, code, "unit",
                          "there is no unit '%s': an administrator adds "
                          "units", unit.name)
               : code;
}

enum kor_code
kor_staff_place(struct kor_context *context, const char *name,
                const char *fallback, struct kor_episode *episode)
{
    struct kor_account owner = {0};
    enum kor_code code = kor_store_account_find(context->desk->store, name,
                                                &owner, context->err);
    if (code != KOR_OK && code != KOR_NOT_FOUND) {
        return code;
    }
    if (!*episode->unit) {
        kor_utf8_copy(episode->unit, sizeof episode->unit,
                      *owner.unit ? owner.unit : fallback);
    }
    code = find_unit(context, episode);
    if (code == KOR_OK && *owner.unit
        && !kor_unit_contains(owner.unit_path, episode->unit_path)) {
        kor_utf8_copy(episode->unit, sizeof episode->unit, owner.unit);
        kor_utf8_copy(episode->unit_path, sizeof episode->unit_path,
                      owner.unit_path);
    }
    return code;
}
