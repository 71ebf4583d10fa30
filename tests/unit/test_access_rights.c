/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: every verb in every role and relation, held against a table
 * that was written apart from access/rights.def. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "access/check.h"
#include "kor/base/compiler.h"

/* One role and one verb: the relations by which it goes, as letters: y none
 * needed, s self, o owner, c cover, v supervisor, u unit, d duty, g glass,
 * w whole clinic, p partner, k partner who works; "-" never.  Columns are in
 * the order of KOR_ACTOR_ROLES. */
struct row {
    const char *verb;
    const char *may[KOR_N_ACTOR_ROLES];
};

static const struct row rows[] = {
    /* verb             client thera  super lead admin oper resea audit duty */
    {"ping",            {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"status",          {"-", "-",    "-",  "-", "-", "y", "-", "-", "-"}},
    {"open",            {"-", "o",    "u",  "-", "u", "-", "-", "-", "-"}},
    {"close",           {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"reopen",          {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"handover",        {"-", "o",    "v",  "-", "u", "-", "-", "-", "-"}},
    {"handover.all",    {"-", "o",    "v",  "-", "u", "-", "-", "-", "-"}},
    {"cover",           {"-", "o",    "v",  "-", "u", "-", "-", "-", "-"}},
    {"supervise",       {"-", "-",    "v",  "-", "u", "-", "-", "-", "-"}},
    {"cooperate",       {"-", "o",    "v",  "-", "u", "-", "-", "-", "-"}},
    {"glass.break",     {"-", "y",    "y",  "-", "-", "-", "-", "-", "y"}},
    {"glass.list",      {"-", "oc",   "v",  "-", "u", "-", "-", "uw", "-"}},
    {"record",          {"s", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"correct",         {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"session.set",     {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"show",            {"-", "ocgp", "vg", "-", "-", "-", "-", "-", "dg"}},
    {"caseload",        {"-", "ocp",  "v",  "-", "-", "-", "-", "-", "-"}},
    {"signals",         {"-", "ocp",  "v",  "-", "-", "-", "-", "-", "d"}},
    {"since",           {"-", "ocp",  "v",  "-", "-", "-", "-", "-", "d"}},
    {"clinic",          {"-", "u",    "u",  "u", "u", "-", "-", "-", "-"}},
    {"import.begin",    {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"import.rows",     {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"import.finish",   {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"import.codes",    {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"export",          {"-", "-",    "-",  "-", "w", "-", "w", "-", "-"}},
    {"instrument.list", {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"instrument.show", {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"instrument.add",  {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"course.fit",      {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"course.add",      {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"course.list",     {"-", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"course.show",     {"-", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"course.use",      {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"pathway.list",    {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"pathway.show",    {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"pathway.add",     {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"pathway.move",    {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"phase.set",       {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"due.list",        {"-", "ocp",  "v",  "-", "-", "-", "-", "-", "-"}},
    {"calendar.put",    {"-", "oc",   "v",  "-", "-", "-", "-", "-", "-"}},
    {"calendar.list",   {"-", "ocp",  "v",  "-", "-", "-", "-", "-", "-"}},
    {"due.missing",     {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"part.agree",      {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"part.done",       {"s", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"part.list",       {"s", "ocgp", "vg", "-", "-", "-", "-", "-", "-"}},
    {"seen",            {"s", "-",    "-",  "-", "-", "-", "-", "-", "-"}},
    {"group.list",      {"-", "y",    "y",  "-", "y", "-", "-", "-", "-"}},
    {"group.show",      {"-", "o",    "u",  "-", "u", "-", "-", "-", "-"}},
    {"group.add",       {"-", "u",    "u",  "-", "u", "-", "-", "-", "-"}},
    {"group.join",      {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"group.leave",     {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"meeting.hold",    {"-", "o",    "-",  "-", "-", "-", "-", "-", "-"}},
    {"task.add",        {"-", "o",    "-",  "-", "-", "-", "-", "-", "-"}},
    {"task.done",       {"-", "o",    "-",  "-", "-", "-", "-", "-", "-"}},
    {"form.list",       {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"form.show",       {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"form.add",        {"-", "-",    "-",  "-", "w", "w", "-", "-", "-"}},
    {"sheet.answer",    {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"sheet.list",      {"-", "ocgp", "vg", "-", "-", "-", "-", "-", "dg"}},
    {"sheet.show",      {"-", "ocgp", "vg", "-", "-", "-", "-", "-", "dg"}},
    {"sheet.tick",      {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"goal.add",         {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"goal.set",         {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"goal.progress",    {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"goal.list",        {"-", "ocgp", "vg", "-", "-", "-", "-", "-", "-"}},
    {"theory.set",      {"-", "ocgk", "vg", "-", "-", "-", "-", "-", "-"}},
    {"graph",           {"-", "ocgp", "vg", "-", "-", "-", "-", "-", "dg"}},
    {"log.verify",      {"-", "-",    "-",  "-", "-", "y", "-", "y", "-"}},
    {"log.of",          {"-", "o",    "v",  "-", "u", "-", "-", "uw", "-"}},
    {"log.review",      {"-", "-",    "-",  "-", "-", "-", "-", "w", "-"}},
    {"log.reviewed",    {"-", "-",    "-",  "-", "-", "-", "-", "w", "-"}},
    {"log.reviews",     {"-", "-",    "-",  "-", "-", "-", "-", "w", "-"}},
    {"log.cut",         {"-", "-",    "-",  "-", "-", "w", "-", "-", "-"}},
    {"erase",           {"-", "-",    "-",  "-", "u", "-", "-", "-", "-"}},
    {"retention",       {"-", "-",    "-",  "-", "y", "-", "-", "-", "-"}},
    {"person",          {"-", "o",    "v",  "-", "u", "-", "-", "-", "-"}},
    {"label.set",       {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"label.key",       {"-", "u",    "u",  "-", "u", "-", "-", "-", "u"}},
    {"label.begin",     {"-", "-",    "u",  "-", "u", "-", "-", "-", "-"}},
    {"label.share",     {"-", "u",    "u",  "-", "u", "-", "-", "-", "u"}},
    {"contact.set",     {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"contact.show",    {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"consent.give",     {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"consent.withdraw", {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"consent.list",     {"-", "oc",   "v",  "-", "u", "-", "-", "-", "-"}},
    {"unit.list",       {"-", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"unit.add",        {"-", "-",    "-",  "-", "u", "-", "-", "-", "-"}},
    {"account.list",    {"-", "-",    "-",  "-", "u", "-", "-", "u", "-"}},
    {"account.add",     {"-", "-",    "-",  "-", "u", "-", "-", "-", "-"}},
    {"account.set",     {"-", "-",    "-",  "-", "u", "-", "-", "-", "-"}},
    {"account.leave",   {"-", "-",    "-",  "-", "u", "-", "-", "-", "-"}},
    {"key.list",        {"s", "s",    "s",  "s", "su", "s", "s", "s", "s"}},
    {"key.enrol",       {"-", "-",    "-",  "-", "u", "-", "-", "-", "-"}},
    {"enrol",           {"y", "y",    "y",  "y", "y", "y", "y", "y", "y"}},
    {"key.revoke",      {"s", "s",    "s",  "s", "su", "s", "s", "s", "s"}},
};

static const struct row *
row_of(const char *verb)
{
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        if (!strcmp(rows[i].verb, verb)) {
            return &rows[i];
        }
    }
    print_error("%s is not in the table of this test\n", verb);
    fail();
    return NULL;
}

/* --- an account and an episode that are related in one way only ----------- */

static const struct kor_object stranger = {.therapist = "ann",
                                           .cover = "",
                                           .supervisor = "eva",
                                           .unit_path = "/clinic/north/",
                                           .person_id = 7};

/* Relates 'caller' to 'object' by 'letter'; a unit comes along with duty and
 * with the whole clinic. */
static void
relate(char letter, struct kor_caller *caller, struct kor_object *object)
{
    object->therapist = letter == 'o' ? "me" : object->therapist;
    object->cover = letter == 'c' ? "me" : object->cover;
    object->supervisor = letter == 'v' ? "me" : object->supervisor;
    object->has_attention = letter == 'd';
    object->is_glass_broken = letter == 'g';
    object->partner = letter == 'p'   ? KOR_PARTNER_SEE
                      : letter == 'k' ? KOR_PARTNER_WORK
                                      : KOR_PARTNER_NOTHING;
    caller->person_id = letter == 's' ? 7 : 8;
    strcpy(caller->unit_path, letter == 'w'                    ? "/"
                              : letter == 'u' || letter == 'd' ? "/clinic/"
                                                     : "/clinic/south/");
}

static void
try_relation(enum kor_verb verb, enum kor_actor_role role, char letter,
             const char *may)
{
    struct kor_caller caller = {.name = "me", .roles = KOR_ROLE_BIT(role)};
    struct kor_object object = stranger;
    struct kor_grant grant;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    relate(letter, &caller, &object);
    bool is_expected = strchr(may, letter) || strchr(may, 'y')
                    || ((letter == 'd' || letter == 'w') && strchr(may, 'u'))
                    || (letter == 'k' && strchr(may, 'p'));
    enum kor_code code
        = kor_access_check(&caller, false, verb, &object, &grant, &err);
    if ((code == KOR_OK) != is_expected) {
        print_error("%s as %s by '%c': %s\n", kor_verb_info(verb)->wire,
                    kor_actor_role_word(role), letter, kor_code_wire(code));
        fail();
    }
    if (code == KOR_OK) {
        assert_int_equal(grant.role, role);
    } else {
        assert_int_equal(code, KOR_FORBIDDEN);
        assert_string_equal(err.field, "code");
    }
}

static void
every_verb_in_every_role_by_every_relation(void **state)
{
    int n = 0;
    (void)state;
    assert_int_equal(KOR_LENGTH(rows), KOR_N_VERBS);
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        const struct row *row = row_of(kor_verb_info((enum kor_verb)verb)
                                           ->wire);
        for (int role = 0; role < KOR_N_ACTOR_ROLES; role++) {
            for (const char *letter = "xsocvudgwpk"; *letter; letter++, n++) {
                try_relation((enum kor_verb)verb, (enum kor_actor_role)role,
                             *letter, row->may[role]);
            }
        }
    }
    print_message("verbs x roles x relations: %d\n", n);
}

static void
a_verb_that_no_relation_gives_is_refused_before_anything_is_looked_up(
    void **state)
{
    (void)state;
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        const struct row *row = row_of(kor_verb_info((enum kor_verb)verb)
                                           ->wire);
        for (int role = 0; role < KOR_N_ACTOR_ROLES; role++) {
            const struct kor_caller caller
                = {.name = "me", .roles = 1U << role, .unit_path = "/"};
            struct kor_err err;
            kor_err_init(&err, KOR_EN);
            enum kor_code code = kor_access_check(
                &caller, false, (enum kor_verb)verb, NULL, NULL, &err);
            assert_int_equal(code, strcmp(row->may[role], "-")
                                       ? KOR_OK : KOR_FORBIDDEN);
        }
    }
}

/* What is about the whole clinic is not for accounts of a part of it. */
static void
an_account_of_a_unit_does_nothing_for_the_whole_clinic(void **state)
{
    struct kor_caller part = {.name = "me",
                              .unit_path = "/clinic/",
                              .roles = (1U << KOR_N_ACTOR_ROLES) - 1U};
    static const enum kor_verb verbs[]
        = {KOR_VERB_EXPORT, KOR_VERB_IMPORT_BEGIN, KOR_VERB_INSTRUMENT_ADD,
           KOR_VERB_COURSE_USE};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(verbs); i++) {
        struct kor_grant grant;
        strcpy(part.unit_path, "/clinic/");
        assert_int_equal(kor_access_check(&part, false, verbs[i], NULL, NULL,
                                          NULL), KOR_FORBIDDEN);
        strcpy(part.unit_path, "/");
        assert_int_equal(kor_access_check(&part, false, verbs[i], NULL, &grant,
                                          NULL), KOR_OK);
        assert_string_equal(kor_relation_word(grant.relation), "role");
    }
}

static void
an_account_outside_the_unit_is_refused_in_words_of_its_own(void **state)
{
    const struct kor_caller north
        = {.name = "me",
           .unit_path = "/north/",
           .roles = KOR_ROLE_BIT(KOR_ACTOR_ADMINISTRATOR)};
    struct kor_object object = {.therapist = "ann",
                                .cover = "",
                                .supervisor = "",
                                .unit_path = "/",
                                .is_staff = true};
    struct kor_err err;
    (void)state;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_access_check(&north, false, KOR_VERB_ACCOUNT_SET,
                                      &object, NULL, &err), KOR_FORBIDDEN);
    assert_string_equal(err.field, "name");
    assert_non_null(strstr(err.text, "outside your unit"));
    object.unit_path = "/north/east/";
    assert_int_equal(kor_access_check(&north, false, KOR_VERB_ACCOUNT_SET,
                                      &object, NULL, &err), KOR_OK);
}

static void
the_own_account_is_oneself(void **state)
{
    const struct kor_caller me = {.name = "me", .unit_path = "/x/"};
    struct kor_object object = {.therapist = "me",
                                .cover = "",
                                .supervisor = "",
                                .unit_path = "/y/",
                                .is_staff = true};
    (void)state;
    assert_int_equal(kor_access_relations(&me, &object), KOR_RELATION_SELF);
    object.therapist = "you";
    assert_int_equal(kor_access_relations(&me, &object), 0);
}

/* Whatever else the caller's fields say. */
static void
a_guest_may_enrol_and_nothing_else(void **state)
{
    const struct kor_caller guest
        = {.is_guest = true,
           .name = "me",
           .unit_path = "/",
           .roles = (1U << KOR_N_ACTOR_ROLES) - 1U};
    (void)state;
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        struct kor_grant grant;
        bool is_enrol = verb == KOR_VERB_ENROL;
        assert_int_equal(kor_access_check(&guest, false, (enum kor_verb)verb,
                                          NULL, &grant, NULL),
                         is_enrol ? KOR_OK : KOR_FORBIDDEN);
        assert_int_equal(grant.relation, 0);
        assert_int_equal(kor_access_check(&guest, false, (enum kor_verb)verb,
                                          &stranger, NULL, NULL),
                         is_enrol ? KOR_OK : KOR_FORBIDDEN);
    }
    assert_int_equal(kor_access_check(&guest, true, KOR_VERB_ENROL, NULL,
                                      NULL, NULL), KOR_FORBIDDEN);
}

static void
who_has_no_role_may_nothing(void **state)
{
    const struct kor_caller nobody = {.name = "ann", .unit_path = "/"};
    (void)state;
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        assert_int_equal(kor_access_check(&nobody, false, (enum kor_verb)verb,
                                          &stranger, NULL, NULL),
                         KOR_FORBIDDEN);
    }
}

/* --- relations ------------------------------------------------------------ */

static void
the_supervisor_of_the_unit_stands_in_where_none_is_named(void **state)
{
    struct kor_caller head = {.name = "head", .unit_path = "/clinic/"};
    struct kor_object object = stranger;
    (void)state;
    assert_int_equal(kor_access_relations(&head, &object), KOR_RELATION_UNIT);
    object.supervisor = "";
    assert_int_equal(kor_access_relations(&head, &object),
                     KOR_RELATION_UNIT | KOR_RELATION_SUPER);
    strcpy(head.unit_path, "/clinic/south/");
    assert_int_equal(kor_access_relations(&head, &object), 0);
    strcpy(head.unit_path, "/clinic/nor/"); /* Not a part of a name. */
    assert_int_equal(kor_access_relations(&head, &object), 0);
    strcpy(head.unit_path, "/");
    assert_int_equal(kor_access_relations(&head, &object),
                     KOR_RELATION_UNIT | KOR_RELATION_SUPER);
}

static void
an_empty_name_is_nobodys(void **state)
{
    const struct kor_caller blank = {.name = "", .unit_path = "/x/"};
    const struct kor_object object = {
        .therapist = "", .cover = "", .supervisor = "", .unit_path = "/"};
    (void)state;
    assert_int_equal(kor_access_relations(&blank, &object), 0);
}

static void
the_ground_is_the_nearest_relation(void **state)
{
    const struct kor_caller both = {
        .name = "ann",
        .unit_path = "/",
        .roles = KOR_ROLE_BIT(KOR_ACTOR_THERAPIST)
               | KOR_ROLE_BIT(KOR_ACTOR_SUPERVISOR)};
    struct kor_object object = stranger;
    struct kor_grant grant;
    (void)state;
    object.is_glass_broken = true;
    assert_int_equal(kor_access_check(&both, false, KOR_VERB_SHOW, &object,
                                      &grant, NULL), KOR_OK);
    assert_string_equal(kor_relation_word(grant.relation), "care");
    object.therapist = "other";
    assert_int_equal(kor_access_check(&both, false, KOR_VERB_SHOW, &object,
                                      &grant, NULL), KOR_OK);
    assert_string_equal(kor_relation_word(grant.relation), "emergency");
    assert_string_equal(kor_relation_word((enum kor_relation)0), "");
}

/* --- roles ---------------------------------------------------------------- */

static void
roles_are_words_with_commas(void **state)
{
    char text[KOR_ROLES_SIZE];
    unsigned roles;
    (void)state;
    assert_true(kor_actor_roles_from("therapist,duty", &roles));
    assert_int_equal(roles, KOR_ROLE_BIT(KOR_ACTOR_THERAPIST)
                                | KOR_ROLE_BIT(KOR_ACTOR_DUTY));
    assert_string_equal(kor_actor_roles_words(roles, text), "therapist,duty");
    static const char *const wrong[]
        = {"", ",", "therapist,", ",duty", "boss", "duty, leader", "therap"};
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        assert_false(kor_actor_roles_from(wrong[i], &roles));
    }
    const unsigned all = (1U << KOR_N_ACTOR_ROLES) - 1U;
    assert_true(kor_actor_roles_from(kor_actor_roles_words(all, text),
                                     &roles));
    assert_int_equal(roles, all);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verb_in_every_role_by_every_relation),
        cmocka_unit_test(
            a_verb_that_no_relation_gives_is_refused_before_anything_is_looked_up),
        cmocka_unit_test(
            an_account_of_a_unit_does_nothing_for_the_whole_clinic),
        cmocka_unit_test(
            an_account_outside_the_unit_is_refused_in_words_of_its_own),
        cmocka_unit_test(the_own_account_is_oneself),
        cmocka_unit_test(a_guest_may_enrol_and_nothing_else),
        cmocka_unit_test(who_has_no_role_may_nothing),
        cmocka_unit_test(
            the_supervisor_of_the_unit_stands_in_where_none_is_named),
        cmocka_unit_test(an_empty_name_is_nobodys),
        cmocka_unit_test(the_ground_is_the_nearest_relation),
        cmocka_unit_test(roles_are_words_with_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
