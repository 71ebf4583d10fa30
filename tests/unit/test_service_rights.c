/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: every verb asked by every role that has nothing to do with the
 * client.  access/rights.def says who may; that each handler asks with the
 * right client, account or unit, and before it says or does anything, is
 * seen here.
 *
 * The strangers have one role each and are of the unit 'other'.  A body holds
 * the least that the message asks for, with the words below; whoever may do
 * all is asked for the same, so that it is not for a slip that the strangers
 * are refused. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/check.h"
#include "support/clinic.h"

struct rights {
    struct clinic *clinic;
    struct kor_caller owner; /* Of all episodes in 'clinic'; may do all. */
    struct kor_caller strangers[KOR_N_ACTOR_ROLES];
    char code[KOR_CLIENT_CODE_SIZE];   /* Of the client who is asked for. */
    char closed[KOR_CLIENT_CODE_SIZE]; /* Of one whose episode has ended. */
    char other[KOR_CLIENT_CODE_SIZE];  /* Of one of the strangers'. */
    char account[33];                  /* The client's own. */
};

/* --- what is asked ------------------------------------------------------- */

/* Words for texts that must be given; $A is the client's code, $C that of the
 * one whose episode has ended, $O that of the strangers' own. */
static const struct word {
    const char *field, *text;
} words[] = {{"code", "$A"},    {"scale", "outcome"},
             {"from", "owner"}, {"to", "far-therapist"},
             {"name", "owner"}, {"reason", "an emergency at night"}};

/* Fields that make a request about somebody, where the message does not ask
 * for them; a verb may have several.  What is not here is asked with what
 * must be given. */
static const struct more {
    const char *verb, *fields;
} more[] = {{"open", "'unit': 'clinic', 'therapist': 'owner'"},
            {"open", "'code': '$A', 'unit': 'clinic', 'therapist': 'owner'"},
            {"reopen", ""},
            {"reopen", "'code': '$C'"},
            {"cover", "'by': 'far-therapist', 'until': '2026-12-31'"},
            {"cover", "'off': true"},
            {"supervise", "'by': 'far-supervisor'"},
            {"supervise", "'unit': true"},
            {"correct", "'total': 1"},
            {"correct", "'code': '$O', 'wrong_client': '$A'"},
            {"session.set", "'mode': 'room'"},
            {"caseload", ""},
            {"caseload", "'therapist': 'owner'"},
            {"due.list", ""},
            {"due.list", "'therapist': 'owner'"},
            {"calendar.list", ""},
            {"calendar.list", "'therapist': 'owner'"},
            {"due.missing", "'id': 1, 'missing': 'phone'"},
            {"group.show", "'name': 'team'"},
            {"group.add", "'name': 'new', 'unit': 'clinic', 'leader': "
                          "'owner'"},
            {"group.join", "'name': 'team'"},
            {"group.join", "'code': '$O', 'name': 'team'"},
            {"group.leave", "'name': 'team'"},
            {"meeting.hold", "'name': 'team', 'there': ['$A']"},
            {"task.add", "'name': 'team', 'who': 'owner', 'until': "
                         "'2026-12-31'"},
            {"task.done", "'name': 'team', 'id': 1"},
            {"part.agree", "'modules': ['one'], 'until': '2026-02-01'"},
            {"sheet.answer", "'form': 'closing', 'values': {'how': 'well'}"},
            {"sheet.tick", "'kind': 'copy', 'whom': 'client'"},
            {"consent.give", "'purpose': 'research', 'to': 'uio'"},
            {"consent.withdraw", "'id': 1"},
            {"theory.set", "'text': 'y'"},
            {"goal.set", "'id': 1, 'status': 'reached'"},
            {"goal.progress", "'id': 1, 'progress': 3"},
            {"signals", ""},
            {"signals", "'therapist': 'owner'"},
            {"clinic", "'unit': 'clinic'"},
            {"log.of", ""},
            {"log.of", "'code': '$C'"},
            {"label.key", "'unit': 'clinic'"},
            {"label.key", "'key': 1"},
            {"label.begin", "'unit': 'clinic'"},
            {"contact.set", "'phone': '-'"},
            {"unit.add", "'under': 'clinic'"},
            {"account.add", "'name': 'new', 'roles': ['therapist'], "
                            "'unit': 'clinic'"},
            {"account.add", "'client': '$C'"},
            {"account.set", "'roles': ['leader']"},
            {"account.set", "'unit': 'other'"},
            {"key.list", ""},
            {"key.list", "'name': 'owner'"},
            {"key.revoke", "'name': 'owner'"},
            {"key.revoke", "'id': 1"}};

