/* SPDX-License-Identifier: GPL-3.0-or-later */

/* docs/security.md says who may do what as access/rights.def does.
 *
 * After a change to the table, run this program with --print from the top of
 * the source tree and put what it prints between the two marks of the page. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "access/check.h"
#include "support/page.h"

#define PAGE "docs/security.md"

static void
print_head(struct kor_buf *out)
{
    kor_buf_puts(out, "| verb |");
    for (int i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        kor_buf_printf(out, " %s |",
                       kor_actor_role_word((enum kor_actor_role)i));
    }
    kor_buf_puts(out, "\n|---|");
    for (int i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        kor_buf_puts(out, "---|");
    }
    kor_buf_puts(out, "\n");
}

/* The words by which the access log calls what suffices; "whole" is "role"
 * there. */
static void
print_relations(unsigned relations, struct kor_buf *out)
{
    const char *before = " ";
    for (unsigned bit = 1; bit < 1U << KOR_N_RELATIONS; bit <<= 1) {
        if (relations & bit) {
            kor_buf_printf(out, "%s%s", before,
                           bit == KOR_RELATION_WHOLE
                               ? "whole"
                               : kor_relation_word((enum kor_relation)bit));
            before = ", ";
        }
    }
    kor_buf_puts(out, relations ? " |" : " – |");
}

static void
print_rights(struct kor_buf *out)
{
    print_head(out);
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        kor_buf_printf(out, "| `%s` |",
                       kor_verb_info((enum kor_verb)verb)->wire);
        for (int role = 0; role < KOR_N_ACTOR_ROLES; role++) {
            print_relations(kor_access_right((enum kor_verb)verb,
                                             (enum kor_actor_role)role),
                            out);
        }
        kor_buf_puts(out, "\n");
    }
}

static void
the_rights_of_the_page_are_those_of_the_code(void **state)
{
    struct kor_buf rights = {0};
    (void)state;
    print_rights(&rights);
    assert_page_table(PAGE, "rights", &rights);
    kor_buf_done(&rights);
}

int
main(int argc, char *argv[])
{
    if (argc == 2 && !strcmp(argv[1], "--print")) {
        struct kor_buf rights = {0};
        print_rights(&rights);
        fputs(kor_buf_text(&rights), stdout);
        kor_buf_done(&rights);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rights_of_the_page_are_those_of_the_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
