/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new person: see service/new_person.h. */

#include "service/new_person.h"

#include "store/deletion.h"

#include "kor/base/utf8.h"

#define TRIES 20 /* Codes that may be taken before something is wrong. */

static enum kor_code
check(struct kor_context *context, const struct kor_new_person *wish,
      struct kor_person *person)
{
    enum kor_gender gender;
    person->born_month = KOR_NO_MONTH;
    if (*wish->born && !kor_month_parse(wish->born, &person->born_month)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "born",
                        "the birth month is written YYYY-MM, from 1900-01 "
                        "on");
    }
    if (person->born_month != KOR_NO_MONTH
        && kor_age_years(person->born_month, kor_desk_today(context->desk))
               < 0) {
        return kor_fail(context->err, KOR_BAD_VALUE, "born",
                        "the birth month %s lies in the future", wish->born);
    }
    if (*wish->gender
        && (!kor_gender_from(wish->gender, &gender)
            || gender == KOR_GENDER_UNKNOWN)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "gender",
                        "the gender is female, male or other; leave it out "
                        "if it is not known");
    }
    kor_utf8_copy(person->gender, sizeof person->gender, wish->gender);
    return KOR_OK;
}

/* The code of somebody who was erased is not given out again: a backup that is
 * restored would take the one for the other. */
static enum kor_code
check_free(struct kor_context *context, const char *code)
{
    bool is_deleted = false;
    enum kor_code result = kor_store_is_deleted(context->desk->store, code,
                                                &is_deleted, context->err);
    return result == KOR_OK && is_deleted
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "the code %s was somebody's who was erased: choose "
                          "another one", code)
               : result;
}

static enum kor_code
add_with_new_code(struct kor_context *context, struct kor_person *person)
{
    const struct kor_random *random = context->desk->clinic->random;
    enum kor_code code = KOR_DUPLICATE;
    for (int i = 0; i < TRIES && code == KOR_DUPLICATE; i++) {
        uint8_t bytes[KOR_CLIENT_CODE_RANDOM];
        random->fill(random, bytes, sizeof bytes);
        kor_client_code_make(bytes, person->code);
        if (check_free(context, person->code) == KOR_OK) {
            code = kor_store_person_add(context->desk->store, person,
                                        context->err);
        }
    }
    return code;
}

enum kor_code
kor_new_person_add(struct kor_context *context,
                   const struct kor_new_person *wish,
                   struct kor_person *person)
{
    enum kor_code code = check(context, wish, person);
    if (code != KOR_OK || !*wish->code) {
        return code == KOR_OK ? add_with_new_code(context, person) : code;
    }
    code = kor_client_code_parse(wish->code, person->code, context->err);
    if (code == KOR_OK) {
        code = check_free(context, person->code);
    }
    if (code == KOR_OK) {
        code = kor_store_person_add(context->desk->store, person,
                                    context->err);
    }
    return code == KOR_DUPLICATE
               ? kor_fail(context->err, KOR_DUPLICATE, "code",
                          "the code %s is a client's already: 'kor reopen' "
                          "begins a new episode", person->code)
               : code;
}