/* Verbs about a list, which may be asked for by whoever has a right to some of
 * it, and holds what that lets through. */
static const enum kor_verb lists[]
    = {KOR_VERB_GLASS_LIST,   KOR_VERB_CASELOAD, KOR_VERB_DUE,
       KOR_VERB_GROUP_LIST,   KOR_VERB_SIGNALS,  KOR_VERB_SINCE,
       KOR_VERB_HANDOVER_ALL, KOR_VERB_ACCOUNT_LIST, KOR_VERB_KEY_LIST,
       KOR_VERB_CALENDAR_PUT, KOR_VERB_CALENDAR};

/* What they are asked with, as JSON with ' for ". */
static void put_fields(const struct kor_message *message, const char *given,
                       struct kor_buf *out);

static void
put_text(const struct kor_field *field, struct kor_buf *out)
{
    size_t least = field->min > 1 ? (size_t)field->min : 1;
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        /* A code has two letters here and nine there. */
        bool is_code = words[i].text[0] == '$';
        size_t size = is_code ? KOR_CLIENT_CODE_SIZE - 1
                              : strlen(words[i].text);
        if (!strcmp(field->name, words[i].field) && size >= least
            && size <= (size_t)field->max) {
            kor_buf_printf(out, "'%s'", words[i].text);
            return;
        }
    }
    kor_buf_printf(out, "'%0*d'", (int)least, 0);
}

static void
put_value(const struct kor_field *field, struct kor_buf *out)
{
    switch (field->type) {
    case KOR_FIELD_TEXT:
    case KOR_FIELD_LONG:
        put_text(field, out);
        break;
    case KOR_FIELD_INT:
    case KOR_FIELD_NUM:
        kor_buf_printf(out, "%.0f", field->min);
        break;
    case KOR_FIELD_BOOL:
        kor_buf_puts(out, "true");
        break;
    case KOR_FIELD_DATE:
        kor_buf_puts(out, "'2099-12-31'");
        break;
    case KOR_FIELD_NUMS:
        kor_buf_puts(out, "[0]");
        break;
    case KOR_FIELD_WORDS:
        kor_buf_puts(out, "['x']");
        break;
    case KOR_FIELD_LIST:
        kor_buf_puts(out, "[{");
        put_fields(field->item, "", out);
        kor_buf_puts(out, "}]");
        break;
    case KOR_FIELD_JSON:
        kor_buf_puts(out, "{}");
        break;
    }
}

/* Those that must be given, but not those in 'given', which is added. */
static void
put_fields(const struct kor_message *message, const char *given,
           struct kor_buf *out)
{
    const char *comma = "";
    for (size_t i = 0; i < message->n_fields; i++) {
        const struct kor_field *field = &message->fields[i];
        char name[40];
        snprintf(name, sizeof name, "'%s': ", field->name);
        if (field->is_required && !strstr(given, name)) {
            kor_buf_printf(out, "%s%s", comma, name);
            put_value(field, out);
            comma = ", ";
        }
    }
    kor_buf_printf(out, "%s%s", *given ? comma : "", given);
}

/* Writes the codes in the place of $A, $C and $O. */
static void
put_codes(const struct rights *rights, const struct kor_buf *from,
          struct kor_buf *out)
{
    for (const char *at = kor_buf_text(from); *at; at++) {
        if (*at == '$') {
            at++;
            kor_buf_puts(out, *at == 'A'   ? rights->code
                              : *at == 'C' ? rights->closed
                                           : rights->other);
        } else {
            kor_buf_putc(out, *at);
        }
    }
}

/* Asks for 'verb', with 'given' besides what must be given. */
static enum kor_code
ask(struct rights *rights, const struct kor_caller *caller,
    enum kor_verb verb, const char *given)
{
    const struct kor_verb_info *info = kor_verb_info(verb);
    struct kor_buf fields = {0}, body = {0};
    put_fields(info->request, given, &fields);
    put_codes(rights, &fields, &body);
    rights->clinic->caller = *caller;
    enum kor_code code = clinic_ask(rights->clinic, info->wire, "{%s}",
                                    kor_buf_text(&body));
    kor_buf_done(&fields);
    kor_buf_done(&body);
    return code;
}

/* --- a clinic in which there is something to be seen --------------------- */

/* A client with an answer that asks for attention, with broken glass, an
 * address, an account and a unit that has a key for labels. */
