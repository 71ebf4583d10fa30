/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Roles: see access/roles.h. */

#include "access/roles.h"

#include <stddef.h>
#include <string.h>

static const char *const words_of[KOR_N_ACTOR_ROLES] = {
#define KOR_ROLE_WORD(name, word) word,
    KOR_ACTOR_ROLES(KOR_ROLE_WORD)
#undef KOR_ROLE_WORD
};

const char *
kor_actor_role_word(enum kor_actor_role role)
{
    return words_of[role];
}

/* The bit of the word of 'size' bytes; 0 if it is none. */
static unsigned
bit_of(const char *word, size_t size)
{
    for (unsigned i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        if (strlen(words_of[i]) == size && !memcmp(words_of[i], word, size)) {
            return KOR_ROLE_BIT(i);
        }
    }
    return 0;
}

bool
kor_actor_roles_from(const char *words, unsigned *roles)
{
    *roles = 0;
    for (const char *at = words;; at++) {
        size_t size = strcspn(at, ",");
        unsigned bit = bit_of(at, size);
        if (!bit) {
            return false;
        }
        *roles |= bit;
        at += size;
        if (!*at) {
            return true;
        }
    }
}

char *
kor_actor_roles_words(unsigned roles, char text[KOR_ROLES_SIZE])
{
    text[0] = '\0';
    for (unsigned i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        if (roles & KOR_ROLE_BIT(i)) {
            strcat(text, text[0] ? "," : "");
            strcat(text, words_of[i]);
        }
    }
    return text;
}
