/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers for research: without codes, therapists, units and dates. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/export_rows.h"
#include "service/study.h"
#include "store/figures.h"

#define PAGE 400          /* Sessions, and people without any. */
#define MIN_PEOPLE 5      /* A pathway of fewer is not told. */
#define MAX_PATHWAYS 256  /* That are told. */

struct person {
    int64_t number, id;
};

/* One page in the making. */
struct page {
    struct kor_context *context;
    struct kor_msg_export_rows *out;
    struct kor_study study;
    char pathways[MAX_PATHWAYS][33]; /* Those that are told. */
    size_t n_pathways;
    int64_t from;                    /* No person with a lower number. */
    struct person *people;           /* Those, by number. */
    size_t n_people;
    size_t left;                     /* Sessions that it takes. */
};

/* What a researcher is told of whose it is. */
static void
name(void *to, const struct kor_export_session *from,
     struct kor_msg_export_row *row)
{
    const struct page *page = to;
    char id[KOR_STUDY_ID_SIZE];
    kor_utf8_copy(row->person, sizeof row->person,
                  kor_study_id(kor_study_number(&page->study,
                                                from->person_id), id));
    row->day = (int64_t)from->session.session_date - from->opened_date;
    for (size_t i = 0; i < page->n_pathways; i++) {
        if (!strcmp(page->pathways[i], from->pathway)) {
            kor_utf8_copy(row->pathway, sizeof row->pathway, from->pathway);
        }
    }
}

static void
add_person(void *to, int64_t id)
{
    struct page *page = to;
    const struct person person
        = {.number = kor_study_number(&page->study, id), .id = id};
    if (person.number < page->from) {
        return;
    }
    if ((page->n_people & (page->n_people - 1)) == 0) {
        page->people = kor_realloc_array(
            page->people, page->n_people ? 2 * page->n_people : 1,
            sizeof *page->people);
    }
    page->people[page->n_people++] = person;
}

static int
by_number(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    int order = (x->number > y->number) - (x->number < y->number);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* The page ends before the session of 'person' behind 'skip' others. */
static void
end_page(struct page *page, const struct person *person, int64_t skip)
{
    page->left = 0;
    page->out->next = person->number;
    page->out->skip = skip;
}

/* Adds the sessions of one person behind the first 'skip'. */
static enum kor_code
put_person(struct page *page, const struct person *person, int64_t skip,
           struct kor_export_session sessions[])
{
    const struct kor_export_names names = {.name = name, .to = page};
    struct kor_context *context = page->context;
    size_t n = 0;
    enum kor_code code = kor_store_export_person(
        context->desk->store, person->id, skip, page->left, sessions, &n,
        context->err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = kor_export_put(context, &sessions[i], &names, page->out);
        if (code == KOR_TOO_LARGE && page->out->n_rows > 0) {
            end_page(page, person, skip + (int64_t)i);
            return KOR_OK;
        }
    }
    page->left -= n ? n : 1;
    if (page->left == 0) {
        end_page(page, person, skip + (int64_t)n);
    }
    return code;
}

static enum kor_code
put_people(struct page *page, int64_t skip)
{
    struct kor_export_session *sessions
        = kor_alloc_array(PAGE, sizeof *sessions);
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < page->n_people && page->left && code == KOR_OK;
         i++) {
        bool is_begun = i == 0 && page->people[0].number == page->from;
        code = put_person(page, &page->people[i], is_begun ? skip : 0,
                          sessions);
    }
    free(sessions);
    return code;
}

/* The first page begins a series, and all others go on with it. */
static enum kor_code
begin(struct page *page, const struct kor_msg_export *msg)
{
    struct kor_context *context = page->context;
    bool is_first = msg->after == KOR_NO_INT && msg->series == KOR_NO_INT;
    page->out->series = is_first ? context->now_ms : msg->series;
    page->from = msg->after == KOR_NO_INT ? 0 : msg->after;
    enum kor_code code = kor_study_begin(
        &page->study, context->study, page->out->series,
        context->call->caller.account_id, context->now_ms, context->err);
    if (code == KOR_OK) {
        code = kor_store_pathways(context->desk->store, MIN_PEOPLE,
                                  MAX_PATHWAYS, page->pathways,
                                  &page->n_pathways, context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_people(context->desk->store, add_person, page,
                                context->err);
    }
    if (code == KOR_OK && page->n_people) {
        qsort(page->people, page->n_people, sizeof *page->people, by_number);
    }
    return code;
}

enum kor_code
kor_export_study(struct kor_context *context,
                 const struct kor_msg_export *msg,
                 struct kor_msg_export_rows *out)
{
    struct page *page = kor_alloc(sizeof *page);
    page->context = context;
    page->out = out;
    page->left = PAGE;
    enum kor_code code = begin(page, msg);
    if (code == KOR_OK) {
        code = put_people(page, msg->skip == KOR_NO_INT ? 0 : msg->skip);
    }
    free(page->people);
    free(page);
    return code;
}