static void
put_client(struct rights *rights)
{
    struct clinic *clinic = rights->clinic;
    clinic_open(clinic, rights->code);
    clinic_total(clinic, rights->code, "outcome", 12);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[1, 1, 1, 1, 1, 1, 1, 1, 1]}]}", rights->code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(clinic_count(clinic, "signals"), 1);
    clinic_ok(clinic, "glass.break",
              "{'code': '%s', 'reason': 'to be seen'}", rights->code);
    clinic_ok(clinic, "contact.set", "{'code': '%s', 'phone': '1'}",
              rights->code);
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'research', "
              "'to': 'uio'}", rights->code);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'x'}",
              rights->code);
    clinic_ok(clinic, "label.begin", "{'proof': '%043d=', 'share': "
              "'%0107d='}", 0, 0);
    clinic_ok(clinic, "account.add", "{'client': '%s'}", rights->code);
    snprintf(rights->account, sizeof rights->account, "%s",
             clinic_text(clinic, "name"));
}

/* A group that the client is in, with a task. */
static void
put_group(struct rights *rights)
{
    struct clinic *clinic = rights->clinic;
    clinic_ok(clinic, "group.add", "{'name': 'team', 'unit': 'clinic', "
              "'leader': 'owner'}");
    clinic_ok(clinic, "group.join", "{'name': 'team', 'code': '%s'}",
              rights->code);
    clinic_ok(clinic, "task.add", "{'name': 'team', 'text': 'x', 'who': "
              "'owner', 'until': '2099-12-31'}");
}

static void
put_closed_client(struct rights *rights)
{
    struct clinic *clinic = rights->clinic;
    clinic_open(clinic, rights->closed);
    clinic_total(clinic, rights->closed, "outcome", 12);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", rights->closed);
}

static void
put_strangers(struct rights *rights)
{
    struct clinic *clinic = rights->clinic;
    for (int role = 0; role < KOR_N_ACTOR_ROLES; role++) {
        char name[40];
        snprintf(name, sizeof name, "far-%s",
                 kor_actor_role_word((enum kor_actor_role)role));
        (void)clinic_actor(clinic, name, 1U << role);
        clinic_move(clinic, "other");
        rights->strangers[role] = clinic->caller;
    }
    clinic->caller = rights->strangers[KOR_ACTOR_THERAPIST];
    clinic_ok(clinic, "open", "{'unit': 'other'}");
    snprintf(rights->other, sizeof rights->other, "%s",
             clinic_text(clinic, "code"));
    clinic_total(clinic, rights->other, "outcome", 12);
    (void)clinic_client(clinic, rights->other);
    clinic_move(clinic, "other");
    rights->strangers[KOR_ACTOR_CLIENT] = clinic->caller;
}

static void
set_up(struct rights *rights)
{
    *rights = (struct rights){.clinic = clinic_new()};
    struct clinic *clinic = rights->clinic;
    const unsigned all = (1U << KOR_N_ACTOR_ROLES) - 1U;
    clinic_unit(clinic, "other", "/");
    rights->owner = clinic_actor(
        clinic, "owner", all & ~KOR_ROLE_BIT(KOR_ACTOR_CLIENT));
    put_client(rights);
    put_group(rights);
    put_closed_client(rights);
    put_strangers(rights);
}

/* Adds what the owner sees, so that it can be told whether it changed. */
static void
put_known(struct rights *rights, const char *verb, const char *code,
          struct kor_buf *known)
{
    rights->clinic->caller = rights->owner;
    if (*code) {
        clinic_ok(rights->clinic, verb, "{'code': '%s'}", code);
    } else {
        clinic_ok(rights->clinic, verb, "{}");
    }
    kor_buf_puts(known, kor_buf_text(&rights->clinic->call.reply));
}

static void
put_group_known(struct rights *rights, struct kor_buf *known)
{
    rights->clinic->caller = rights->owner;
    clinic_ok(rights->clinic, "group.show", "{'name': 'team'}");
    kor_buf_puts(known, kor_buf_text(&rights->clinic->call.reply));
}

/* All that can be seen of the group, of the two clients and of the staff. */
static void
put_all_known(struct rights *rights, struct kor_buf *known)
{
    put_known(rights, "show", rights->code, known);
    put_known(rights, "show", rights->closed, known);
    put_known(rights, "contact.show", rights->code, known);
    put_group_known(rights, known);
    put_known(rights, "goal.list", rights->code, known);
    put_known(rights, "consent.list", rights->code, known);
    put_known(rights, "account.list", "", known);
    put_known(rights, "key.list", "", known);
    put_known(rights, "unit.list", "", known);
}

/* --- what must not be answered ------------------------------------------- */

static bool
is_list(enum kor_verb verb)
{
    for (size_t i = 0; i < KOR_LENGTH(lists); i++) {
        if (lists[i] == verb) {
            return true;
        }
    }
    return false;
}

