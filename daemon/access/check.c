/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: see access/check.h. */

#include "access/check.h"

#include <string.h>

#include "store/unit.h"

/* Short names for the table. */
enum {
    NO = 0,
    YES = KOR_RELATION_ANY,
    WHOLE = KOR_RELATION_WHOLE,
    SELF = KOR_RELATION_SELF,
    OWN = KOR_RELATION_OWN,
    COVER = KOR_RELATION_COVER,
    SUPER = KOR_RELATION_SUPER,
    UNIT = KOR_RELATION_UNIT,
    DUTY = KOR_RELATION_DUTY,
    GLASS = KOR_RELATION_GLASS,
    SEES = KOR_RELATION_SEES,
    WORKS = KOR_RELATION_WORKS
};

static const unsigned short rights[KOR_N_VERBS][KOR_N_ACTOR_ROLES] = {
#define KOR_RIGHT(verb, client, therapist, supervisor, leader, administrator, \
                  operator, researcher, auditor, duty)                        \
    [KOR_VERB_##verb] = {client, therapist, supervisor, leader, administrator, \
                         operator, researcher, auditor, duty},
#include "access/rights.def"
#undef KOR_RIGHT
};

unsigned
kor_access_right(enum kor_verb verb, enum kor_actor_role role)
{
    return rights[verb][role];
}


static bool
is_same(const char *name, const char *other)
{
    return *name && !strcmp(name, other);
}

unsigned
kor_access_relations(const struct kor_caller *caller,
                     const struct kor_object *object)
{
    bool is_in_unit = kor_unit_contains(caller->unit_path, object->unit_path);
    bool is_super = *object->supervisor
                        ? is_same(caller->name, object->supervisor)
                        : is_in_unit;
    bool is_named = is_same(caller->name, object->therapist);
    bool is_self = object->is_staff
                       ? is_named
                       : caller->person_id != 0
                             && caller->person_id == object->person_id;
    return (is_self ? SELF : 0U)
         | (is_named && !object->is_staff ? OWN : 0U)
         | (is_same(caller->name, object->cover) ? COVER : 0U)
         | (is_super ? SUPER : 0U) | (is_in_unit ? UNIT : 0U)
         | (is_in_unit && object->has_attention ? DUTY : 0U)
         | (object->is_glass_broken ? GLASS : 0U)
         | (object->partner != KOR_PARTNER_NOTHING ? SEES : 0U)
         | (object->partner == KOR_PARTNER_WORK ? WORKS : 0U);
}

/* Those that hold whatever it is about. */
static unsigned
relations_to_all(const struct kor_caller *caller)
{
    return YES | (strcmp(caller->unit_path, "/") ? 0U : WHOLE);
}

/* Those that hold for 'object'; without one, those that might. */
static unsigned
relations_to(const struct kor_caller *caller, const struct kor_object *object)
{
    return relations_to_all(caller)
         | (object ? kor_access_relations(caller, object)
                   : ~(unsigned)(YES | WHOLE));
}

static enum kor_code
fail_object(const struct kor_object *object, struct kor_err *err)
{
    return object->is_staff
               ? kor_fail(err, KOR_FORBIDDEN, "name",
                          "this lies outside your unit: ask an administrator "
                          "of that unit or of the whole clinic")
               : kor_fail(err, KOR_FORBIDDEN, "code",
                          "this client is another therapist's");
}

/* The first role of the caller's by which one of 'relations' suffices, and the
 * first such relation. */
static struct kor_grant
grant_of(const struct kor_caller *caller, enum kor_verb verb,
         unsigned relations)
{
    for (unsigned bit = 1; bit < 1U << KOR_N_RELATIONS; bit <<= 1) {
        for (unsigned i = 0; i < KOR_N_ACTOR_ROLES; i++) {
            if ((caller->roles & KOR_ROLE_BIT(i)) && (relations & bit)
                && (rights[verb][i] & bit)) {
                return (struct kor_grant){(enum kor_actor_role)i,
                                          (enum kor_relation)bit};
            }
        }
    }
    return (struct kor_grant){0};
}

enum kor_code
kor_access_check(const struct kor_caller *caller, bool has_token,
                 enum kor_verb verb, const struct kor_object *object,
                 struct kor_grant *grant, struct kor_err *err)
{
    struct kor_grant ignored;
    grant = grant ? grant : &ignored;
    *grant = (struct kor_grant){0};
    if (has_token) {
        return kor_fail(err, KOR_FORBIDDEN, "token",
                        "tokens are not given out yet: leave 'token' empty");
    }
    if (caller->is_guest) {
        return verb == KOR_VERB_ENROL
                   ? KOR_OK
                   : kor_fail(err, KOR_FORBIDDEN, NULL,
                              "this key is not enrolled yet: 'kor enrol' does "
                              "that with a code from an administrator");
    }
    *grant = grant_of(caller, verb, relations_to(caller, object));
    if (grant->relation) {
        return KOR_OK;
    }
    if (object) {
        return fail_object(object, err);
    }
    char roles[KOR_ROLES_SIZE];
    return kor_fail(err, KOR_FORBIDDEN, NULL,
                    "this key (%s) may not do '%s': ask an administrator",
                    kor_actor_roles_words(caller->roles, roles),
                    kor_verb_info(verb)->wire);
}

unsigned
kor_access_rights_of(const struct kor_caller *caller, enum kor_verb verb)
{
    unsigned relations = 0;
    for (unsigned i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        if (caller->roles & KOR_ROLE_BIT(i)) {
            relations |= rights[verb][i];
        }
    }
    return relations;
}

bool
kor_access_may_break(const struct kor_caller *caller, enum kor_verb verb)
{
    return kor_access_rights_of(caller, verb) & GLASS;
}

struct kor_scope
kor_access_scope(const struct kor_caller *caller, enum kor_verb verb)
{
    unsigned relations = kor_access_rights_of(caller, verb);
    return (struct kor_scope){.name = caller->name,
                              .unit_path = caller->unit_path,
                              .is_own = relations & OWN,
                              .is_supervised = relations & SUPER,
                              .is_duty = relations & DUTY};
}

const char *
kor_relation_word(enum kor_relation relation)
{
    switch (relation) {
    case KOR_RELATION_ANY:
    case KOR_RELATION_WHOLE:
        return "role";
    case KOR_RELATION_SELF:
        return "self";
    case KOR_RELATION_OWN:
        return "care";
    case KOR_RELATION_COVER:
        return "cover";
    case KOR_RELATION_SUPER:
        return "supervision";
    case KOR_RELATION_UNIT:
        return "unit";
    case KOR_RELATION_DUTY:
        return "duty";
    case KOR_RELATION_GLASS:
        return "emergency";
    case KOR_RELATION_SEES:
    case KOR_RELATION_WORKS:
        return "cooperation";
    }
    return "";
}
