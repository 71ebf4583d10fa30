/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The units of the clinic. */

#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/office.h"

static void
put_unit(void *to, const struct kor_unit *unit)
{
    struct kor_msg_units *list = to;
    list->units = kor_realloc_array(list->units, list->n_units + 1,
                                    sizeof *list->units);
    struct kor_msg_unit *out = &list->units[list->n_units++];
    kor_message_init(&kor_message_unit, out);
    kor_utf8_copy(out->name, sizeof out->name, unit->name);
    kor_utf8_copy(out->path, sizeof out->path, unit->path);
}

enum kor_code
kor_handle_unit_list(struct kor_context *context, const void *request,
                     void *reply)
{
    (void)request;
    return kor_store_units(context->desk->store, put_unit, reply,
                           context->err);
}

static enum kor_code
check_name(struct kor_context *context, const char *name)
{
    struct kor_unit known = {0};
    enum kor_code code = kor_office_handle(context, name);
    if (code == KOR_OK) {
        kor_utf8_copy(known.name, sizeof known.name, name);
        code = kor_store_unit_find(context->desk->store, &known,
                                   context->err);
        code = code == KOR_OK
                   ? kor_fail(context->err, KOR_DUPLICATE, "name",
                              "there is a unit '%s' already", name)
               : code == KOR_NOT_FOUND ? KOR_OK
                                       : code;
    }
    return code;
}

enum kor_code
kor_handle_unit_add(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_unit_add *msg = request;
    struct kor_msg_unit *out = reply;
    struct kor_unit above, unit = {0};
    enum kor_code code = check_name(context, msg->name);
    if (code == KOR_OK) {
        code = kor_office_unit(context, msg->under, "under", &above);
    }
    if (code == KOR_OK) {
        kor_utf8_copy(unit.name, sizeof unit.name, msg->name);
        code = kor_store_unit_add(context->desk->store, &unit, above.path,
                                  context->now_ms, context->err);
    }
    if (code == KOR_OK) {
        kor_utf8_copy(out->name, sizeof out->name, unit.name);
        kor_utf8_copy(out->path, sizeof out->path, unit.path);
    }
    return code;
}