/* Whether the last reply names a client of the owner's, or the owner. */
static bool
is_anybody_named(const struct rights *rights)
{
    const char *reply = kor_buf_text(&rights->clinic->call.reply);
    return strstr(reply, rights->code) || strstr(reply, rights->closed)
        || strstr(reply, rights->account) || strstr(reply, "\"owner\"");
}

/* What the table gives a stranger of another unit is no more than what it
 * gives whatever it is about, and some list without the client. */
static bool
is_right(const struct rights *rights, enum kor_verb verb, unsigned right,
         enum kor_code code)
{
    if (verb == KOR_VERB_GLASS_BREAK && (right & KOR_RELATION_ANY)) {
        return code == KOR_OK; /* That is what it is for. */
    }
    bool is_named = is_anybody_named(rights);
    if (right & KOR_RELATION_ANY) {
        return code != KOR_FORBIDDEN && !is_named;
    }
    bool is_listed = (right & ~(unsigned)KOR_RELATION_WHOLE) && is_list(verb)
                  && (code == KOR_OK || code == KOR_NOT_FOUND);
    return code == KOR_FORBIDDEN || (is_listed && !is_named);
}

static void
try_stranger(struct rights *rights, enum kor_verb verb,
             enum kor_actor_role role, const char *given)
{
    unsigned right = kor_access_right(verb, role);
    enum kor_code code = ask(rights, &rights->strangers[role], verb, given);
    if (!is_right(rights, verb, right, code)) {
        print_error("%s with \"%s\" as %s: %s %s%s\n",
                    kor_verb_info(verb)->wire, given,
                    kor_actor_role_word(role), kor_code_wire(code),
                    rights->clinic->call.err.text,
                    kor_buf_text(&rights->clinic->call.reply));
        fail();
    }
}

/* Whether clients alone may do it. */
static bool
is_for_clients(enum kor_verb verb)
{
    unsigned staff = 0;
    for (int role = 0; role < KOR_N_ACTOR_ROLES; role++) {
        staff |= role == KOR_ACTOR_CLIENT
                     ? 0
                     : kor_access_right(verb, (enum kor_actor_role)role);
    }
    return staff == 0;
}

/* Whoever may do all is not refused for a right, or the strangers might have
 * been for another reason. */
static void
try_owner(struct rights *rights, enum kor_verb verb, const char *given)
{
    enum kor_code code = ask(rights, &rights->owner, verb, given);
    if ((code == KOR_FORBIDDEN) != is_for_clients(verb)) {
        print_error("%s with \"%s\" as the owner: %s %s\n",
                    kor_verb_info(verb)->wire, given, kor_code_wire(code),
                    rights->clinic->call.err.text);
        fail();
    }
}

/* One verb in a clinic of its own, asked with 'given', by all; returns by how
 * many roles. */
static int
try_verb(struct rights *rights, enum kor_verb verb, const char *given)
{
    struct kor_buf before = {0}, after = {0};
    int role = 0;
    set_up(rights);
    put_all_known(rights, &before);
    for (; role < KOR_N_ACTOR_ROLES; role++) {
        try_stranger(rights, verb, (enum kor_actor_role)role, given);
    }
    put_all_known(rights, &after);
    if (verb != KOR_VERB_GLASS_BREAK) {
        assert_string_equal(kor_buf_text(&after), kor_buf_text(&before));
    }
    try_owner(rights, verb, given);
    kor_buf_done(&before);
    kor_buf_done(&after);
    clinic_free(rights->clinic);
    return role;
}

static void
a_stranger_of_every_role_is_refused_for_every_verb(void **state)
{
    struct rights rights = {0};
    bool is_used[KOR_LENGTH(more)] = {false};
    int n = 0;
    (void)state;
    for (int i = 0; i < KOR_N_VERBS; i++) {
        enum kor_verb verb = (enum kor_verb)i;
        int n_roles = 0;
        for (size_t j = 0; j < KOR_LENGTH(more); j++) {
            if (!strcmp(more[j].verb, kor_verb_info(verb)->wire)) {
                n_roles = try_verb(&rights, verb, more[j].fields);
                is_used[j] = true;
            }
        }
        n += n_roles ? n_roles : try_verb(&rights, verb, "");
    }
    for (size_t j = 0; j < KOR_LENGTH(more); j++) {
        assert_true(is_used[j]);
    }
    assert_int_equal(n, KOR_N_VERBS * KOR_N_ACTOR_ROLES);
    print_message("verbs x roles: %d\n", n);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stranger_of_every_role_is_refused_for_every_verb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
