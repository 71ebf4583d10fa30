/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef ACCESS_ROLES_H
#define ACCESS_ROLES_H 1

/* Roles: what somebody is in the clinic.  An account has a set of them. */

#include <stdbool.h>

/* R(enum, word): the list that all of it is made from. */
#define KOR_ACTOR_ROLES(R)                                                    \
    R(CLIENT, "client")               /* Answers under the own code. */       \
    R(THERAPIST, "therapist")         /* Own clients, and those covered. */   \
    R(SUPERVISOR, "supervisor")       /* Those supervised. */                 \
    R(LEADER, "leader")               /* Figures of units, no clients. */     \
    R(ADMINISTRATOR, "administrator") /* Accounts, units, hand-overs. */      \
    R(OPERATOR, "operator")           /* The machine: imports, courses. */    \
    R(RESEARCHER, "researcher")       /* Rows without codes. */               \
    R(AUDITOR, "auditor")             /* The access log. */                   \
    R(DUTY, "duty")                   /* Answers to talk about now. */

enum kor_actor_role {
#define KOR_ROLE_ENUM(name, word) KOR_ACTOR_##name,
    KOR_ACTOR_ROLES(KOR_ROLE_ENUM)
#undef KOR_ROLE_ENUM
        KOR_N_ACTOR_ROLES
};

/* A set of roles has a bit for each. */
#define KOR_ROLE_BIT(role) (1U << (unsigned)(role))

/* Those of the first account of a clinic: all that belong to staff and do not
 * take names off (researcher).  They are taken away where others have them. */
#define KOR_FIRST_ROLES                                                       \
    (((1U << KOR_N_ACTOR_ROLES) - 1U) & ~KOR_ROLE_BIT(KOR_ACTOR_CLIENT)       \
     & ~KOR_ROLE_BIT(KOR_ACTOR_RESEARCHER))

/* The word of 'role', which must be one; never null. */
const char *kor_actor_role_word(enum kor_actor_role role);

/* The set that 'words' names, separated by commas; false if one is unknown or
 * there is none. */
bool kor_actor_roles_from(const char *words, unsigned *roles);

/* Writes the words of 'roles' into 'text', which has room for
 * KOR_ROLES_SIZE, separated by commas, and returns it. */
enum { KOR_ROLES_SIZE = 96 };
char *kor_actor_roles_words(unsigned roles, char text[KOR_ROLES_SIZE]);

#endif /* access/roles.h */
