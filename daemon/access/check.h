/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef ACCESS_CHECK_H
#define ACCESS_CHECK_H 1

/* The one check of who may do what, over the one table access/rights.def. */

#include <stdbool.h>

#include "access/keyring.h"
#include "kor/base/err.h"
#include "kor/wire/message.h"
#include "store/partner.h"
#include "store/partner.h"
#include "store/scope.h"

/* What an account is to an episode; a set has a bit for each. */
enum kor_relation {
    KOR_RELATION_ANY = 1,    /* None is needed. */
    KOR_RELATION_WHOLE = 2,  /* To all: an account of the whole clinic. */
    KOR_RELATION_SELF = 4,
    KOR_RELATION_OWN = 8,
    KOR_RELATION_COVER = 16,
    KOR_RELATION_SUPER = 32,
    KOR_RELATION_UNIT = 64,
    KOR_RELATION_DUTY = 128,
    KOR_RELATION_GLASS = 256,
    KOR_RELATION_SEES = 512,
    KOR_RELATION_WORKS = 1024
};
enum { KOR_N_RELATIONS = 11 };

/* An episode, as far as rights go, or an account or a unit; texts are
 * borrowed. */
struct kor_object {
    const char *therapist;  /* Or the name of the account. */
    const char *cover;      /* "" without one, or if it has ended. */
    const char *supervisor; /* "": who supervises the unit. */
    const char *unit_path;
    int64_t person_id;      /* 0: of nobody yet. */
    bool has_attention;     /* An answer waits to be talked about. */
    bool is_glass_broken;   /* By this account, for this client. */
    enum kor_partner_may partner; /* What the caller may as one. */
    bool is_staff;          /* It is an account or a unit. */
};

/* By what something was allowed, for the access log. */
struct kor_grant {
    enum kor_actor_role role;
    enum kor_relation relation; /* 0: not allowed, or not asked yet. */
};

/* What 'caller' is to 'object', without what holds for all. */
unsigned kor_access_relations(const struct kor_caller *caller,
                              const struct kor_object *object);

/* The relations that suffice for 'verb' in 'role'. */
unsigned kor_access_right(enum kor_verb verb, enum kor_actor_role role);

/* KOR_OK if 'caller' may do 'verb' to 'object', and by what in '*grant' (may
 * be null); otherwise KOR_FORBIDDEN.
 *
 * Asked once for the verb alone ('object' is null), before anything is looked
 * up: then a relation that might suffice is enough.  And once for each
 * episode, before anything of it is told.  A guest may enrol and nothing
 * else, by no role.  A request with a token is refused: there are none
 * yet. */
KOR_NODISCARD enum kor_code
kor_access_check(const struct kor_caller *caller, bool has_token,
                 enum kor_verb verb, const struct kor_object *object,
                 struct kor_grant *grant, struct kor_err *err);

/* The relations that suffice for 'verb' in any of the caller's roles. */
unsigned kor_access_rights_of(const struct kor_caller *caller,
                              enum kor_verb verb);

/* True if 'caller' could do 'verb' by breaking the glass. */
bool kor_access_may_break(const struct kor_caller *caller,
                          enum kor_verb verb);

/* Whose episodes a list of 'verb' holds for 'caller'; its texts are the
 * caller's, borrowed. */
struct kor_scope kor_access_scope(const struct kor_caller *caller,
                                  enum kor_verb verb);

/* The word of a relation in the access log, such as "care"; "" for none. */
const char *kor_relation_word(enum kor_relation relation);

#endif /* access/check.h */
