/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a map and as the file of scores that it describes:
 * no crash, no leak; what is wrong has a line and a sentence; and every row
 * that is sent is understood by the daemon.
 *
 * The map goes up to the first line "%%", the rest is the file.  Its scales
 * are those of the catalogue. */

#include "fuzz/memory.h"
#include "fuzz/refusal.h"
#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/define/catalogue.h"
#include "lib/import_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define END "%%\n"

static const struct kor_instrument *
find_scale(const char *key)
{
    enum { most = 64 };
    static struct kor_instrument *known[most];
    for (size_t i = 0; i < most && kor_catalogue[i].name; i++) {
        const char *text = kor_catalogue[i].text;
        if (!strcmp(kor_catalogue[i].name, key)) {
            if (!known[i]) {
                known[i] = kor_alloc(sizeof *known[i]);
                must(kor_instrument_parse(text, strlen(text), known[i], NULL)
                     == KOR_OK);
            }
            return known[i];
        }
    }
    return NULL;
}

/* A row that is sent is one that kord takes. */
static void
check_row(const struct kor_import_file *file, size_t i)
{
    static struct kor_import_row row;
    struct kor_buf text = {0};
    struct kor_msg_import_row back;
    kor_import_row(file, i, &row);
    kor_message_encode(&kor_message_import_row, &row.row, &text);
    json_t *root = json_loadb(text.text, text.size, 0, NULL);
    must(root && kor_message_decode(&kor_message_import_row, root, &back,
                                    NULL)
                     == KOR_OK);
    must(back.n_answers == row.row.n_answers);
    kor_message_done(&kor_message_import_row, &back);
    json_decref(root);
    kor_buf_done(&text);
}

static void
check_file(const struct kor_import_file *file)
{
    size_t n = file->n_problems < KOR_IMPORT_MAX_PROBLEMS
                   ? file->n_problems
                   : KOR_IMPORT_MAX_PROBLEMS;
    for (size_t i = 0; i < n; i++) {
        const struct kor_import_problem *problem = &file->problems[i];
        must(problem->line > 1 && problem->text[0]);
        must(kor_utf8_valid(problem->text, strlen(problem->text)));
        must(i == 0 || problem->line >= file->problems[i - 1].line);
    }
    must(strlen(file->hash) == 64 && kor_import_batch(file) > 0);
    for (size_t i = 0; n == 0 && i < file->n_rows; i++) {
        check_row(file, i);
    }
}

static void
load(const struct kor_map *map, const struct kor_buf *map_text,
     const uint8_t *bytes, size_t size)
{
    static struct kor_instrument scales[KOR_MAP_MAX_SCALES];
    struct kor_import_file *file = kor_alloc(sizeof *file);
    char path[MEMORY_PATH_SIZE];
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    bool is_known = true;
    for (size_t i = 0; i < map->n_scales; i++) {
        const struct kor_instrument *scale
            = find_scale(map->scales[i].instrument);
        is_known = is_known && scale;
        if (scale) {
            scales[i] = *scale;
        }
    }
    file->map = map;
    file->scales = scales;
    must(kor_date_parse("2026-11-21", &file->today));
    if (is_known) {
        int fd = memory_file(bytes, size, path);
        enum kor_code code = kor_import_load(file, path, map_text, &err);
        close(fd);
        if (code == KOR_OK) {
            check_file(file);
        } else {
            must_name_field(code, &err);
        }
    }
    kor_import_done(file);
    free(file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct kor_map map;
    struct kor_buf map_text = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const uint8_t *end = memmem(bytes, size, END, strlen(END));
    size_t map_size = end ? (size_t)(end - bytes) : size;
    size_t skip = end ? map_size + strlen(END) : size;
    kor_buf_add(&map_text, (const char *)bytes, map_size);
    enum kor_code code
        = kor_map_parse(kor_buf_text(&map_text), map_size, &map, &err);
    if (code == KOR_OK) {
        must(map.n_scales >= 1 && map.id[0]);
        load(&map, &map_text, bytes + skip, size - skip);
    } else {
        must_be_refusal(code, &err);
    }
    kor_buf_done(&map_text);
    return 0;
}
