/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as the answers on a form that has something of
 * everything: no crash, no leak; what is refused is named, and what is taken
 * lies within the bounds of its field, and never in one for names. */

#include "fuzz/refusal.h"
#include "kor/define/filled.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char definition[]
    = "{\"key\":\"a\",\"version\":\"1\",\"names\":{\"en\":\"A\"},"
      "\"sections\":[{\"key\":\"s\",\"names\":{\"en\":\"S\"},\"fields\":["
      "{\"key\":\"t\",\"type\":\"text\",\"text\":{\"en\":\"T\"},\"max\":9},"
      "{\"key\":\"l\",\"type\":\"text\",\"text\":{\"en\":\"L\"},"
      "\"lines\":3,\"max\":9},"
      "{\"key\":\"n\",\"type\":\"text\",\"text\":{\"en\":\"N\"},"
      "\"names\":true},"
      "{\"key\":\"c\",\"type\":\"choice\",\"text\":{\"en\":\"C\"},"
      "\"attention\":\"y\",\"words\":[{\"key\":\"x\",\"names\":{\"en\":"
      "\"X\"}},{\"key\":\"y\",\"names\":{\"en\":\"Y\"}}]},"
      "{\"key\":\"i\",\"type\":\"area012\",\"text\":{\"en\":\"I\"}},"
      "{\"key\":\"d\",\"type\":\"date\",\"text\":{\"en\":\"D\"}},"
      "{\"key\":\"r\",\"type\":\"checklist\",\"text\":{\"en\":\"R\"}}]}]}";

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct kor_form form;
    static struct kor_filled filled;
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    if (!form.owned) {
        must(kor_form_parse(definition, sizeof definition - 1, &form, &err)
             == KOR_OK);
    }
    enum kor_code code = kor_filled_parse(&form, (const char *)bytes, size,
                                          &filled, &err);
    if (code != KOR_OK) {
        must_name_field(code, &err);
        return 0;
    }
    const struct kor_filled_answer *a = filled.answers;
    must(!a[0].is_given || strlen(a[0].text) >= 1);
    must(!a[2].is_given);
    must(a[3].value >= 0 && a[3].value < 2);
    must(a[6].value >= 0 && a[6].value < KOR_N_REACHED);
    must(a[6].value == KOR_REACHED || a[6].comment);
    struct kor_filled_area area = kor_filled_area(&form, &filled, 0);
    must(area.n_items == 1 && area.sum >= 0 && area.sum <= 2);
    must(kor_filled_count(&form, &filled, 0).n_rows == 1);
    must(kor_filled_attention(&form.fields[3], &a[3])
         == (!a[3].is_given ? KOR_FILLED_NOT_SEEN
             : a[3].value   ? KOR_FILLED_ASKS
                            : KOR_FILLED_QUIET));
    kor_filled_done(&filled);
    return 0;
}
