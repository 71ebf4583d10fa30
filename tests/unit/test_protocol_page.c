/* SPDX-License-Identifier: GPL-3.0-or-later */

/* docs/protocol.md says what the tables say, and its examples are understood.
 *
 * After a change to a message, run this program with --print from the top of
 * the source tree and put what it prints between the two marks of the page. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "kor/wire/envelope.h"
#include "support/page.h"

#define PAGE "docs/protocol.md"

static void
print_limits(struct kor_buf *out)
{
    kor_buf_puts(out, "## Limits\n\n| what | limit |\n|---|---|\n");
    kor_buf_printf(out, "| version of the protocol | %d |\n", KOR_PROTOCOL);
    kor_buf_printf(out, "| frame of a request | %d bytes |\n",
                   KOR_MAX_REQUEST_SIZE);
    kor_buf_printf(out, "| frame of a reply | %d bytes |\n",
                   KOR_MAX_REPLY_SIZE);
    kor_buf_printf(out, "| a word in a list of words | 1 to %d bytes |\n",
                   KOR_WORD_SIZE - 1);
    kor_buf_puts(out, "| a number in a list of numbers | -1e9 to 1e9; the "
                      "scale's own limits are narrower |\n\n");
}

static void
print_codes(struct kor_buf *out)
{
    kor_buf_puts(out, "## Codes\n\nThe exit status is that of `kor`.\n\n"
                      "| code | exit status | meaning |\n|---|---|---|\n");
#define KOR_CODE(name, number, exit_status, wire, text)                       \
    kor_buf_printf(out, "| `%s` | %d | %s |\n", wire, exit_status, text);
#include "kor/base/code.def"
#undef KOR_CODE
    kor_buf_puts(out, "\n");
}

static void
print_verbs(struct kor_buf *out)
{
    kor_buf_puts(out, "## Verbs\n\n| verb | request | reply | writes | "
                      "meaning |\n|---|---|---|---|---|\n");
    for (int i = 0; i < KOR_N_VERBS; i++) {
        const struct kor_verb_info *info = kor_verb_info((enum kor_verb)i);
        kor_buf_printf(out,
                       "| `%s` | [%s](#message-%s) | [%s](#message-%s) | %s "
                       "| %s |\n",
                       info->wire, info->request->name, info->request->name,
                       info->reply->name, info->reply->name,
                       info->writes ? "yes" : "no", info->doc);
    }
    kor_buf_puts(out, "\n");
}

/* The columns "type" and "bounds" of a field. */
static void
print_type(const struct kor_field *field, struct kor_buf *out)
{
    switch (field->type) {
    case KOR_FIELD_TEXT:
        kor_buf_printf(out, "text | %.0f to %.0f bytes", field->min,
                       field->max);
        return;
    case KOR_FIELD_INT:
        kor_buf_printf(out, "whole number | %.0f to %.0f", field->min,
                       field->max);
        return;
    case KOR_FIELD_NUM:
        kor_buf_printf(out, "number | %.16g to %.16g", field->min,
                       field->max);
        return;
    case KOR_FIELD_BOOL:
        kor_buf_puts(out, "true or false | ");
        return;
    case KOR_FIELD_DATE:
        kor_buf_puts(out, "date | YYYY-MM-DD, 1900 to 2199");
        return;
    case KOR_FIELD_NUMS:
        kor_buf_printf(out, "numbers or null | %.0f to %.0f entries",
                       field->min, field->max);
        return;
    case KOR_FIELD_WORDS:
        kor_buf_printf(out, "words | %.0f to %.0f entries", field->min,
                       field->max);
        return;
    case KOR_FIELD_LIST:
        kor_buf_printf(out, "list of [%s](#message-%s) | %.0f to %.0f "
                            "entries",
                       field->item->name, field->item->name, field->min,
                       field->max);
        return;
    case KOR_FIELD_JSON:
        kor_buf_printf(out, "JSON object | up to %.0f bytes", field->max);
        return;
    case KOR_FIELD_LONG:
        kor_buf_printf(out, "long text | up to %.0f bytes", field->max);
        return;
    }
}

static void
print_messages(struct kor_buf *out)
{
    kor_buf_puts(out, "## Messages\n\n");
    for (size_t i = 0; kor_messages[i]; i++) {
        const struct kor_message *message = kor_messages[i];
        kor_buf_printf(out, "### message %s\n\n", message->name);
        if (message->n_fields == 0) {
            kor_buf_puts(out, "No fields: `{}`.\n\n");
            continue;
        }
        kor_buf_puts(out, "| field | type | bounds | needed | meaning |\n"
                          "|---|---|---|---|---|\n");
        for (size_t k = 0; k < message->n_fields; k++) {
            const struct kor_field *field = &message->fields[k];
            kor_buf_printf(out, "| `%s` | ", field->name);
            print_type(field, out);
            kor_buf_printf(out, " | %s | %s |\n",
                           field->is_required ? "yes" : "no", field->doc);
        }
        kor_buf_puts(out, "\n");
    }
}

static void
print_tables(struct kor_buf *out)
{
    print_limits(out);
    print_codes(out);
    print_verbs(out);
    print_messages(out);
}

static int
read_page(void **state)
{
    struct kor_buf *page = kor_alloc(sizeof *page);
    *state = page;
    return kor_file_read(PAGE, 1 << 20, page, NULL) == KOR_OK ? 0 : -1;
}

static int
free_page(void **state)
{
    kor_buf_done(*state);
    free(*state);
    return 0;
}

static void
the_tables_of_the_page_are_those_of_the_code(void **state)
{
    struct kor_buf tables = {0};
    (void)state;
    print_tables(&tables);
    assert_page_table(PAGE, "tables", &tables);
    kor_buf_done(&tables);
}

/* What the examples have shown so far. */
struct shown {
    enum kor_verb verb;            /* Of the last request. */
    char id[KOR_UUID_TEXT_SIZE];
    bool asked[KOR_N_VERBS], answered[KOR_N_VERBS];
    int n_refusals;
};

static void
take_request(struct shown *shown, const char *text, size_t size)
{
    struct kor_request request;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (kor_request_decode(text, size, KOR_NB, &request, &err) != KOR_OK) {
        print_error("%.*s\n%s\n", (int)size, text, err.text);
        fail();
    }
    shown->verb = request.verb;
    shown->asked[request.verb] = true;
    memcpy(shown->id, request.id, sizeof shown->id);
    kor_request_done(&request);
}

static void
take_reply(struct shown *shown, const char *text, size_t size)
{
    struct kor_reply reply;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    enum kor_code code = kor_reply_decode(text, size, &reply, &err);
    assert_true(shown->verb != KOR_N_VERBS);
    if (code == KOR_OK && reply.code == KOR_OK) {
        const struct kor_message *message = kor_verb_info(shown->verb)->reply;
        void *body = kor_alloc(message->size);
        code = kor_message_decode(message, reply.body, body, &err);
        kor_message_done(message, body);
        free(body);
        shown->answered[shown->verb] = true;
    } else {
        assert_int_not_equal(reply.code, KOR_INTERNAL);
        shown->n_refusals++;
    }
    if (code != KOR_OK || strcmp(reply.id, shown->id)) {
        print_error("%.*s\n%s\n", (int)size, text, err.text);
        fail();
    }
    kor_reply_done(&reply);
}

static void
every_verb_has_examples_that_are_understood(void **state)
{
    static const char open[] = "```json\n", shut[] = "\n```\n";
    struct shown shown = {.verb = KOR_N_VERBS};
    const char *at = kor_buf_text(*state);
    while ((at = strstr(at, open))) {
        at += strlen(open);
        const char *end = strstr(at, shut);
        assert_non_null(end);
        size_t size = (size_t)(end - at);
        const char *verb = strstr(at, "\"verb\":"), *code;
        code = strstr(at, "\"code\":");
        if (verb && verb < end && (!code || verb < code)) {
            take_request(&shown, at, size);
        } else {
            take_reply(&shown, at, size);
        }
        at = end;
    }
    for (int i = 0; i < KOR_N_VERBS; i++) {
        if (!shown.asked[i] || !shown.answered[i]) {
            print_error("no example of %s\n",
                        kor_verb_info((enum kor_verb)i)->wire);
            fail();
        }
    }
    assert_true(shown.n_refusals > 0);
}

int
main(int argc, char *argv[])
{
    if (argc == 2 && !strcmp(argv[1], "--print")) {
        struct kor_buf tables = {0};
        print_tables(&tables);
        fputs(kor_buf_text(&tables), stdout);
        kor_buf_done(&tables);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_of_the_page_are_those_of_the_code),
        cmocka_unit_test_setup_teardown(
            every_verb_has_examples_that_are_understood, read_page,
            free_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
